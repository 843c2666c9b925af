"""Claims about wide networks as experiments on finite ones, with a stated rate of false alarms."""

from ntksym.numerics.experiments.convergence import kernel_convergence
from ntksym.numerics.experiments.descent import (
    closed_form_error,
    kernel_movement,
    linearisation_error,
)
from ntksym.numerics.experiments.law import gaussian_outputs, independent_outputs, trained_outputs
from ntksym.numerics.experiments.rate import Rate
from ntksym.numerics.experiments.tests import Tests

__all__ = [
    "Rate", "Tests", "closed_form_error", "gaussian_outputs", "independent_outputs",
    "kernel_convergence", "kernel_movement", "linearisation_error", "trained_outputs",
]  # fmt: skip
