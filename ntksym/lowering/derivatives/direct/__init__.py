"""Derivatives on covariances, for pairs whose dual needs no gaps."""
