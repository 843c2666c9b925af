"""Derivatives of kernels, forward through the recursion, along two directions at once."""
