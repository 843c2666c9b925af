"""The figures of [jacot2018] and of convergence as numbers, from networks trained here."""

from ntksym.numerics.figures.components import Components, learned_component
from ntksym.numerics.figures.kernels import CircleKernels, circle_kernels
from ntksym.numerics.figures.posterior import TrainedBands, trained_bands
from ntksym.numerics.figures.widths import WidthRates, width_rates

__all__ = [
    "CircleKernels", "Components", "TrainedBands", "WidthRates", "circle_kernels",
    "learned_component", "trained_bands", "width_rates",
]  # fmt: skip
