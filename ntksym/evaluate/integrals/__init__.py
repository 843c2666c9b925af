"""Rigorous integrals: majorants and tails, analytic pieces, cubature, the Hermite series."""

from ntksym.evaluate.integrals.divergence import diverges_at, square_integrable
from ntksym.evaluate.integrals.mehler import LARGEST_ORDER, Progress
from ntksym.evaluate.integrals.series import series_dual, series_pair

__all__ = [
    "LARGEST_ORDER", "Progress", "diverges_at", "series_dual", "series_pair", "square_integrable",
]  # fmt: skip
