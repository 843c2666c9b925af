"""Activations without a closed form: Hermite coefficients of points, series of pairs."""
