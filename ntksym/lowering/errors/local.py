r"""The rounding errors of one activation that is positively homogeneous of degree 1.

For :math:`\sigma(tz)=t\sigma(z)`, t > 0, the normalised dual κ and Σ̇ are functions of ρ alone, and
``pair`` reads the smaller gap m² and the sign of ρ. With the exact m the double of m² rounds to,

.. math:: |\sqrt{\tilde g}-\sqrt g|\le \text{gap}\cdot u,\qquad
          |\tilde{\dot\Sigma}-\dot\Sigma|\le\text{dot}\cdot u\,\dot\Sigma(1),\qquad
          \Bigl|\frac{d\dot\Sigma}{dm}\Bigr|\le\text{steep}\cdot\dot\Sigma(1),\qquad u=2^{-53},

the first for both gaps behind the activation. The source of ``pair`` itself is run on balls, cell
by cell, with its rounding errors (:mod:`.rounding`), and on power series in m for the last.
"""

import math
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

import flint
from flint import arb, arb_series

from ntksym.evaluate.balls import precision
from ntksym.lowering.errors.source import Unproved, function, text_of
from ntksym.lowering.functions.bounds import above
from ntksym.lowering.functions.proofs.rounding import Outside, Rounded, paths, rounded
from ntksym.lowering.functions.proofs.source import on_balls
from ntksym.lowering.modules import committed
from ntksym.networks import Activation

UNIT = 2.0**-53
LEAST = -150
"""A gap below 2**LEAST is any number there: its root is far below a unit."""
BEYOND = 2.0**-20
"""The smaller of two rounded gaps exceeds 1 by less."""


CELLS = (
    *((2.0**k, 2.0 ** (k + 1)) for k in range(LEAST, -1)),
    *((k / 16, (k + 1) / 16) for k in range(8, 16)),
    (1.0, 1.0 + BEYOND),
)


@dataclass(frozen=True)
class Local:
    r"""``gap``, ``dot``, ``steep`` as above, the first two in units u.

    ``point``: the relative errors of t and of Σ̇(1), in u. ``growth``: :math:`\sqrt{\kappa'(1)}`.
    """

    point: float
    gap: float
    dot: float
    steep: float
    growth: float

    def within(self, other: "Local") -> bool:
        """Whether ``other`` claims no less of anything."""
        return all(mine <= vars(other)[name] for name, mine in vars(self).items())


ONE = 1.0 + 2.0**-52
CLAIMS = {
    "identity": Local(point=0.0, gap=1.5, dot=0.0, steep=0.0, growth=ONE),
    "relu": Local(point=1.8, gap=4.0, dot=2.0, steep=0.65, growth=ONE),
    "leaky_relu": Local(point=3.6, gap=6.0, dot=3.5, steep=0.64, growth=ONE),
    "abs": Local(point=0.0, gap=9.5, dot=3.0, steep=1.3, growth=ONE),
}
"""Of catalogue entries with their default parameters; the tests prove them again."""


def local(of: Activation, tangent: bool) -> Local:
    """The errors of ``of``: as claimed for a catalogue entry, else proved now.

    ``Unproved`` unless it is homogeneous of degree 1.
    """
    entry = of.name.partition("(")[0]
    if entry in CLAIMS and committed(of, "code"):
        return CLAIMS[entry]
    try:
        return prove(text_of(of, tangent), text_of(of, True))
    except (Outside, ArithmeticError) as error:
        raise Unproved(f"{of.name}: {error}") from None


def prove(text: str, tangent: str) -> Local:
    """The errors of the module ``text``; ``tangent`` is the module with Σ̇."""
    with precision(128):
        names = on_balls()
        function(tangent, "pair", names)
        t, slope, point = _point(tangent, names)
        found = [_roundings(text, up, names) for up in (True, False)]
        gap, dot = (max(part[k] for part in found) for k in (0, 1))
        steep = max(_steepness(text, up) for up in (True, False))
        numbers = point, gap, dot / slope, steep / slope, (slope / t**2).sqrt()
        result = Local(*(0.0 if x == 0 else above(x) for x in numbers))
    if not all(map(math.isfinite, vars(result).values())):
        raise Unproved(f"a bound is infinite: {result}")
    return result


@dataclass(frozen=True)
class Side:
    """A gap that is compared with the other one, and the smaller of them."""

    up: bool
    gap: Any

    def __le__(self, other: "Side") -> bool:
        return self.up


def _point(text: str, balls: dict[str, Any]) -> tuple[arb, arb, arb]:
    """t/s, Σ̇(1), and their larger relative error, for s in [1, 2]: t is a multiple of s."""
    of = function(text, "point", _rounding(balls))
    _, t, slope = map(rounded, of(rounded(1.0))[:3])
    worst = arb(0)
    for low, high in ((1 + k / 16, 1 + (k + 1) / 16) for k in range(16)):
        for value in map(rounded, of(Rounded(arb(low).union(arb(high))))[1:3]):
            worst = worst.max(value.error / value.exact.lower() / UNIT)
    return t.exact, slope.exact, worst


def _roundings(text: str, up: bool, balls: dict[str, Any]) -> tuple[arb, arb]:
    """The largest errors of the roots of the gaps, and of Σ̇, in units."""
    gaps, dots = arb(0), arb(0)
    pair = function(text, "pair", _rounding(balls))
    cells = list(CELLS)
    while cells:
        low, high = cells.pop()
        cell = Rounded(arb(low).union(arb(high)))
        try:
            results = list(paths(partial(pair, Side(up, cell), Side(not up, cell))))
        except Outside:
            middle = (low + high) / 2
            cells += [(low, middle), (middle, high)]
            continue
        for less, more, dot in results:
            gaps = gaps.max(_of_root(rounded(less))).max(_of_root(rounded(more)))
            dots = dots.max(rounded(dot).error / UNIT)
    return gaps, dots


def _of_root(gap: Rounded) -> arb:
    """|sqrt(x) - sqrt(y)| is at most |x - y|/sqrt(y), and at most the larger root."""
    largest = (gap.exact.abs_upper() + gap.error).sqrt()
    least = gap.exact.lower()
    return (largest if not least > 0 else (gap.error / least.sqrt()).min(largest)) / UNIT


def _steepness(text: str, up: bool) -> arb:
    """The largest derivative of Σ̇ in m, where the angle is 2 arcsin(m/sqrt(2))."""
    before, flint.ctx.cap = flint.ctx.cap, 2
    try:
        return max((_slope(text, up, k / 64, (k + 1) / 64) for k in range(65)), key=float)
    finally:
        flint.ctx.cap = before


def _slope(text: str, up: bool, low: float, high: float) -> arb:
    m = arb_series([arb(low).union(arb(high)), 1])
    angle = 2 * (m / arb(2).sqrt()).asin()
    balls = {
        "acute_angle": lambda _: angle,
        "acute_excess": lambda _: angle - m * (2 - m * m).sqrt(),
    }
    names = _names(balls, arb.sqrt, arb.pi(), arb)
    dot = function(text, "pair", names)(Side(up, m * m), Side(not up, m * m))[2]
    return abs(dot[1]).upper() if isinstance(dot, arb_series) else arb(0)


def _rounding(balls: dict[str, Any]) -> dict[str, Any]:
    pi = Rounded(arb.pi(), abs(arb.pi() - math.pi).upper())
    return _names(balls, Rounded.sqrt, pi, rounded)


def _names(balls: dict[str, Any], sqrt: Any, pi: Any, number: Any) -> dict[str, Any]:
    return {
        "vector": SimpleNamespace(**balls),
        "math": SimpleNamespace(sqrt=sqrt, pi=pi),
        "number": number,
        "min": lambda minus, plus: minus.gap,
        "max": lambda zero, gap: gap,
    }
