"""Very deep networks: the maps of variance and correlation, order and chaos, the kernel's limit."""

from ntksym.numerics.depth.critical import critical
from ntksym.numerics.depth.phase import Phase, phase

__all__ = ["Phase", "critical", "phase"]
