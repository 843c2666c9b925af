r"""A derivative with a kink at 0: its Hermite coefficients of high order, from its jumps there.

With :math:`J_n=\sigma^{(n+1)}(0+)-\sigma^{(n+1)}(0-)`, by parts n + 1 times,

.. math:: b_k\sim\varphi(0)\sum_nJ_ns^nh_{k-n-1}(0)\sqrt{\frac{(k-n-1)!}{k!}},

an asymptotic series in :math:`s/\sqrt k`, summed as a continued fraction. The coefficients fall
like a power of k: below k = ``enough`` they are integrals by Gauss and Legendre, from there to
2**60 sums of this series.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ntksym.lowering.series.bounds import Rule

LAST = 2**60
REACH, NODES = 12.5, 24
FIRST, LARGEST = 4000, 300_000


@dataclass(frozen=True)
class Kink:
    """``jumps``: those of σ', σ'', ... at 0; the two formulas are analytic up to 0."""

    jumps: tuple[float, ...]

    def enough(self, s: float) -> int:
        """The order from which the series is taken at scales up to s."""
        return int(min(max(FIRST, 400 * s * s), LARGEST))

    def rule(self, order: int) -> Rule:
        """On panels over which the highest polynomial has two waves; far nodes first."""
        x, w = np.polynomial.legendre.leggauss(NODES)
        count = math.ceil(REACH * math.sqrt(order) / 12)
        half = REACH / count / 2
        middles = half * (2 * np.arange(count)[::-1] + 1)
        return Rule((middles[:, None] - half * x).ravel(), np.tile(half * w, count))

    def swing(self) -> "Kink":
        """Of zσ': each jump of a derivative of σ', times which it is, is one of the next."""
        return Kink((0.0, *((n + 1) * jump for n, jump in enumerate(self.jumps))))

    def coefficients(self, scales: np.ndarray, of: np.ndarray) -> np.ndarray:
        """b_k for each scale (rows) and each order of ``of`` (columns)."""
        rate, factor, terms = math.sqrt(of.min()), np.ones(of.size), []
        for n, jump in enumerate(self.jumps):
            factor = factor * rate / np.sqrt(of - n)
            at = _at_zero(of - n - 1) * factor
            if jump and at.any():
                terms.append((jump / rate, n, at))
        rows = [
            _limit([size * (s / rate) ** n * at for size, n, at in terms])
            if terms else np.zeros(of.size) for s in scales
        ]  # fmt: skip
        return np.array(rows) / math.sqrt(2 * math.pi)


def _limit(terms: list[np.ndarray]) -> np.ndarray:
    """Of the partial sums by Wynn's epsilon algorithm, where the last terms are not yet small."""
    sums = list(np.cumsum(terms, axis=0))
    slow = np.abs(terms[-1]) > 1e-12 * np.abs(sums[-1])
    if len(sums) < 3 or not slow.any():
        return sums[-1]
    columns = [s[slow] for s in sums]
    before = [np.zeros_like(columns[0])] * (len(columns) + 1)
    for _ in range((len(columns) - 1) // 2 * 2):
        steps = (np.where(a == b, 1e-17 * b, b - a) for a, b in pairwise(columns))
        after = [b + 1 / step for b, step in zip(before[1:-1], steps, strict=True)]
        before, columns = columns, after
    sums[-1][slow] = columns[-1]
    return sums[-1]


def _at_zero(order: np.ndarray) -> np.ndarray:
    """h_k(0) for large k, 0 for odd ones: its square is Wallis's quotient."""
    n = order / 2
    wallis = 1 - 1 / (8 * n) * (1 - 1 / (16 * n) * (1 + 5 / (8 * n) * (1 - 21 / (160 * n))))
    size = np.sqrt(wallis / np.sqrt(math.pi * n))
    return np.where(order % 2 == 0, np.where(order % 4 == 0, size, -size), 0.0)
