"""What the theorems ask of an activation, decided from its expression."""

from ntksym.theorems.activations.constants import Undecided
from ntksym.theorems.activations.shape import Shape

__all__ = ["Shape", "Undecided"]
