"""Derivatives of Hermite series."""
