"""The decay of eigenvalues, from the kinks of activations through the layers to the sphere."""

from ntksym.numerics.sphere.decay.law import Decay, decay

__all__ = ["Decay", "decay"]
