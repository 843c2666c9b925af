"""Integrands as analytic pieces: Dirac masses taken out, steps resolved between their knots."""

from collections.abc import Iterator
from itertools import pairwise

from sympy import (
    Abs,
    Add,
    DiracDelta,
    Expr,
    Heaviside,
    Max,
    Min,
    Mul,
    Piecewise,
    S,
    Symbol,
    expand,
    sign,
    solve_linear,
)
from sympy.logic.boolalg import Boolean

_KINKS = Heaviside, Max, Min, Abs, sign, Piecewise


def without_masses(expr: Expr, bound: list[Symbol]) -> Iterator[tuple[Expr, list[Symbol]]]:
    """The terms of ``expr`` under an integral sign; each delta(x - a) puts a for x and ends dx.

    That is the definition of the mass: no rule of the calculus is used.
    """
    if not expr.has(DiracDelta):
        yield expr, bound
        return
    for term in Add.make_args(expand(expr, power_exp=False)):
        left = list(bound)
        while term.has(DiracDelta):
            delta = next(f for f in Mul.make_args(term) if isinstance(f, DiracDelta))
            x, a = solve_linear(delta.args[0])
            scale = abs(delta.args[0].diff(x))
            term, left = (term / delta).subs(x, a) / scale, [y for y in left if y != x]
        yield term, left


def knots(expr: Expr, x: Symbol) -> list[Expr]:
    """Where ``expr`` changes its formula in ``x``; ``ValueError`` where that is not at points."""
    found = set()
    for part in expr.atoms(*_KINKS):
        for argument in _switches(part):
            if argument.has(x):
                slope = argument.diff(x)
                if slope.free_symbols or slope == 0 or argument.free_symbols != {x}:
                    raise ValueError(f"the switch of {part} is not at fixed values of {x}")
                found.add(-argument.subs(x, 0) / slope)
    return sorted(found)


def _switches(part: Expr) -> list[Expr]:
    if isinstance(part, Max | Min):
        return [a - b for i, a in enumerate(part.args) for b in part.args[i + 1 :]]
    if isinstance(part, Piecewise):
        conditions = [condition for _, condition in part.args if condition != S.true]
        if not all(condition.is_Relational for condition in conditions):
            raise ValueError(f"conditions: expected single inequalities in {part}")
        return [condition.lhs - condition.rhs for condition in conditions]
    return [part.args[0]]


def resolved(expr: Expr, values: dict[Symbol, Expr]) -> Expr:
    """The formula that holds around ``values``, a point off the knots."""

    def positive(argument: Expr) -> bool:
        return bool(argument.subs(values) > 0)

    def branch(*pairs: tuple[Expr, Boolean]) -> Expr:
        return next(e for e, condition in pairs if condition.subs(values) == S.true)

    expr = expr.replace(Piecewise, branch)
    expr = expr.replace(Max, lambda *args: max(args, key=lambda a: a.subs(values)))
    expr = expr.replace(Min, lambda *args: min(args, key=lambda a: a.subs(values)))
    expr = expr.replace(Abs, lambda a: a if positive(a) else -a)
    expr = expr.replace(sign, lambda a: S.One if positive(a) else -S.One)
    return expr.replace(Heaviside, lambda a, *_: S.One if positive(a) else S.Zero)


def intervals(expr: Expr, x: Symbol, reach: Expr) -> list[tuple[Expr, Expr]]:
    """[-reach, reach] cut at the knots of ``expr`` in ``x``."""
    inside = [k for k in knots(expr, x) if -reach < k < reach]
    return list(pairwise([-reach, *inside, reach]))
