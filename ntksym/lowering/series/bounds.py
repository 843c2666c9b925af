r"""How many orders and which nodes: bounds known before anything is computed.

Let :math:`|f(z)|\le M` where :math:`|\operatorname{Im}z|\le y`, and
:math:`b_k=\mathbb E[f(sZ)h_k(Z)]`. Cauchy's bound of :math:`f^{(m)}` and Parseval give

.. math:: \sum_{k>K}b_k^2\le\Bigl(m!\,M\,\frac{s^m}{y^m}\Bigr)^2\frac{(K+1-m)!}{(K+1)!}.

The trapezoid rule of step h errs, as the contour moves to :math:`\operatorname{Im}x=\pm Y`,
:math:`Ys\le y`, by at most [trefethen2014, theorem 5.1]

.. math:: \frac{2\int|f\,h_k\,\varphi|}{e^{2\pi Y/h}-1},\qquad
    |h_k\varphi|(x+iY)\le0.4336\,e^{Y^2/2+Y\sqrt k-x^2/4}

by Cramér's inequality (:mod:`ntksym.evaluate.integrals.hermite`). Beyond R the integrand is left
out where that is below the same tolerance.
"""

import math
from dataclasses import dataclass

import numpy as np

from ntksym.lowering.series.strip import Strip

TINY = 56 * math.log(2)
"""Errors below e^-TINY of the whole are none in doubles."""
HIGHEST = 4.0


@dataclass(frozen=True)
class Remainder:
    """The bound C s^(2m) of what is left after an order, for every s up to the largest."""

    logarithm: float
    m: int

    def __call__(self, s: np.ndarray) -> np.ndarray:
        """At the scales ``s``, shape (n,)."""
        return np.exp(self.logarithm + 2 * self.m * np.log(s))


def remainder(strip: Strip, s: float, order: int) -> Remainder:
    """The smallest bound of the sum of b_k^2 over k > ``order``."""
    m = np.arange(1, order + 1)
    size, y = np.log(strip.bounds)[:, None], np.log(strip.heights)[:, None]
    factorials = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, order + 2)))])
    falling = factorials[order + 1] - factorials[order + 1 - m]
    logs = 2 * (size + factorials[m] - m * y) - falling
    i, j = np.unravel_index(np.argmin(logs + 2 * m * math.log(s)), logs.shape)
    return Remainder(float(logs[i, j]), int(m[j]))


@dataclass(frozen=True)
class Rule:
    """The positive half of a trapezoid rule that is symmetric, with no node at 0; far nodes first.

    Small terms are then added before large ones.
    """

    nodes: np.ndarray
    step: float


def rule(strip: Strip, s: float, order: int) -> Rule:
    """Nodes for all orders up to ``order`` and all scales up to ``s``."""
    step, reach = 0.0, math.inf
    for y, bound in zip(strip.heights, strip.bounds, strict=True):
        height = min(y / s, HIGHEST)
        size = math.log(4 * 0.4336 * bound) + height**2 / 2 + height * math.sqrt(order)
        found = 2 * math.pi * height / (TINY + size + 2)
        if found > step:
            step, reach = found, 2 * math.sqrt(TINY + size)
    return Rule(step * (np.arange(math.ceil(reach / step))[::-1] + 0.5), step)
