"""Learning from data with a fixed kernel: kernel regression and Gaussian processes."""

from ntksym.numerics.regression.process import GaussianProcess
from ntksym.numerics.regression.ridge import KernelRegression

__all__ = ["GaussianProcess", "KernelRegression"]
