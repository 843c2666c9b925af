"""Networks of finite width: their kernels, their training, and many of them at once."""

from ntksym.numerics.finite.ensemble import ensemble
from ntksym.numerics.finite.job import least_squares
from ntksym.numerics.finite.linear import LinearisedNetwork
from ntksym.numerics.finite.network import FiniteNetwork, finite_width
from ntksym.numerics.finite.training import Training

__all__ = [
    "FiniteNetwork", "LinearisedNetwork", "Training", "ensemble", "finite_width", "least_squares",
]  # fmt: skip
