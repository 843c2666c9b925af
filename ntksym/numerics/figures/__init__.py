"""The figures of [jacot2018] as numbers: what is drawn, from networks trained here."""

from ntksym.numerics.figures.components import Components, learned_component
from ntksym.numerics.figures.kernels import CircleKernels, circle_kernels
from ntksym.numerics.figures.posterior import TrainedBands, trained_bands

__all__ = [
    "CircleKernels", "Components", "TrainedBands", "circle_kernels", "learned_component",
    "trained_bands",
]  # fmt: skip
