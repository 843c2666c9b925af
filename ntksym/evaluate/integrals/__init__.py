"""Rigorous integrals: majorants and tails, analytic pieces, cubature, the Hermite series."""
