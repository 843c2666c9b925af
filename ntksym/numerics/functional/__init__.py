"""Functional calculus on data: kernel sums, costs, their derivatives and rates."""

from ntksym.numerics.functional.costs import Cost, least_squares, logistic
from ntksym.numerics.functional.kernel_sum import KernelSum

__all__ = ["Cost", "KernelSum", "least_squares", "logistic"]
