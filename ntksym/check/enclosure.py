"""Balls for the two sides of a claim, expectations and integrals included.

An expectation is its defining integral over a box, cut at the knots, plus a bound of the tail.
"""

from itertools import product
from math import prod
from typing import Any

from flint import arb
from sympy import Add, Derivative, Dummy, Expr, Integral, Rational, Symbol, expand

from ntksym.check.density import density, without_masses
from ntksym.check.sample import Point
from ntksym.evaluate import Balls, precision, record
from ntksym.evaluate.integrals.cubature import Box, integral
from ntksym.evaluate.integrals.pieces import intervals, resolved
from ntksym.evaluate.integrals.tails import tail
from ntksym.language import GaussianExpectation

BITS = 64
REACH = 10
"""Half the box, in standard deviations; outside is less than 1e-8 for the growth of x^5 or e^x."""
TOLERANCE = 1e-10

Known = dict[Expr, arb]


def enclose(expr: Expr, point: Point, known: Known) -> arb:
    """A ball around the value at ``point``; ``known`` remembers expectations already enclosed."""
    expr = expr.replace(Derivative, lambda f, *s: Derivative(f, *s).doit()).xreplace(point)
    expr = expr.replace(lambda e: isinstance(e, GaussianExpectation), without_masses)
    with precision(BITS):
        return _value(expr, known)


def _value(expr: Expr, known: Known) -> arb:
    found: dict[Expr, Symbol] = {}
    values: list[arb] = []
    for node in expr.atoms(Integral):
        found[node] = Dummy()
        values.append(_remember(node, known, _of_integral))
    rest = expr.xreplace(found)
    for node in rest.atoms(GaussianExpectation):
        found[node] = Dummy()
        values.append(_remember(node, known, _of_expectation))
    rest = rest.xreplace(found)
    return record([rest], list(found.values()), Balls())(*values)[0]


def _remember(node: Expr, known: Known, how: Any) -> arb:
    if node not in known:
        known[node] = how(node, known)
    return known[node]


def _of_expectation(node: GaussianExpectation, known: Known) -> arb:
    return _cubature(node, [], [])


def _of_integral(node: Integral, known: Known) -> arb:
    """Linear in expectations: each makes an integral in one variable more."""
    ((t, lower, upper),) = node.limits
    a, b = (_value(x, known) for x in (lower, upper))
    total = arb(0)
    for term in Add.make_args(expand(node.function, power_exp=False)):
        nodes = term.atoms(GaussianExpectation)
        if not nodes:
            total += _forward(record([term], [t], Balls()), (a, b))
            continue
        inner = min(nodes, key=str)
        factor = term / inner
        if factor.has(GaussianExpectation):
            raise ValueError(f"no ball for an integral that is not linear in expectations: {term}")
        scaled = inner.of(inner.integrand * factor)
        total += _cubature(scaled, [t], [(a, b)])
    return total


def _forward(tape: Any, *box: tuple[arb, arb]) -> arb:
    """With limits in either order."""
    turns = sum(1 for a, b in box if b < a)
    rising = tuple((a, b) if not b < a else (b, a) for a, b in box)
    value = integral(lambda *x: tape(*x)[0], rising, TOLERANCE)
    return -value if turns % 2 else value


def _cubature(node: GaussianExpectation, outer: list[Symbol], limits: list[tuple[arb, arb]]) -> arb:
    numbers = Balls()
    variances = {
        x: record([q], outer, numbers)(*[a.union(b) for a, b in limits])[0]
        for x, q in zip(node.bound_symbols, node.law, strict=False)
    }
    bound = node.bound_symbols
    size = {x: _root_above(REACH, variances[x]) for x in bound}
    length = prod((abs(b - a) for a, b in limits), start=arb(1))
    reach = {x: numbers.constant(size[x]) for x in bound}
    total = arb(0, (length * tail(node.integrand, variances, reach)).upper())
    term = node.integrand * density(node)
    for piece in product(*(intervals(term, x, size[x]) for x in bound)):
        middle = {x: (a + b) / 2 for x, (a, b) in zip(bound, piece, strict=True)}
        box: Box = tuple((numbers.constant(a), numbers.constant(b)) for a, b in piece)
        formula = resolved(term, middle)
        if formula != 0:
            total += _forward(record([formula], [*outer, *bound], numbers), *limits, *box)
    return total


def _root_above(factor: int, variance: arb) -> Rational:
    """A short rational number not below factor * sqrt(variance)."""
    return Rational(int(factor * 16 * float(variance.sqrt().upper())) + 1, 16)
