"""Proved bounds on the rounding errors of a Gram matrix."""
