r"""What an expectation leaves out when its box is cut: a rigorous bound.

An integrand is bounded by :math:`C(1+|u|)^m(1+|v|)^n e^{\alpha|u|+\beta|v|}`, and Hölder's
inequality with exponents 8/7 and 8 parts the cut variable from the other.
"""

from dataclasses import dataclass

import sympy
from flint import arb
from sympy import Expr, Poly, Symbol

from ntksym.evaluate import Balls

_AT_MOST_ONE = (sympy.Heaviside, sympy.sign, sympy.erf, sympy.sin, sympy.cos, sympy.tanh)


@dataclass(frozen=True)
class Majorant:
    """constant * prod (1 + |x|)^power e^(rate |x|) over the variables."""

    constant: arb
    powers: dict[Symbol, int]
    rates: dict[Symbol, arb]


def majorant(expr: Expr, bound: list[Symbol]) -> Majorant:
    """A majorant of ``expr``; ``ValueError`` where none of this form is known."""
    if not expr.has(*bound):
        value = Balls().constant(expr) if expr.is_Rational else arb(str(sympy.Abs(expr).n(20)))
        return Majorant(abs(value) * arb("1.000001"), {}, {})
    if expr in bound:
        return Majorant(arb(1), {expr: 1}, {})
    if isinstance(expr, _AT_MOST_ONE):
        return Majorant(arb(1), {}, {})
    if isinstance(expr, sympy.exp):
        return _exponential(expr.args[0], bound)
    parts = [majorant(part, bound) for part in expr.args if isinstance(part, Expr)]
    if expr.is_Mul:
        return _product(parts)
    if expr.is_Pow and expr.exp.is_Integer and expr.exp > 0:
        return _product(parts[:1] * int(expr.exp))
    if expr.is_Add or isinstance(expr, sympy.Max | sympy.Min | sympy.Abs):
        return _sum(parts)
    raise ValueError(f"no bound of growth is known for {type(expr).__name__} in {expr}")


def _exponential(exponent: Expr, bound: list[Symbol]) -> Majorant:
    if not exponent.is_polynomial(*bound):
        raise ValueError(f"no bound of growth is known for exp({exponent})")
    constant = arb(1)
    rates: dict[Symbol, arb] = {}
    for monomial, coefficient in Poly(exponent, *bound).terms():
        if sum(monomial) == 1:
            x = bound[monomial.index(1)]
            rates[x] = majorant(coefficient, bound).constant
        elif sum(monomial) == 0:
            constant = majorant(sympy.exp(coefficient), bound).constant
        elif any(k % 2 for k in monomial) or not coefficient.is_negative:
            raise ValueError(f"no bound of growth is known for exp({exponent})")
    return Majorant(constant, {}, rates)


def _product(parts: list[Majorant]) -> Majorant:
    constant = arb(1)
    powers: dict[Symbol, int] = {}
    rates: dict[Symbol, arb] = {}
    for part in parts:
        constant *= part.constant
        powers = {x: powers.get(x, 0) + part.powers.get(x, 0) for x in powers | part.powers}
        rates = {x: rates.get(x, arb(0)) + part.rates.get(x, arb(0)) for x in rates | part.rates}
    return Majorant(constant, powers, rates)


def _sum(parts: list[Majorant]) -> Majorant:
    powers: dict[Symbol, int] = {}
    rates: dict[Symbol, arb] = {}
    for part in parts:
        powers = {x: max(powers.get(x, 0), part.powers.get(x, 0)) for x in powers | part.powers}
        rates = {x: rates.get(x, arb(0)).max(part.rates.get(x, arb(0))) for x in rates | part.rates}
    return Majorant(sum((part.constant for part in parts), arb(0)), powers, rates)


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
        raise ValueError("the box is too small for the growth of the integrand")
    far = 2 * height * (-(start**2) / (2 * q)).exp() / ((2 * arb.pi() * q).sqrt() * slope)
    return (far if beyond is not None else weight * (far + height)).upper()
