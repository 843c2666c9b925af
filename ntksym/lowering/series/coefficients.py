r"""Hermite coefficients of an activation at many variances at once, in doubles.

With :math:`b_k=\mathbb E[\sigma'(sZ)h_k(Z)]`, orthonormal :math:`h_k` and Z ~ N(0, 1),

.. math:: a_k=\mathbb E[\sigma(sZ)h_k(Z)]=s\,b_{k-1}/\sqrt k,\qquad
    \Sigma=\sum_ka_ka_k'\rho^k,\qquad\dot\Sigma=\sum_kb_kb_k'\rho^k

for k >= 1 by Gauss's integration by parts: from b all :math:`a_k` have their digits, however
small s is, and nothing is subtracted. Of the orders those of :mod:`ntksym.lowering.series.orders`
are computed, with the roots of their weights: sums over them are sums over all.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ntksym.lowering.series import kernel
from ntksym.lowering.series.bounds import Rule, enough, rule
from ntksym.lowering.series.kink import LAST, Kink
from ntksym.lowering.series.orders import Orders, hermite, orders
from ntksym.lowering.series.strip import Strip

WORK = 6e9
"""Orders times nodes: seconds."""
MANY = 20_000
"""Beyond, a third of the orders that the bound asks for is tried: Parseval has the last word."""
SMALLEST = 1e-100
"""Below, an activation is its tangent in doubles; the products of two scales do not underflow."""
BLOCK = 1024
ALIKE = 2.0**-47
"""How near two sums of squares are that are one but for rounding."""
BASES = 32, 64, 128, 512, 2048
Values = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Expanded:
    """At scales s: E[σ(sZ)], and b_(k-1) times the root of the weight for the k of two parities.

    ``even`` starts with k = 2, ``odd`` with k = 1.
    """

    mean: np.ndarray
    even: np.ndarray
    odd: np.ndarray
    orders: Orders
    rule: Rule


@dataclass(frozen=True)
class Series:
    """The compiled Hermite series of one activation.

    ``strip`` bounds its derivative around the real axis, which decides how many orders there are;
    or ``bend`` holds the jumps of a derivative with a kink at 0.
    """

    name: str
    value: Values
    slope: Values
    strip: Strip | None
    bend: Kink | None = None

    def features(self, s: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        r"""``(t, slope, table)`` of the standard deviations ``s``, shape (n,).

        .. math:: t=\mathbb E[\sigma(sZ)^2]^{1/2},\qquad\text{slope}=\mathbb E[\sigma'(sZ)^2]

        of shape (n,). A row of ``table`` is (t/s, slope, B) and :math:`\sqrt{W_k}a_k/t` for the
        even, then for as many odd orders. The bounds leave 2**-53 of both sums at each point; of
        more than ``MANY`` orders Parseval's sum of Σ̇, within 2**-47, decides, as it does on what
        a strip says nothing of: beyond ``REACH``, and kept orders that stand for others. Points
        that are to be paired belong in one call: each call has its own orders. Raises
        ``ValueError`` where these are too many, with the point.
        """
        scales, place = np.unique(np.maximum(s, SMALLEST), return_inverse=True)
        if not scales.size:
            return np.zeros(0), np.zeros(0), np.zeros((0, kernel.HEAD + 8))
        found = self.expanded(scales, s)
        even, odd = 2.0 * found.orders.index[1:], 2.0 * found.orders.index + 1
        unit = np.column_stack([found.mean / scales, found.even / np.sqrt(even),
                                found.odd / np.sqrt(odd)])  # fmt: skip
        slope = _squares(found.even) + _squares(found.odd)
        root = np.sqrt(_squares(unit[:, 1:]))
        t = np.hypot(found.mean, scales * root)
        unit *= (scales / np.where(t > 0, t, 1))[:, None]
        unit[t == 0, 0] = 1
        over = np.where(slope > 0, np.sqrt(slope), 1)[:, None]
        slopes = np.column_stack([0 * scales, found.even / over, found.odd / over])
        base = np.full_like(scales, found.orders.base)
        table = np.column_stack([t / scales, slope, base, _cut(unit, slopes, found.orders)])
        exact = np.hypot(found.mean[place], s * root[place])
        return exact, slope[place], table[place]

    tile = staticmethod(kernel.tile)
    """See :func:`ntksym.lowering.series.kernel.tile`."""

    def expanded(self, scales: np.ndarray, s: np.ndarray) -> Expanded:
        """At increasing scales, those of the points ``s``: the fewest orders that do.

        Their squares sum to what quadrature gives.
        """
        largest = float(scales[-1])
        if self.bend:
            order = self.bend.enough(largest)
            kept = orders(BASES[1], LAST // 2)
            return self._coefficients(scales, self.bend.rule(order), kept, order)
        assert self.strip
        bound = enough(self.strip, largest, _mean(self.slope, largest))
        parts = (3, 1) if bound > MANY else (1,)
        for base, order in ((base, bound // part) for base in BASES for part in parts):
            grid = rule(self.strip, largest, order)
            if order * grid.nodes.size > WORK:
                break
            found = self._coefficients(scales, grid, orders(base, order // 2), LAST)
            if base >= bound == order or self._whole(found, scales, grid):
                return found
        at = int(np.argmax(s))
        raise ValueError(
            f"{self.name}: the Hermite series of point {at}, of variance {largest**2:.6g} "
            f"before the activation, needs {bound:.3g} orders; expected smaller variances: "
            f"scale the inputs or lower w_std; dual({self.name!r}).evaluate has single values"
        )

    def _whole(self, found: Expanded, scales: np.ndarray, grid: Rule) -> bool:
        """Parseval's sum of Σ̇ at five scales, the smallest and the largest among them."""
        sums = _squares(found.even) + _squares(found.odd)
        some = np.unique(np.linspace(0, len(scales) - 1, 5).astype(int))
        exactly = grid.mean(lambda x: self.slope(x) ** 2, scales[some])
        return bool((np.abs(sums[some] - exactly) <= ALIKE * exactly).all())

    def _coefficients(self, scales: np.ndarray, grid: Rule, of: Orders, last: int) -> Expanded:
        """One product of matrices for each parity: values at the nodes, weights h_k(x) φ(x).

        Beyond the order ``last`` from the jumps of a kink.
        """
        roots = np.sqrt(of.weight)
        near = of.index[2 * of.index < last]
        wanted = np.unique(np.concatenate([[0], 2 * near, 2 * near[1:] - 1]))
        weights = hermite(grid, wanted)
        n = near.size
        to_even = weights[:, np.searchsorted(wanted, 2 * near[1:] - 1)] * roots[1:n]
        to_odd = weights[:, np.searchsorted(wanted, 2 * near)] * roots[:n]
        mean, even, odd = (np.empty((scales.size, *k)) for k in ((), (n - 1,), (n,)))
        for start in range(0, scales.size, BLOCK):
            some = slice(start, start + BLOCK)
            z = scales[some, None] * grid.nodes
            right, left = self.slope(z), self.slope(-z)
            odd[some] = (right + left) @ to_odd
            even[some] = (right - left) @ to_even
            mean[some] = (self.value(z) + self.value(-z)) @ weights[:, 0]
        if not all(np.isfinite(part).all() for part in (mean, even, odd)):
            far = scales[-1] * grid.nodes[0]
            raise ValueError(
                f"{self.name}: expected finite σ and σ' in doubles for |z| <= {far:.6g}"
            )
        if self.bend and n < of.index.size:
            far = 2 * of.index[n:]
            even, odd = (np.concatenate([p, self.bend.coefficients(scales, k) * roots[n:]], axis=1)
                         for p, k in ((even, far - 1), (odd, far)))  # fmt: skip
        return Expanded(mean, even, odd, of, grid)


def _squares(rows: np.ndarray) -> np.ndarray:
    """The sum of the squares of each row."""
    return np.einsum("ik,ik->i", rows, rows)


def _mean(f: Values, s: float) -> float:
    """E[f(sZ)^2], roughly: what f does near 0 is seen however large s is."""
    step = np.arcsinh(9 * s) / 500
    u = step * np.arange(-500, 501)
    x = np.sinh(u) / s
    return float((np.exp(-x * x / 2) * np.cosh(u)) @ f(s * x) ** 2 * step / (2.5 * s))


def _cut(unit: np.ndarray, slopes: np.ndarray, of: Orders) -> np.ndarray:
    """Both parities at the same length, with zeros for what does not matter at any point."""
    count = of.index.size
    shares = np.maximum(np.square(unit), np.square(slopes)).max(axis=0)
    kept = []
    for first in (0, count):
        tails = np.cumsum(shares[first : first + count][::-1])[::-1]
        kept.append(kernel.whole(int((tails > 2.0**-54).sum()), of.base))
    out = np.zeros((len(unit), 2, max(kept)))
    for parity, length in enumerate(kept):
        length = min(length, count)
        out[:, parity, :length] = unit[:, parity * count : parity * count + length]
    return out.reshape(len(unit), -1)
