r"""What an expectation leaves out when its box is cut: a rigorous bound.

The integrand is bounded by a majorant :math:`C(1+|u|)^m(1+|v|)^n e^{\alpha|u|+\beta|v|}`, and
Hölder's inequality with exponents 8/7 and 8 parts the cut variable from the other.
"""

from collections.abc import Callable

from flint import arb
from sympy import Expr, Symbol

from ntksym.evaluate.integrals.majorants import Majorant, majorant

LONGEST = 400
"""The longest half line that is tried, in standard deviations."""


class BoxTooSmall(ValueError):
    """Beyond the box the majorant still grows faster than the density falls."""


def tail(expr: Expr, variances: dict[Symbol, arb], reach: dict[Symbol, arb]) -> arb:
    """A bound of E[|f|] outside the box ``|x| <= reach[x]``."""
    m = majorant(expr, list(variances))
    total = arb(0)
    for x in variances:
        outside = _moment(m, x, variances[x], reach[x], arb(8) / 7) ** (arb(7) / 8)
        for y in variances:
            if y != x:
                outside *= _moment(m, y, variances[y], None, arb(8)) ** (arb(1) / 8)
        total += outside
    return (m.constant * total).upper()


def beyond(m: Majorant, x: Symbol, q: arb, reach: arb) -> arb:
    """A bound of E[M(x); |x| > reach] for the majorant M in one variable x of variance q."""
    return (m.constant * _moment(m, x, q, reach, arb(1))).upper()


def mean(m: Majorant, x: Symbol, q: arb) -> arb:
    """A bound of E[M(x)] for the majorant M in one variable x of variance q."""
    return (m.constant * _moment(m, x, q, None, arb(1))).upper()


def cut(bound: Callable[[int], arb], allowed: float) -> int:
    """The first of growing whole numbers r with ``bound(r)`` <= ``allowed``, near it.

    A bound that raises is none as yet. ``ArithmeticError`` beyond ``LONGEST``.
    """
    reach = 4
    while reach < LONGEST:
        try:
            if bound(reach) <= allowed:
                return reach
        except BoxTooSmall:
            pass
        reach += max(1, reach // 16)
    raise ArithmeticError(f"no cut below {LONGEST} standard deviations leaves {allowed:.1e}")


def _moment(m: Majorant, x: Symbol, q: arb, beyond: arb | None, p: arb) -> arb:
    """A bound of E[((1+|x|)^a e^(b|x|))^p], over |x| > ``beyond`` where that is given.

    Over all x: e^(b|x|) <= e^(bx) + e^(-bx), and each of these moves the mean by bq.
    """
    a, b = p * m.powers.get(x, 0), p * m.rates.get(x, arb(0))
    if beyond is not None:
        weight, base, start = arb(1), arb(1), beyond
    else:
        weight, base, start = 2 * (b**2 * q / 2).exp(), 1 + b * q, 6 * q.sqrt() + (a * q).sqrt()
        b = arb(0)
    height = (base + start) ** a * (b * start).exp()
    slope = start / q - a / (base + start) - b
    if not slope > 0:
        raise BoxTooSmall("the box is too small for the growth of the integrand")
    far = 2 * height * (-(start**2) / (2 * q)).exp() / ((2 * arb.pi() * q).sqrt() * slope)
    return (far if beyond is not None else weight * (far + height)).upper()
