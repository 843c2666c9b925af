"""Training in function space with a constant kernel: gradient flow of any convex cost."""

from ntksym.numerics.dynamics.flow import gradient_flow
from ntksym.numerics.dynamics.least_squares import LeastSquaresFlow
from ntksym.numerics.dynamics.losses import Loss, huber
from ntksym.numerics.dynamics.trajectory import Trajectory

__all__ = ["LeastSquaresFlow", "Loss", "Trajectory", "gradient_flow", "huber"]
