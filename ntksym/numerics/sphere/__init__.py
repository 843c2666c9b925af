"""Kernels on the sphere: eigenvalues, their multiplicities, zeros and decay."""

from ntksym.numerics.sphere.eigenvalues import Spectrum, spectrum

__all__ = ["Spectrum", "spectrum"]
