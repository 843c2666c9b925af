"""Integrands as analytic pieces: where they change their formula, and the formulas between."""

from collections.abc import Callable
from functools import reduce
from itertools import pairwise

from sympy import (
    Abs,
    Expr,
    Heaviside,
    Max,
    Min,
    Piecewise,
    S,
    Symbol,
    expand,
    oo,
    sign,
)
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

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
