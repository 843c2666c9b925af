"""Functions as analytic pieces: Dirac masses taken out, steps resolved between their knots."""

from collections.abc import Iterator
from itertools import pairwise

from flint import arb
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
    Rational,
    S,
    Symbol,
    expand,
    sign,
    simplify,
    solve_linear,
)
from sympy.logic.boolalg import Boolean

from ntksym.evaluate.balls import Balls
from ntksym.evaluate.integrals.line.plain import plain
from ntksym.evaluate.tape import record

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
        for argument in (branch for switch in _switches(part) for branch in _branches(switch)):
            if argument.has(x):
                slope = argument.diff(x)
                if slope.free_symbols or slope == 0 or argument.free_symbols != {x}:
                    raise ValueError(f"the switch of {part} is not at fixed values of {x}")
                found.add(-argument.subs(x, 0) / slope)
    return sorted(found)


def _branches(argument: Expr) -> Iterator[Expr]:
    """Every formula that ``argument`` may have, where it switches itself."""
    inner = next(iter(sorted(argument.atoms(*_KINKS), key=lambda part: part.count_ops())), None)
    if inner is None:
        yield argument
        return
    if isinstance(inner, Max | Min):
        values = list(inner.args)
    elif isinstance(inner, Piecewise):
        values = [value for value, _ in inner.args]
    elif isinstance(inner, Abs):
        values = [inner.args[0], -inner.args[0]]
    else:
        values = [S.NegativeOne, S.Zero, S.One]
    for value in values:
        yield from _branches(argument.xreplace({inner: value}))


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


def derivative(f: Expr, x: Symbol) -> Expr:
    """f', where f is continuous: then f' has no masses, and a mass in it has the factor 0.

    Raises ``ValueError`` where f has a jump, or where no continuity is seen.

    >>> x = Symbol("x", real=True)
    >>> derivative(Max(0, x), x)
    Heaviside(x)
    """
    for knot in knots(f, x):
        left, right = _sides(f, x, knot)
        if left - right != 0 and simplify(left - right) != 0:
            raise ValueError(f"no derivative: {f} is not seen to be continuous at {x} = {knot}")
    rising = f.replace(Min, lambda *args: -Max(*(-a for a in args)))
    slope = rising.diff(x).replace(Heaviside, lambda a, *_: Heaviside(a))
    return slope.replace(DiracDelta, lambda *_: S.Zero)


def value_at_zero(f: Expr, x: Symbol) -> arb:
    """f(0) at the precision in force; ``ValueError`` where f jumps there."""
    left, right = _sides(f, x, Rational(0)) if 0 in knots(f, x) else (f.subs(x, 0),) * 2
    if not right.is_finite:
        raise ValueError(f"no value of {f} at {x} = 0")
    if left - right != 0 and simplify(left - right) != 0:
        raise ValueError(f"no value at {x} = 0, a jump of {f}")
    return record([plain(right)], [], Balls())()[0]


def _sides(f: Expr, x: Symbol, at: Expr) -> tuple[Expr, Expr]:
    """The limits from the left and from the right."""
    others = [abs(knot - at) for knot in knots(f, x) if knot != at]
    step = min([Rational(1), *(Rational(float(gap) / 2) for gap in others)])
    left, right = (resolved(f, {x: Rational(float(at)) + s * step}).subs(x, at) for s in (-1, 1))
    return left, right
