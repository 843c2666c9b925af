"""Integrals over the law of one normal variable: panels, their error bounds, sampled values."""
