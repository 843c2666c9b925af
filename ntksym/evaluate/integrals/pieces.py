"""Integrands as analytic pieces: where they change their formula, and the formulas between."""

from collections.abc import Callable
from functools import reduce
from itertools import pairwise

from flint import arb
from sympy import (
    Abs,
    DiracDelta,
    Expr,
    Heaviside,
    Max,
    Min,
    Piecewise,
    Rational,
    S,
    Symbol,
    expand,
    oo,
    sign,
    simplify,
)
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from ntksym.evaluate.balls import Balls
from ntksym.evaluate.integrals.line.plain import plain
from ntksym.evaluate.tape import record
from ntksym.language import u, v

_KINKS = Heaviside, Max, Min, Abs, sign, Piecewise


def knots(expr: Expr, x: Symbol) -> list[Expr]:
    """Where ``expr`` changes its formula in ``x``; ``ValueError`` where that is not at points.

    Inner switches first: between their knots the argument of an outer one has a formula.
    """
    found: list[Expr] = []
    parts = (part for part in expr.atoms(*_KINKS) if part.has(x))
    for part in sorted(parts, key=lambda part: part.count_ops()):
        for cell in pairwise([-oo, *found, oo]):
            for argument in _switches(part):
                root = _root(resolved(argument, {x: middle(cell)}), x, part)
                if root is not None and _inside(root, cell) and root not in found:
                    found.append(root)
        found = _sorted(found)
    return found


def _root(argument: Expr, x: Symbol, part: Expr) -> Expr | None:
    """Where an affine argument vanishes."""
    if not argument.has(x):
        return None
    slope = expand(argument.diff(x))
    if slope.has(x) or not slope.is_nonzero or expand(argument - slope * x).has(u, v):
        raise ValueError(f"the switch of {part} is not at fixed values of {x}")
    return -argument.subs(x, 0) / slope


def _inside(root: Expr, cell: tuple[Expr, Expr]) -> bool:
    return root not in cell and _sorted([*cell, root])[1] == root


def _sorted(values: list[Expr]) -> list[Expr]:
    try:
        return sorted(values)
    except TypeError:
        raise ValueError(f"no order is known for the knots {values}") from None


def middle(cell: tuple[Expr, Expr]) -> Expr:
    """A point of the interval; the ends may be infinite."""
    a, b = cell
    if a == -oo:
        return b - 1 if b != oo else S.Zero
    return a + 1 if b == oo else (a + b) / 2


def _switches(part: Expr) -> list[Expr]:
    if isinstance(part, Max | Min):
        return [a - b for i, a in enumerate(part.args) for b in part.args[i + 1 :]]
    if isinstance(part, Piecewise):
        conditions = [condition for _, condition in part.args if condition != S.true]
        relations = set().union(*(condition.atoms(Relational) for condition in conditions))
        return [relation.lhs - relation.rhs for relation in sorted(relations, key=str)]
    return [part.args[0]]


def resolved(expr: Expr, values: dict[Symbol, Expr]) -> Expr:
    """The formula that holds around ``values``, a point off the knots; other variables stay."""

    def positive(argument: Expr) -> bool:
        answer = argument.subs(values) > 0
        if answer not in (S.true, S.false):
            raise ValueError(f"the sign of {argument} is not known at {values}")
        return bool(answer)

    def branch(*pairs: tuple[Expr, Boolean]) -> Expr:
        return next(e for e, condition in pairs if condition.subs(values) == S.true)

    def largest(*args: Expr) -> Expr:
        return reduce(lambda a, b: a if positive(a - b) else b, args)

    formulas: dict[type, Callable[..., Expr]] = {
        Piecewise: branch,
        Max: largest,
        Min: lambda *args: -largest(*(-a for a in args)),
        Abs: lambda a: a if positive(a) else -a,
        sign: lambda a: S.One if positive(a) else -S.One,
        Heaviside: lambda a, *_: S.One if positive(a) else S.Zero,
    }
    for head, formula in formulas.items():
        expr = expr.replace(
            lambda part, head=head: isinstance(part, head) and part.has(*values),
            lambda part, formula=formula: formula(*part.args),
        )
    return expr


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
        left, right = one_sided(f, x, knot)
        if left - right != 0 and simplify(left - right) != 0:
            raise ValueError(f"no derivative: {f} is not seen to be continuous at {x} = {knot}")
    rising = f.replace(Min, lambda *args: -Max(*(-a for a in args)))
    slope = rising.diff(x).replace(Heaviside, lambda a, *_: Heaviside(a))
    return slope.replace(DiracDelta, lambda *_: S.Zero)


def value_at_zero(f: Expr, x: Symbol) -> arb:
    """f(0) at the precision in force; ``ValueError`` where f jumps there."""
    left, right = one_sided(f, x, Rational(0)) if 0 in knots(f, x) else (f.subs(x, 0),) * 2
    if not right.is_finite:
        raise ValueError(f"no value of {f} at {x} = 0")
    if left - right != 0 and simplify(left - right) != 0:
        raise ValueError(f"no value at {x} = 0, a jump of {f}")
    return record([plain(right)], [], Balls())()[0]


def one_sided(f: Expr, x: Symbol, at: Expr) -> tuple[Expr, Expr]:
    """The limits from the left and from the right."""
    others = [abs(knot - at) for knot in knots(f, x) if knot != at]
    step = min([Rational(1), *(Rational(float(gap) / 2) for gap in others)])
    left, right = (resolved(f, {x: Rational(float(at)) + s * step}).subs(x, at) for s in (-1, 1))
    return left, right
