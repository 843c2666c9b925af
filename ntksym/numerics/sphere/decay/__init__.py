"""The decay of eigenvalues, from the kinks of activations through the layers to the sphere."""

from ntksym.numerics.sphere.decay.law import Decay, decay
from ntksym.numerics.sphere.decay.values import Integrated, Values

__all__ = ["Decay", "Integrated", "Values", "decay"]
