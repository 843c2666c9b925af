r"""Hermite coefficients of an activation at many variances at once, in doubles.

With :math:`b_k=\mathbb E[\sigma'(sZ)h_k(Z)]`, orthonormal :math:`h_k` and Z ~ N(0, 1),

.. math:: a_k=\mathbb E[\sigma(sZ)h_k(Z)]=s\,b_{k-1}/\sqrt k,\qquad
    \Sigma=\sum_ka_ka_k'\rho^k,\qquad\dot\Sigma=\sum_kb_kb_k'\rho^k

for k >= 1 by Gauss's integration by parts: from b all :math:`a_k` have their digits, however
small s is, and nothing is subtracted. Of the orders those of :mod:`ntksym.lowering.series.orders`
are computed, with the roots of their weights: sums over them are sums over all.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ntksym.lowering.series import kernel
from ntksym.lowering.series.bounds import Rule, Values, enough, roughly, rule
from ntksym.lowering.series.kink import LAST, Kink
from ntksym.lowering.series.orders import Orders, cut, hermite, orders, squares
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


@dataclass(frozen=True)
class Expanded:
    """At scales s: E[σ(sZ)], and b_(k-1) times the root of the weight for the k of two parities.

    ``even`` starts with k = 2, ``odd`` with k = 1. ``swing``: E[Zσ'(sZ)h_k] times that root, all
    even k and then all odd ones, or no column.
    """

    mean: np.ndarray
    even: np.ndarray
    odd: np.ndarray
    swing: np.ndarray
    orders: Orders
    rule: Rule

    def over(self, scales: np.ndarray) -> np.ndarray:
        """a_k/s times the root of the weight, all even k and then all odd ones."""
        even, odd = 2.0 * self.orders.index[1:], 2.0 * self.orders.index + 1
        parts = self.mean / scales, self.even / np.sqrt(even), self.odd / np.sqrt(odd)
        return np.column_stack(parts)

    def slope(self) -> np.ndarray:
        """E[σ'(sZ)²]."""
        return squares(self.even) + squares(self.odd)


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
        unit, slope = found.over(scales), found.slope()
        root = np.sqrt(squares(unit[:, 1:]))
        t = np.hypot(found.mean, scales * root)
        unit *= (scales / np.where(t > 0, t, 1))[:, None]
        unit[t == 0, 0] = 1
        over = np.where(slope > 0, np.sqrt(slope), 1)[:, None]
        slopes = np.column_stack([0 * scales, found.even / over, found.odd / over])
        base = np.full_like(scales, found.orders.base)
        shares = np.maximum(np.square(unit), np.square(slopes))
        table = np.column_stack([t / scales, slope, base, *cut(shares, found.orders, unit)])
        exact = np.hypot(found.mean[place], s * root[place])
        return exact, slope[place], table[place]

    tile = staticmethod(kernel.tile)
    """See :func:`ntksym.lowering.series.kernel.tile`."""

    def expanded(self, scales: np.ndarray, s: np.ndarray, moving: bool = False) -> Expanded:
        """With the fewest orders whose squares sum to what quadrature gives.

        ``moving``: with the swing, and orders enough for the sum of k b_k**2 too.
        """
        largest = float(scales[-1])
        if self.bend:
            order = self.bend.enough(largest)
            kept = orders(BASES[1], LAST // 2)
            return self._coefficients(scales, self.bend.rule(order), kept, order, moving)
        assert self.strip
        bound = enough(self.strip, largest, roughly(self.slope, largest), int(moving))
        parts = (3, 1) if bound > MANY else (1,)
        for base, order in ((base, bound // part) for base in BASES for part in parts):
            grid = rule(self.strip, largest, order)
            if order * grid.nodes.size > WORK:
                break
            found = self._coefficients(scales, grid, orders(base, order // 2), LAST, moving)
            if base >= bound == order or self._whole(found, scales, grid):
                return found
        at = int(np.argmax(s))
        raise ValueError(
            f"{self.name}: the Hermite series of point {at}, of variance {largest**2:.6g} "
            f"before the activation, needs {bound:.3g} orders; expected smaller variances: "
            f"scale the inputs or lower w_std; dual({self.name!r}).evaluate has single values"
        )

    def _whole(self, found: Expanded, scales: np.ndarray, grid: Rule) -> bool:
        """Parseval's sums at five scales, the smallest and the largest among them."""
        some = np.unique(np.linspace(0, len(scales) - 1, 5).astype(int))
        exactly = grid.mean(lambda x: self.slope(x) ** 2, scales[some])
        alike = np.abs(found.slope()[some] - exactly) <= ALIKE * exactly
        if found.swing.size:
            exactly = grid.mean(lambda x: (x * self.slope(x)) ** 2, scales[some])
            sums = squares(found.swing)[some] * scales[some] ** 2
            alike &= np.abs(sums - exactly) <= ALIKE * exactly
        return bool(alike.all())

    def _coefficients(
        self, scales: np.ndarray, grid: Rule, of: Orders, last: int, moving: bool
    ) -> Expanded:
        """One product of matrices for each parity: values at the nodes, weights h_k(x) φ(x).

        Beyond the order ``last`` from the jumps of a kink.
        """
        roots = np.sqrt(of.weight)
        near = of.index[2 * of.index < last]
        n, beyond = near.size, 2 * near[: near.size * moving] + 1
        wanted = np.unique(np.concatenate([2 * near, 2 * near[1:] - 1, beyond]))
        weights = hermite(grid, wanted)

        def columns(k: np.ndarray, by: Any = 1.0) -> np.ndarray:
            return by * weights[:, np.searchsorted(wanted, k)] * roots[n - k.size : n]

        to_even, to_odd = columns(2 * near[1:] - 1), columns(2 * near)
        if moving:
            x = grid.nodes[:, None]
            to_even = np.hstack([to_even, columns(2 * near, x)])
            to_odd = np.hstack([to_odd, columns(beyond, x)])
        mean = np.empty(scales.size)
        even, odd = (np.empty((scales.size, to.shape[1])) for to in (to_even, to_odd))
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
        (even, swing), (odd, other) = np.split(even, [n - 1], 1), np.split(odd, [n], 1)
        if self.bend and n < of.index.size:
            far, root, bend, s = 2 * of.index[n:], roots[n:], self.bend.coefficients, scales
            even = np.hstack([even, bend(s, far - 1) * root])
            odd = np.hstack([odd, bend(s, far) * root])
            if moving:
                bend, root = self.bend.swing().coefficients, root / s[:, None]
                swing = np.hstack([swing, bend(s, far) * root])
                other = np.hstack([other, bend(s, far + 1) * root])
        return Expanded(mean, even, odd, np.hstack([swing, other]), of, grid)
