r"""The functions that polynomials stand for, each with enclosures by polynomials.

A model of f on \|x - m\| <= r is a polynomial with balls as coefficients such that f(m + s) lies
in the ball model(s) for every \|s\| <= r. A power series at 0 is its own model, moved to m, with
its tail as the radius of the constant term; so a removable singularity at 0 is none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from math import comb, factorial

from flint import arb, arb_poly, arb_series, ctx, fmpq, fmpq_poly

TERMS = 160
ORDER = 24
CENTRE = 3
"""K of the scaled error function: it maps [0, oo] to [-1, 1] by (y - K)/(y + K)."""

QUARTER = fmpq(253, 1000)
MARGIN = fmpq(1, 2**20)
"""A little beyond 1/4; and how far beyond both ends a bound holds, for what rounding does there."""

Model = Callable[[arb, arb], arb_poly]


@dataclass(frozen=True)
class Piece:
    """``low`` <= x <= ``high``; the error counts relative to \\|f\\|, or as it stands.

    ``parted``: even and odd powers apart. It takes one operation more and half the waiting, in
    loops that have little else to do; and rounds a little more. ``in_float32``: the degree of
    the polynomial that float32 calls in its place, if there is one, ``coarse`` itself.
    """

    name: str
    formula: str
    low: fmpq
    high: fmpq
    degree: int
    model: Model
    relative: bool = True
    parted: bool = False
    in_float32: int = 0
    coarse: bool = False

    @property
    def proved(self) -> tuple[fmpq, fmpq]:
        """Where the bound holds."""
        return self.low - MARGIN, self.high + MARGIN

    def both(self) -> Iterator["Piece"]:
        """The one for float32 first, if there is one."""
        if self.in_float32:
            name, degree = f"{self.name}_in_float32", self.in_float32
            yield replace(self, name=name, degree=degree, in_float32=0, coarse=True)
        yield self


def _power_series(coefficient: Callable[[int], fmpq]) -> Model:
    """Coefficients must not grow, and \\|x\\| <= 1/2: the tail is below a geometric series."""
    whole = fmpq_poly([coefficient(k) for k in range(TERMS)])
    tail = 2 * abs(coefficient(TERMS)) / 2**TERMS

    def model(m: arb, r: arb) -> arb_poly:
        return arb_poly(whole)(arb_poly([m, 1])) + arb_poly([arb(0, tail)])

    return model


def _arcsine(k: int) -> fmpq:
    return fmpq(comb(2 * k + 2, k + 1), 4 ** (k + 1) * (2 * k + 3))


def _excess(k: int) -> fmpq:
    return _arcsine(k) * fmpq(4 * k + 4, 2 * k + 1)


def _arctangent(k: int) -> fmpq:
    return fmpq((-1) ** (k + 1), 2 * k + 3)


def _arc(k: int) -> fmpq:
    return fmpq(4 ** (k + 1) * factorial(k + 1) ** 2, factorial(2 * k + 3))


def _exponential(k: int) -> fmpq:
    return fmpq(1, factorial(k + 2))


def _error(k: int) -> fmpq:
    return fmpq((-1) ** k, factorial(k) * (2 * k + 1))


def _error_model(m: arb, r: arb) -> arb_poly:
    series = _power_series(_error)(m, r)
    return series * (2 / arb.pi().sqrt()) - 1


def _tail_model(m: arb, r: arb) -> arb_poly:
    """By Taylor's formula; the coefficient of the remainder is enclosed on the whole ball."""
    at_centre, inside = _tail(m), _tail(arb(m, r))
    rest = inside[ORDER].abs_upper() * r**ORDER
    return arb_poly([at_centre[k] for k in range(ORDER)]) + arb_poly([arb(0, rest)])


def _tail(u: arb) -> arb_series:
    before = ctx.cap
    ctx.cap = ORDER + 1
    try:
        u_series = arb_series([u, 1])
        sum_ = 2 * CENTRE / (1 - u_series)
        y = sum_ - CENTRE
        return sum_ * (y * y).exp() * y.erfc()
    finally:
        ctx.cap = before


def _reciprocal(m: arb, r: arb) -> arb_poly:
    """The geometric series, its remainder enclosed on the whole ball."""
    rest = (r / m) ** ORDER / (m - r)
    return arb_poly([(-1) ** k / m ** (k + 1) for k in range(ORDER)]) + arb_poly([arb(0, rest)])


IN_FLOAT64 = (
    Piece("arcsine_core", "(asin(h)/h - 1)/z, z = h*h", fmpq(0), QUARTER, 12,
          _power_series(_arcsine), parted=True, in_float32=5),
    Piece("excess_core", "(asin(h)/h - sqrt(1 - z))/z, z = h*h", fmpq(0), QUARTER, 12,
          _power_series(_excess), parted=True, in_float32=5),
    Piece("arctangent_core", "(atan(h)/h - 1)/z, z = h*h", fmpq(0), QUARTER, 12,
          _power_series(_arctangent), parted=True, in_float32=5),
    Piece("sharp_arc_core", "(asin(s)/s - 1)/x, x = (1 - sqrt(1 - s*s))/2", fmpq(0),
          fmpq(7, 20), 16, _power_series(_arc), parted=True, in_float32=7),
    Piece("blunt_arc_core", "(asin(s)/s - 1)/x, x = (1 - sqrt(1 - s*s))/2", fmpq(0),
          fmpq(43, 200), 13, _power_series(_arc), parted=True, in_float32=5),
    Piece("reciprocal_core", "1/x", fmpq(57, 100), fmpq(1), 5, _reciprocal, parted=True),
    Piece("sharp_reciprocal_core", "1/x", fmpq(31, 100), fmpq(1), 8, _reciprocal, parted=True),
    Piece("exponential_core", "(exp(x) - 1 - x)/(x*x)", fmpq(-9, 25), fmpq(9, 25), 10,
          _power_series(_exponential)),
    Piece("error_core", "erf(h)/h - 1, z = h*h", fmpq(0), QUARTER, 8, _error_model, relative=False),
    Piece("tail_core", "(y + 3)*exp(y*y)*erfc(y), u = (y - 3)/(y + 3)",
          fmpq(-3, 4), fmpq(81, 100), 21, _tail_model),
)  # fmt: skip

PIECES = tuple(chain.from_iterable(piece.both() for piece in IN_FLOAT64))
