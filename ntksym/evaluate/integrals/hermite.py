r"""Hermite coefficients as balls: composite Gauss-Legendre, the same nodes for all orders.

.. math:: h_k(q)=\mathbb E\bigl[f(\sqrt q\,Z)\,He_k(Z)\bigr]/\sqrt{k!},\qquad Z\sim N(0,1).

One bound serves all k <= K: Cramér's inequality
:math:`|He_k(x)|\le 1.0865\sqrt{k!}\,e^{x^2/4}` [abramowitz1964, 22.14.17], Appell's expansion
:math:`He_k(x+iy)=\sum_i\binom ki(iy)^iHe_{k-i}(x)` and
:math:`\binom ki\sqrt{(k-i)!/k!}\le k^{i/2}/i!` give

.. math:: |He_k(x+iy)|/\sqrt{k!}\le 1.0865\,e^{x^2/4+|y|\sqrt k}.

Rounding. Let :math:`p_k=He_k(x)/\sqrt{k!}` and
:math:`E_k=p_k^2+p_{k-1}^2-xp_kp_{k-1}/\sqrt k`. For every solution of the recurrence
:math:`(k+1)E_{k+1}=kE_k+p_k^2`, and where :math:`x^2\le2k`, :math:`E_k` is the square of a norm
with :math:`p_k^2\le2E_k`; so it grows by at most :math:`1+x^2/(2k(k+1))` a step, from :math:`k_0`
on by at most e in all. Balls carry the errors up to :math:`k_0\ge X^2/2`; after it midpoints are
enough, an error d at one step is one of at most 2.34 d ever after, and those at :math:`k_0` one of
at most 3.06 times their sum.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from flint import arb, arb_mat

from ntksym.evaluate.balls import precision
from ntksym.evaluate.integrals.line.halfline import Integrands, pieces, sampled

BOUND_BITS = 64
BLOCK = 32


@dataclass(frozen=True)
class Expansion:
    """``coefficients`` yields the h_k of each function for k = 0, 1, ..., order, once.

    ``moments`` are the pairings. ``bits`` is the precision to work with them.
    """

    coefficients: Iterator[tuple[arb, ...]]
    moments: tuple[arb, ...]
    bits: int


def expand(integrands: Integrands, tolerance: float) -> Expansion:
    """Coefficients and moments as balls with radii of at most about ``tolerance``.

    They are wider where a variance is a wide ball. Raises ``ValueError`` where no majorant is
    known or a knot is not at a fixed place, ``ArithmeticError`` where f is not seen to be analytic
    between its knots.
    """
    with precision(BOUND_BITS):
        reach = integrands.reach(tolerance / 8)
        limits = [tolerance / 64] * (integrands.wanted + len(integrands.pairings))
        parts = pieces(integrands.functions, reach, integrands.sizes, limits)
        errors = list(integrands.tails(reach))
        for part in parts:
            for panel in part.panels:
                errors = [a + b for a, b in zip(errors, panel.errors, strict=True)]
    bits = 48 + math.ceil(reach * reach / 4 - math.log2(tolerance))
    count = integrands.wanted
    with precision(bits):
        nodes, columns = [], []
        moments = [arb(0, 1.0001 * error) for error in errors[count:]]
        root = (2 * arb.pi()).sqrt()
        points = chain.from_iterable(
            points for part in parts for _, points in sampled(integrands.functions, part, bits)
        )
        for t, weight, values in points:
            half = (-t * t / 4).exp()
            nodes.append(t)
            columns.append(
                [(half * weight / root * a, half * weight / root * b) for a, b in values[:count]]
            )
            full = weight * half * half / root
            for k, (i, j, s) in enumerate(integrands.pairings):
                (a, b), (c, d) = values[i], values[j][::s]
                moments[k] += full * (a * c + b * d)
        table = Table(nodes, columns, reach, bits)
    parities = [g.parity for g in integrands.functions[:count]]
    balls = [1.0001 * error for error in errors[:count]]
    return Expansion(_coefficients(table, integrands.order, parities, balls), tuple(moments), bits)


def _coefficients(
    table: "Table", order: int, parities: list[int], errors: list[float]
) -> Iterator[tuple[arb, ...]]:
    """Even orders from the even part of each function, odd orders from the odd part."""
    rows = table.rows()
    with precision(table.bits):
        folded = [arb_mat([[a + s * b for a, b in row] for row in table.columns]) for s in (1, -1)]
    for start in range(0, order + 1, BLOCK):
        with precision(table.bits):
            block = [next(rows) for _ in range(min(BLOCK, order + 1 - start))]
            halves = [[row for row, *_ in block[s::2]] for s in (0, 1)][: len(block)]
            sums = [arb_mat(half) * values for half, values in zip(halves, folded, strict=False)]
            found = []
            for k, (_, norm, doubts) in enumerate(block):
                values = [sums[k % 2][k // 2, i] / norm for i in range(len(parities))]
                found.append(
                    tuple(
                        arb(0) if p == (-1) ** (k + 1) else v + arb(0, (d + e).upper())
                        for v, p, d, e in zip(values, parities, doubts, errors, strict=True)
                    )
                )
        yield from found


@dataclass(frozen=True)
class Table:
    """Weighted values of the functions, (f(t), f(-t)) e^(-t^2/4) w / sqrt(2 pi), at the nodes t."""

    nodes: list[arb]
    columns: list[list[tuple[arb, arb]]]
    reach: int
    bits: int

    def rows(self) -> Iterator[tuple[list[arb], arb, list[arb]]]:
        """(He_k(t) e^(-t^2/4) at the nodes, sqrt(k!), what rounding may do to each sum)."""
        turn = self.reach**2 // 2 + 2
        xs, norm, zero = self.nodes, arb(1), [arb(0) for _ in self.columns[0]]
        previous, row = [arb(0) for _ in xs], [(-x * x / 4).exp() for x in xs]
        for k in range(turn + 1):
            yield row, norm, zero
            last = k == turn
            following = [x * a - k * b for x, a, b in zip(xs, row, previous, strict=True)]
            if not last:
                previous, row, norm = row, following, norm * arb(k + 1).sqrt()
        before = norm / arb(turn).sqrt()
        doubts = [a.rad() / norm + b.rad() / before for a, b in zip(row, previous, strict=True)]
        step = 1.2 * (
            (self.reach + 2) * arb(2) ** (4 - self.bits) + _largest([x.rad() for x in xs])
        )
        weights = [
            [abs(a) + abs(b) for a, b in column] for column in zip(*self.columns, strict=True)
        ]
        base = [
            3.06 * sum((w * d for w, d in zip(ws, doubts, strict=True)), arb(0)) for ws in weights
        ]
        slope = [2.34 * step * sum(ws, arb(0)) for ws in weights]
        worst = 3.06 * _largest(doubts)
        xs, row, previous = ([x.mid() for x in values] for values in (xs, row, previous))
        k = turn
        while worst + 2.34 * (k - turn) * step < 0.1:
            n = arb(k)
            row, previous = (
                [(x * a - n * b).mid() for x, a, b in zip(xs, row, previous, strict=True)],
                row,
            )
            k += 1
            norm = norm * arb(k).sqrt()
            yield row, norm, [b + (k - turn) * s for b, s in zip(base, slope, strict=True)]
        raise ArithmeticError(f"{self.bits} bits are too few for the recurrence at order {k}")


def _largest(values: list[arb]) -> arb:
    largest = arb(0)
    for value in values:
        largest = largest.max(value)
    return largest
