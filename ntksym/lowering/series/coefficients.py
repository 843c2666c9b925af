r"""Hermite coefficients of an activation at many variances at once, in doubles.

With :math:`b_k=\mathbb E[\sigma'(sZ)h_k(Z)]`, orthonormal :math:`h_k` and Z ~ N(0, 1),

.. math:: a_k=\mathbb E[\sigma(sZ)h_k(Z)]=s\,b_{k-1}/\sqrt k,\qquad
    \Sigma=\sum_ka_ka_k'\rho^k,\qquad\dot\Sigma=\sum_kb_kb_k'\rho^k

for k >= 1 by Gauss's integration by parts: from b all :math:`a_k` have their digits, however
small s is, and nothing is subtracted.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ntksym.lowering.series import kernel
from ntksym.lowering.series.bounds import TINY, Rule, remainder, rule
from ntksym.lowering.series.strip import REACH, Strip

LIMIT = 4000
"""The largest order; the bounds ask for about twice what then turns out to matter."""
SMALLEST = 1e-100
"""Below, an activation is its tangent in doubles; the products of two scales do not underflow."""
BLOCK = 1024
Values = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Series:
    """The compiled Hermite series of one activation.

    ``strip`` bounds its derivative around the real axis, which decides how many orders there are.
    """

    name: str
    value: Values
    slope: Values
    strip: Strip

    def features(self, s: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        r"""``(t, slope, table)`` of the standard deviations ``s``, shape (n,).

        .. math:: t=\mathbb E[\sigma(sZ)^2]^{1/2},\qquad\text{slope}=\mathbb E[\sigma'(sZ)^2]

        of shape (n,). A row of ``table`` is (t/s, slope, a_0/t, a_1/t, ..., a_K/t): K is such that
        what Parseval leaves of both sums is below 2**-53 of them at each point. K + 1 is a multiple
        of 8. Points that are to be paired belong in one call: each call has its own K. Raises
        ``ValueError`` where the bounds ask for more than ``LIMIT`` orders, with the point.
        """
        scales, place = np.unique(np.maximum(s, SMALLEST), return_inverse=True)
        if not scales.size:
            return np.zeros(0), np.zeros(0), np.zeros((0, kernel.HEAD + 8))
        mean, b = self._expanded(scales, s)
        slope = np.einsum("ik,ik->i", b, b)
        a = b / np.sqrt(np.arange(1, b.shape[1] + 1))
        root = np.sqrt(np.einsum("ik,ik->i", a, a))
        t = np.hypot(mean, scales * root)
        unit = np.column_stack([np.where(t > 0, mean, 1), scales[:, None] * a])
        unit /= np.where(t > 0, t, 1)[:, None]
        b /= np.where(slope > 0, np.sqrt(slope), 1)[:, None]
        table = np.column_stack([t / scales, slope, _cut(unit, b)])
        exact = np.hypot(mean[place], s * root[place])
        return exact, slope[place], table[place]

    tile = staticmethod(kernel.tile)
    """See :func:`ntksym.lowering.series.kernel.tile`."""

    def _expanded(self, scales: np.ndarray, s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """E[σ(sZ)], and b_k for all k that matter."""
        largest, order = float(scales[-1]), 15
        rough = _mean(self.slope, largest)
        while order < LIMIT:
            rest = remainder(self.strip, largest, order)
            if rest(scales[-1:])[0] <= math.exp(-TINY) * rough:
                grid = rule(self.strip, largest, order)
                if largest * grid.nodes[0] > REACH:
                    break
                mean, b = self._coefficients(scales, grid, order)
                slopes = np.einsum("ik,ik->i", b, b)
                if (rest(scales) <= math.exp(-TINY) * slopes).all():
                    return mean, b
            order += 8 * (1 + order // 128)
        at = int(np.argmax(s))
        raise ValueError(
            f"{self.name}: the Hermite series of point {at}, of variance {largest**2:.6g} before "
            f"the activation, needs more than {LIMIT} orders; expected smaller variances: scale "
            f"the inputs or lower w_std; dual({self.name!r}).evaluate has single values"
        )

    def _coefficients(
        self, scales: np.ndarray, grid: Rule, order: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """One product of matrices for each parity: values at the nodes, weights h_k(x) φ(x)."""
        weights = hermite(grid, order)
        mean, b = np.empty(scales.size), np.empty((scales.size, order + 1))
        for start in range(0, scales.size, BLOCK):
            some = slice(start, start + BLOCK)
            z = scales[some, None] * grid.nodes
            right, left = self.slope(z), self.slope(-z)
            b[some, ::2] = (right + left) @ weights[:, ::2]
            b[some, 1::2] = (right - left) @ weights[:, 1::2]
            mean[some] = (self.value(z) + self.value(-z)) @ weights[:, 0]
        if not (np.isfinite(mean).all() and np.isfinite(b).all()):
            far = scales[-1] * grid.nodes[0]
            raise ValueError(
                f"{self.name}: expected finite σ and σ' in doubles for |z| <= {far:.6g}"
            )
        return mean, b


def hermite(grid: Rule, order: int) -> np.ndarray:
    """h_k(x) φ(x) times the weight at the nodes x (rows), k <= ``order``."""
    x = grid.nodes
    rows = np.empty((order + 1, x.size))
    rows[0] = grid.step / math.sqrt(2 * math.pi) * np.exp(-x * x / 2)
    rows[1] = x * rows[0]
    for k in range(1, order):
        rows[k + 1] = (x * rows[k] - math.sqrt(k) * rows[k - 1]) / math.sqrt(k + 1)
    return rows.T.copy()


def _mean(f: Values, s: float) -> float:
    """E[f(sZ)^2], roughly."""
    x = np.linspace(-8, 8, 129)
    return float(np.exp(-x * x / 2) @ f(s * x) ** 2 / 20)


def _cut(unit: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """a_0, a_1, ... with zeros for the orders of each parity that do not matter at any point."""
    shares = np.square(unit).max(axis=0)
    shares[1:] = np.maximum(shares[1:], np.square(slopes).max(axis=0))
    last = 0
    for parity in (0, 1):
        tails = np.cumsum(shares[parity::2][::-1])[::-1]
        first = parity + 2 * int((tails > 2.0**-54).sum())
        unit[:, first::2] = 0
        last = max(last, first - 1)
    kept = np.zeros((len(unit), last + -last % 8))
    kept[:, :last] = unit[:, :last]
    return kept
