r"""Panels of an interval for Gauss-Legendre rules, as few nodes as the error bounds allow.

If g is analytic and :math:`|g|\le M` in the ellipse with the panel's ends as foci and a sum r of
semi-axes in units of half the panel s, the n-point rule errs by at most
:math:`\tfrac{64}{15}\,s\,M\,r^{-2(n-1)}/(1-r^{-2})` [trefethen2013, theorem 19.3].
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from flint import acb, arb

from ntksym.evaluate.balls import precision

ELLIPSES = (1.35, 1.7, 2.2, 3.0, 4.5, 8.0)
COLUMNS, ROWS, HALVINGS = 8, 3, 2
MOST_NODES = 320
DEPTH = 24

Sizes = Callable[[acb], tuple[float, ...]]
"""Upper bounds of the moduli of several integrands on a complex ball; infinity is no bound."""


@dataclass(frozen=True)
class Panel:
    """The part of an interval between two fractions of its length, and its rule's errors."""

    start: Fraction
    stop: Fraction
    nodes: int
    errors: tuple[float, ...]

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        return self.start, self.stop

    def points(self, lower: arb, upper: arb, bits: int) -> Iterator[tuple[arb, arb]]:
        """The nodes and weights in [lower, upper], as balls of ``bits`` bits."""
        length = upper - lower
        half = length * fraction(self.stop - self.start) / 2
        middle = lower + length * fraction(self.stop + self.start) / 2
        for node, weight in rule(self.nodes, bits):
            yield middle + half * node, half * weight


def fraction(x: Fraction) -> arb:
    """A ball around an exact fraction."""
    return arb(x.numerator) / x.denominator


@lru_cache(maxsize=128)
def rule(nodes: int, bits: int) -> tuple[tuple[arb, arb], ...]:
    """The Gauss-Legendre nodes and weights on [-1, 1]."""
    with precision(bits):
        return tuple(arb.legendre_p_root(nodes, k, weight=True) for k in range(nodes))


def plan(sizes: Sizes, lower: arb, upper: arb, allowed: tuple[float, ...]) -> list[Panel]:
    """Panels of [lower, upper] whose rules err by at most ``allowed``, integrand by integrand.

    A panel is halved where its halves need fewer nodes. Raises ``ArithmeticError`` where no panel
    is short enough for a bound: near a singularity.
    """
    whole = _panel(sizes, lower, upper, Fraction(0), Fraction(1), allowed)
    return list(_refined(sizes, lower, upper, whole, allowed))


def _refined(
    sizes: Sizes, lower: arb, upper: arb, panel: Panel, allowed: tuple[float, ...]
) -> Iterator[Panel]:
    if panel.stop - panel.start < Fraction(1, 2**DEPTH):
        raise ArithmeticError("no error bound: the integrand is not seen to be analytic")
    if panel.nodes <= 16:
        yield panel
        return
    middle = (panel.start + panel.stop) / 2
    ends = (panel.start, middle), (middle, panel.stop)
    halves = [_panel(sizes, lower, upper, *pair, allowed) for pair in ends]
    if panel.nodes <= MOST_NODES and sum(half.nodes for half in halves) >= panel.nodes:
        yield panel
        return
    for half in halves:
        yield from _refined(sizes, lower, upper, half, allowed)


def _panel(
    sizes: Sizes,
    lower: arb,
    upper: arb,
    start: Fraction,
    stop: Fraction,
    allowed: tuple[float, ...],
) -> Panel:
    """The ellipse that needs the fewest nodes; more than MOST_NODES where none gives a bound."""
    half = float(((upper - lower) * fraction(stop - start) / 2).upper())
    middle = float((lower + (upper - lower) * fraction(start + stop) / 2).mid())
    best = Panel(start, stop, MOST_NODES + 1, tuple(math.inf for _ in allowed))
    for r in ELLIPSES:
        largest = _maxima(sizes, middle, half, r)
        scale = [1.0001 * 64 / 15 * half * size / (1 - r**-2) for size in largest]
        if math.inf in scale:
            break
        wanted = max(
            math.log(s) - math.log(a) if s > a else 0.0 for s, a in zip(scale, allowed, strict=True)
        )
        nodes = 8 * math.ceil((wanted / (2 * math.log(r)) + 2) / 8)
        if nodes < best.nodes:
            shrink = 1.0001 * r ** (-2.0 * (nodes - 1))
            best = Panel(start, stop, nodes, tuple(s * shrink for s in scale))
    return best


def _maxima(sizes: Sizes, middle: float, half: float, r: float) -> tuple[float, ...]:
    """Bounds on the upper half of the ellipse, which is enough: the integrands are real on R."""
    wide, high = (half * (r + s / r) / 2 * (1 + 1e-9) + 1e-12 for s in (1, -1))
    found: list[tuple[float, ...]] = []
    for k in range(COLUMNS):
        left, right = (2 * (k + j) / COLUMNS - 1 for j in (0, 1))
        inner = 0.0 if left < 0 < right else min(abs(left), abs(right))
        top = high * math.sqrt(1 - inner**2)
        for row in reversed(range(ROWS)):
            x = middle + wide * left, middle + wide * right
            y = top * row / ROWS, top * (row + 1) / ROWS
            found.append(_cell(sizes, x, y, HALVINGS))
            if math.inf in found[-1]:
                return found[-1]
    return tuple(max(column) for column in zip(*found, strict=True))


def _cell(
    sizes: Sizes, x: tuple[float, float], y: tuple[float, float], halvings: int
) -> tuple[float, ...]:
    ball = acb(*(arb((a + b) / 2, (b - a) / 2 * (1 + 1e-9) + 1e-12) for a, b in (x, y)))
    values = sizes(ball)
    if math.inf not in values or not halvings:
        return values
    cuts = [((a, (a + b) / 2), ((a + b) / 2, b)) for a, b in (x, y)]
    parts = [_cell(sizes, u, v, halvings - 1) for u in cuts[0] for v in reversed(cuts[1])]
    return tuple(max(column) for column in zip(*parts, strict=True))
