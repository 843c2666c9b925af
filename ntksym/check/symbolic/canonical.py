"""The canonical form of an expression in expectations: equal forms prove equality.

Each expectation becomes a sum of atoms (law, cell, formula), where the cells are what the knots
cut the plane into. That uses nothing but the definition of the expectation: linearity, equality
almost everywhere, total mass 1, the symmetry of the law, its marginals, independence at c = 0, and
that the expectation of a Dirac mass is a density.
"""

from collections.abc import Iterator
from itertools import pairwise, product

from sympy import Add, DiracDelta, Expr, Function, Integral, Mul, S, Symbol, Tuple, expand, oo

from ntksym.check.density import density
from ntksym.evaluate.integrals.pieces import knots, resolved, without_masses
from ntksym.language import GaussianExpectation, u, v

Atom = Function("atom")
Interval = tuple[Expr, Expr]


def canonical(expr: Expr) -> Expr:
    """``expr`` with each expectation as a sum of atoms, those under integrals included."""
    expr = expr.replace(
        lambda part: isinstance(part, Integral),
        lambda part: _integral(canonical(part.function), *part.limits),
    )
    return expand(expr.replace(GaussianExpectation, _expectation), power_exp=False)


def _integral(function: Expr, limits: Tuple) -> Expr:
    """Linear, with the name of the running variable forgotten."""
    t, *ends = limits
    name = Symbol("running", real=True)
    terms = Add.make_args(expand(function, power_exp=False))
    parts = (term.subs(t, name).as_independent(name, as_Add=False) for term in terms)
    return Add(*(k * Integral(f, (name, *ends)) if f != 0 else S.Zero for k, f in parts))


def _expectation(integrand: Expr, *law: Expr) -> Expr:
    bound = [u, v][: 1 if len(law) == 1 else 2]
    if integrand.has(DiracDelta):
        terms = Add.make_args(expand(integrand, power_exp=False))
        return Add(*(_mass(term, law) for term in terms))
    total = []
    for cell in product(*(_cells(integrand, x) for x in bound)):
        inside = dict(zip(bound, map(_middle, cell), strict=True))
        total.append(_linear(resolved(integrand, inside), law, cell))
    return Add(*total)


def _mass(term: Expr, law: tuple[Expr, ...]) -> Expr:
    if not term.has(DiracDelta):
        return _expectation(term, *law)
    node = GaussianExpectation(term, *law)
    ((value, left),) = without_masses(term * density(node), node.bound_symbols)
    if value != 0 and left:
        raise ValueError(f"a mass in one of two variables: {term}")
    return value


def _cells(term: Expr, x: Symbol) -> Iterator[Interval]:
    edges = [-oo, *sorted({S.Zero, *knots(term, x)}), oo]
    return pairwise(edges)


def _middle(interval: Interval) -> Expr:
    a, b = interval
    return b - 1 if a == -oo else a + 1 if b == oo else (a + b) / 2


def _linear(formula: Expr, law: tuple[Expr, ...], cell: tuple[Interval, ...]) -> Expr:
    terms = Add.make_args(expand(formula, power_exp=False))
    parts = (term.as_independent(u, v, as_Add=False) for term in terms)
    return Add(*(k * _atom(rest, law, cell) for k, rest in parts if k != 0))


def _atom(formula: Expr, law: tuple[Expr, ...], cell: tuple[Interval, ...]) -> Expr:
    if len(law) == 3 and law[2] == 0 and (parts := _factors(formula)):
        first, second = parts
        return _atom(first, law[:1], cell[:1]) * _atom(second, law[1:2], cell[1:])
    if cell[0][1] <= 0:
        formula = formula.subs({u: -u, v: -v}, simultaneous=True)
        sign, formula = formula.as_independent(u, v, as_Add=False)
        return sign * _atom(formula, law, tuple((-b, -a) for a, b in cell))
    if len(law) == 3 and not formula.has(v) and cell[1] == (-oo, S.Zero):
        above = (cell[0], (S.Zero, oo))
        return _atom(formula, law[:1], cell[:1]) - _atom(formula, law, above)
    if len(law) == 3 and not formula.has(u) and cell == ((S.Zero, oo), (-oo, S.Zero)):
        below = _atom(formula.subs(v, u), law[1:2], ((-oo, S.Zero),))
        turn, mirrored = formula.subs(v, -v).as_independent(u, v, as_Add=False)
        return below - turn * _atom(mirrored, law, ((S.Zero, oo), (S.Zero, oo)))
    if len(law) == 1 and formula == 1 and cell[0] == (S.Zero, oo):
        return S.Half
    return Atom(formula, *law, *(end for ends in cell for end in ends))


def _factors(formula: Expr) -> tuple[Expr, Expr] | None:
    """The part in u, and the part in v written in u."""
    parts = Mul.make_args(formula)
    if any(part.has(u) and part.has(v) for part in parts):
        return None
    of_u = Mul(*(part for part in parts if not part.has(v)))
    return of_u, Mul(*(part for part in parts if part.has(v))).subs(v, u)
