r"""Gauss-Legendre rules in the angle that serve all degrees up to k at once, errors included.

If g is analytic and :math:`|g|\le M` in the ellipse with the panel's ends as foci and a sum r of
semi-axes in units of half the panel s, the n-point rule errs by at most
:math:`\tfrac{64}{15}\,s\,M\,r^{-2n}/(1-r^{-2})` [trefethen2013, theorem 19.3]. By the maximum
principle M is looked for on the border, of which the upper half is enough.

A kernel that is not analytic at an end of [0, π] is cut there at a small angle ε, where
:math:`\int_0^\varepsilon|K\,P_k\sin^{d-2}|\le K(1)\,\varepsilon^{d-1}/(d-1)`.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from flint import acb, arb, ctx, fmpq

from ntksym.evaluate import Balls, precision

RADII = (4.0, 2.7, 1.9, 1.5, 1.25)
ARCS, HALVINGS = 12, 7

Border = Callable[[acb], float]
"""log2 of a bound of \\|g\\| on a complex ball; infinity is no bound."""


@dataclass(frozen=True)
class Panel:
    """A part of [0, π], its ends over π; ``error`` is log2 of the rule's error."""

    start: Fraction
    stop: Fraction
    nodes: int
    error: float

    def points(self) -> Iterator[tuple[arb, arb]]:
        """Angles and weights, at the precision in force."""
        half = arb.pi() * Balls().exact((self.stop - self.start) / 2)
        middle = arb.pi() * Balls().exact((self.stop + self.start) / 2)
        for node, weight in legendre(self.nodes, ctx.prec):
            yield middle + half * node, half * weight


@lru_cache(maxsize=32)
def legendre(nodes: int, bits: int) -> tuple[tuple[arb, arb], ...]:
    """The Gauss-Legendre nodes and weights on [-1, 1]; one is the mirror of another."""
    with precision(bits):
        half = [arb.legendre_p_root(nodes, k, weight=True) for k in range((nodes + 1) // 2)]
    return (*half, *((-x, w) for x, w in reversed(half[: nodes // 2])))


def plan(border: Border, ends: Callable[[float], float], allowed: float) -> list[Panel]:
    """Panels of [0, π] whose rules err by at most 2**``allowed`` each.

    ``ends(log2 ε)`` is log2 of a bound of the integral over an angle ε at an end. Raises
    ``ArithmeticError`` where the integrand is not seen to be analytic inside (0, π).
    """
    return list(_halved(border, ends, allowed, Fraction(0), Fraction(1)))


def _halved(
    border: Border,
    ends: Callable[[float], float],
    allowed: float,
    start: Fraction,
    stop: Fraction,
) -> Iterator[Panel]:
    length = math.log2(stop - start)
    outer = start == 0 or stop == 1
    if outer and length < 0 and (error := ends(length + math.log2(3.1416))) <= allowed:
        yield Panel(start, stop, 0, error)
    elif panel := best(border, allowed, start, stop):
        yield panel
    elif length - (0 if outer else math.log2(min(start, 1 - stop))) < (-4096 if outer else -24):
        raise ArithmeticError("kernel: no error bound: it is not seen to be analytic in the angle")
    else:
        middle = (start + stop) / 2
        yield from _halved(border, ends, allowed, start, middle)
        yield from _halved(border, ends, allowed, middle, stop)


def best(border: Border, allowed: float, start: Fraction, stop: Fraction) -> Panel | None:
    """From large ellipses to small ones, until the rule is short or becomes longer."""
    found: Panel | None = None
    for r in RADII:
        panel = _panel(border, allowed, start, stop, r)
        if found and (panel is None or panel.nodes >= found.nodes):
            break
        found = panel or found
        if found and found.nodes <= max(16.0, -allowed):
            break
    return found


def _panel(
    border: Border, allowed: float, start: Fraction, stop: Fraction, r: float
) -> Panel | None:
    size = _largest(border, start, stop, r)
    if math.isinf(size):
        return None
    size += math.log2(64 / 15 / (1 - r**-2) * 3.15 / 2 * (stop - start)) + 1e-6
    nodes = max(2, math.ceil((size - allowed) / (2 * math.log2(r))))
    return Panel(start, stop, nodes, size - 2 * nodes * math.log2(r) + 1e-6)


def _largest(border: Border, start: Fraction, stop: Fraction, r: float) -> float:
    """The largest bound on the border; near the ends of the panel it fails first."""
    half, middle = (arb.pi() * Balls().exact((stop + s * start) / 2) for s in (-1, 1))
    wide, high = (half * (arb(r) + s / arb(r)) / 2 for s in (1, -1))

    def on_arc(first: Fraction, last: Fraction) -> acb:
        a, b = (arb.pi() * fmpq(t.numerator, t.denominator) for t in (first, last))
        return acb(middle + wide * a.cos().union(b.cos()), high * _sines(a, b))

    def bound(first: Fraction, last: Fraction, depth: int) -> float:
        size = border(on_arc(first, last))
        if math.isfinite(size) or not depth:
            return size
        between = (first + last) / 2
        left = bound(first, between, depth - 1)
        return left if math.isinf(left) else max(left, bound(between, last, depth - 1))

    largest = -math.inf
    for k in sorted(range(ARCS), key=lambda k: min(k, ARCS - 1 - k)):
        largest = max(largest, bound(Fraction(k, ARCS), Fraction(k + 1, ARCS), HALVINGS))
        if math.isinf(largest):
            break
    return largest


def _sines(a: arb, b: arb) -> arb:
    """The sines between two angles of [0, π] that π/2 does not part."""
    return a.sin().union(b.sin())
