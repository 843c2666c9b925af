r"""Majorants :math:`|f|\le C\prod(1+|x|)^m e^{\beta|x|}` and lower bounds, read off the heads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy
from flint import arb
from sympy import Expr, Poly, Symbol

from ntksym.evaluate.balls import Balls

_AT_MOST_ONE = (sympy.Heaviside, sympy.sign, sympy.erf, sympy.sin, sympy.cos, sympy.tanh)
_NOT_NEGATIVE = (sympy.exp, sympy.Abs, sympy.cosh, sympy.Heaviside, sympy.erfc)


@dataclass(frozen=True)
class Majorant:
    """constant * prod (1 + |x|)^power e^(rate |x|) over the variables."""

    constant: arb
    powers: dict[Symbol, int]
    rates: dict[Symbol, arb]


def majorant(expr: Expr, bound: list[Symbol]) -> Majorant:
    """A majorant of ``expr`` on the reals; ``ValueError`` where none of this form is known.

    >>> x = Symbol("x", real=True)
    >>> majorant(sympy.log(1 + sympy.exp(2 * x)), [x]).powers
    {x: 1}
    """
    if not expr.has(*bound):
        return Majorant(_size(expr), {}, {})
    if expr in bound:
        return Majorant(arb(1), {expr: 1}, {})
    if isinstance(expr, _AT_MOST_ONE):
        return Majorant(arb(1), {}, {})
    if isinstance(expr, sympy.atan | sympy.erfc):
        return Majorant(arb(2), {}, {})
    if isinstance(expr, sympy.exp):
        return _exponential(expr.args[0], bound)
    if isinstance(expr, sympy.sinh | sympy.cosh):
        return majorant(expr.rewrite(sympy.exp), bound)
    if isinstance(expr, sympy.log):
        return _logarithm(expr, bound)
    if expr.is_Pow and expr.exp.is_Rational:
        return _power(expr, bound)
    if isinstance(expr, sympy.Piecewise):
        return _sum([majorant(part, bound) for part, _ in expr.args])
    if expr.is_Mul:
        return product([majorant(part, bound) for part in expr.args])
    if expr.is_Add or isinstance(expr, sympy.Max | sympy.Min | sympy.Abs):
        return _sum([majorant(part, bound) for part in expr.args])
    raise _unknown(expr)


def least(expr: Expr, bound: list[Symbol]) -> arb | None:
    """A number not above ``expr`` anywhere on the reals, ``None`` where none is seen.

    >>> x = Symbol("x", real=True)
    >>> least(1 + sympy.Abs(x), [x]), least(x, [x]) is None
    (1.00000000000000, True)
    """
    if not expr.has(*bound):
        return _constant(expr).lower()
    if isinstance(expr, _AT_MOST_ONE):
        return arb(0 if isinstance(expr, sympy.Heaviside) else -1)
    if isinstance(expr, sympy.atan):
        return arb(-2)
    if isinstance(expr, sympy.cosh):
        return arb(1)
    if expr.is_Pow and expr.exp.is_Rational:
        return _least_power(least(expr.base, bound), expr.exp)
    parts = [part for part, _ in expr.args] if isinstance(expr, sympy.Piecewise) else expr.args
    known = [least(part, bound) for part in parts if isinstance(part, Expr)]
    values = [value for value in known if value is not None]
    if isinstance(expr, sympy.Max) and values:
        return _extreme(arb.max, values)
    if isinstance(expr, sympy.Min | sympy.Piecewise) and len(values) == len(known):
        return _extreme(arb.min, values)
    if expr.is_Add and len(values) == len(known):
        return sum(values, arb(0)).lower()
    if expr.is_Mul and len(values) == len(known) and all(value >= 0 for value in values):
        return _extreme(lambda a, b: a * b, values).lower()
    if isinstance(expr, sympy.log) and values and values[0] > 0:
        return values[0].log().lower()
    return arb(0) if isinstance(expr, _NOT_NEGATIVE) else None


def _least_power(base: arb | None, exponent: Expr) -> arb | None:
    """An even power and a real root are not negative."""
    if base is not None and base >= 0 and exponent > 0:
        return (base ** Balls().constant(exponent)).lower()
    even = exponent.p % 2 == 0 or exponent.q % 2 == 0
    return arb(0) if even or (base is not None and base >= 0) else None


def _extreme(choose: Callable[[Any, Any], Any], values: list[arb]) -> arb:
    best = values[0]
    for value in values[1:]:
        best = choose(best, value)
    return best


def _constant(expr: Expr) -> arb:
    if expr.is_Rational:
        return Balls().constant(expr)
    return arb(str(expr.n(20))) * arb("1 +/- 1e-6")


def _size(expr: Expr) -> arb:
    return abs(_constant(expr)).upper()


def _unknown(expr: Expr) -> ValueError:
    return ValueError(f"no bound of growth is known for {type(expr).__name__} in {expr}")


def _exponential(exponent: Expr, bound: list[Symbol]) -> Majorant:
    """Term by term; of each term a polynomial, an upper bound, or linear growth is enough."""
    if exponent.is_polynomial(*bound):
        return _exponential_of_polynomial(exponent, bound)
    if exponent.is_Add:
        return product([_exponential(part, bound) for part in exponent.args])
    floor = least(-exponent, bound)
    if floor is not None:
        return Majorant((-floor).exp().upper(), {}, {})
    m = majorant(exponent, bound)
    if m.rates or sum(m.powers.values()) > 1:
        raise ValueError(f"no bound of growth is known for exp({exponent})")
    return Majorant(m.constant.exp(), {}, dict.fromkeys(m.powers, m.constant))


def _exponential_of_polynomial(exponent: Expr, bound: list[Symbol]) -> Majorant:
    constant = arb(1)
    rates: dict[Symbol, arb] = {}
    for monomial, coefficient in Poly(exponent, *bound).terms():
        if sum(monomial) == 1:
            x = bound[monomial.index(1)]
            rates[x] = _size(coefficient)
        elif sum(monomial) == 0:
            constant = _size(sympy.exp(coefficient))
        elif any(k % 2 for k in monomial) or not coefficient.is_negative:
            raise ValueError(f"no bound of growth is known for exp({exponent})")
    return Majorant(constant, {}, rates)


def _logarithm(expr: Expr, bound: list[Symbol]) -> Majorant:
    """|log g| <= |log m| + log(C) + (m + b)(1 + |x|) for g >= m > 0."""
    floor = least(expr.args[0], bound)
    if floor is None or not floor > 0:
        raise _unknown(expr)
    m = majorant(expr.args[0], bound)
    constant = abs(floor.log()) + m.constant.max(arb(1)).log()
    variables = {x for x in bound if m.powers.get(x, 0) or x in m.rates}
    slopes = [m.powers.get(x, 0) + m.rates.get(x, arb(0)) for x in variables]
    return Majorant((constant + sum(slopes, arb(0))).upper(), dict.fromkeys(variables, 1), {})


def _power(expr: Expr, bound: list[Symbol]) -> Majorant:
    base, exponent = expr.args
    r = Balls().constant(exponent)
    if exponent < 0:
        floor = least(base, bound)
        if floor is None or not floor > 0:
            raise _unknown(expr)
        return Majorant((floor**r).upper(), {}, {})
    m = majorant(base, bound)
    powers = {x: int(sympy.ceiling(k * exponent)) for x, k in m.powers.items()}
    return Majorant((m.constant**r).upper(), powers, {x: r * b for x, b in m.rates.items()})


def product(parts: list[Majorant]) -> Majorant:
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
