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
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ntksym.lowering.series.strip import Strip

TINY = 56 * math.log(2)
"""Errors below e^-TINY of the whole are none in doubles."""
HIGHEST = 4.0
Values = Callable[[np.ndarray], np.ndarray]
gammaln = np.vectorize(math.lgamma, otypes=[float])


def remainder(strip: Strip, s: float, order: int, power: int = 0) -> float:
    """The logarithm of the smallest bound of the sum of k^power b_k^2 over k > ``order``.

    A few hundred m are tried: the bound is flat at its minimum. As k^power falls against
    k!/(k - m)! where power <= m, its value at the first k comes before the sum.
    """
    m = np.unique(np.geomspace(max(1, power), order + 1, 300).astype(np.int64))
    size, y = np.log(strip.bounds)[:, None], np.log(strip.heights)[:, None]
    falling = gammaln(order + 2.0) - gammaln(order + 2.0 - m)
    logs = 2 * (size + gammaln(m + 1.0) + m * (math.log(s) - y)) - falling
    return float(logs.min()) + power * math.log(order + 1)


def enough(strip: Strip, s: float, size: float, power: int = 0) -> int:
    """The order after which no more than e^-TINY of ``size`` is left at the scale s."""
    order = 15
    while remainder(strip, s, order, power) > math.log(size) - TINY:
        order += 8 * (1 + order // 64)
    return order


@dataclass(frozen=True)
class Rule:
    """The positive half of a rule that is symmetric, with no node at 0; far nodes first.

    Small terms are then added before large ones.
    """

    nodes: np.ndarray
    weights: np.ndarray

    def mean(self, f: Values, scales: np.ndarray) -> np.ndarray:
        """E[f(sZ)] at each scale."""
        density = self.weights * np.exp(-self.nodes * self.nodes / 2) / math.sqrt(2 * math.pi)
        return np.array([(f(s * self.nodes) + f(-s * self.nodes)) @ density for s in scales])


def rule(strip: Strip, s: float, order: int) -> Rule:
    """Nodes for all orders up to ``order`` and all scales up to ``s``."""
    step, reach = 0.0, math.inf
    for y, bound in zip(strip.heights, strip.bounds, strict=True):
        height = min(y / s, HIGHEST)
        size = math.log(4 * 0.4336 * bound) + height**2 / 2 + height * math.sqrt(order)
        found = 2 * math.pi * height / (TINY + size + 2)
        if found > step:
            step, reach = found, 2 * math.sqrt(TINY + size)
    nodes = step * (np.arange(math.ceil(reach / step))[::-1] + 0.5)
    return Rule(nodes, np.full_like(nodes, step))


def roughly(f: Values, s: float) -> float:
    """E[f(sZ)^2], roughly: what f does near 0 is seen however large s is."""
    step = np.arcsinh(9 * s) / 500
    u = step * np.arange(-500, 501)
    x = np.sinh(u) / s
    return float((np.exp(-x * x / 2) * np.cosh(u)) @ f(s * x) ** 2 * step / (2.5 * s))
