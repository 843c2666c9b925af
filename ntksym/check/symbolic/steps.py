"""An integrand as a sum of smooth functions times rising steps theta(x - a)."""

from itertools import pairwise

from sympy import (
    Abs,
    Add,
    DiracDelta,
    Expr,
    Function,
    Heaviside,
    Max,
    Min,
    Mul,
    Piecewise,
    Pow,
    S,
    Symbol,
    exp,
    expand,
    oo,
    sign,
)

from ntksym.check.symbolic.terms import WAVES, rebuilt
from ntksym.evaluate.integrals.pieces import knots, middle, resolved
from ntksym.language import u, v

_KINKS = Max, Min, Abs, sign, Piecewise


def stepped(expr: Expr, bound: list[Symbol]) -> Expr:
    """``expr`` almost everywhere: expanded, waves as exponentials, every kink as a step.

    Raises ``ValueError`` where a formula changes elsewhere than at points whose order is known.
    """
    if expr.has(*WAVES):
        expr = expr.replace(lambda e: isinstance(e, WAVES), lambda e: e.rewrite(exp))
    for x in bound:
        if _bent(expr, x):
            at = knots(expr, x)
            cells = [resolved(expr, {x: middle(cell)}) for cell in pairwise([-oo, *at, oo])]
            jumps = (b - a for a, b in pairwise(cells))
            steps = (jump * Heaviside(x - k) for jump, k in zip(jumps, at, strict=True))
            expr = cells[0] + Add(*steps)
    expr = expand(expr.replace(Heaviside, _rising), power_exp=False)
    return Add(*(_single(term) for term in Add.make_args(expr)))


def _bent(expr: Expr, x: Symbol) -> bool:
    """Whether something else than a step bends ``expr`` in ``x``, or a step inside a function."""
    if any(kink.has(x) for kink in expr.atoms(*_KINKS)):
        return True
    smooth = (f for f in expr.atoms(Function) if not isinstance(f, Heaviside | DiracDelta))
    return any(step.has(x) for f in smooth for step in f.atoms(Heaviside))


def _rising(argument: Expr, *_: Expr) -> Expr:
    for x in argument.free_symbols:
        slope, level = argument.diff(x), argument.subs(x, 0)
        if x in (u, v) and (slope.is_positive or slope.is_negative) and not level.has(u, v):
            step = Heaviside(x + rebuilt(level / slope))
            return step if slope.is_positive else 1 - step
    raise ValueError(f"not a step in one variable: {argument}")


def _single(term: Expr) -> Expr:
    """theta(x - a) theta(x - b) = theta(x - max(a, b)), powers included."""
    factors = [
        part.base if isinstance(part, Pow) and part.exp.is_positive else part
        for part in Mul.make_args(term)
        if part.has(Heaviside)
    ]
    rest = Mul(*(part for part in Mul.make_args(term) if not part.has(Heaviside)))
    steps: dict[Symbol, Expr] = {}
    for factor in factors:
        if not isinstance(factor, Heaviside):
            raise ValueError(f"a step inside a function: {factor}")
        x, shift = parts(factor)
        other = steps.setdefault(x, shift)
        if other != shift:
            first = shift <= other
            if first not in (S.true, S.false):
                raise ValueError(f"no order is known for the knots {-shift}, {-other}")
            steps[x] = shift if first else other
    return rest * Mul(*(Heaviside(x + shift) for x, shift in steps.items()))


def parts(step: Heaviside) -> tuple[Symbol, Expr]:
    """``(x, s)`` of theta(x + s)."""
    x = next(x for x in step.free_symbols if x.name in ("u", "v"))
    return x, step.args[0].subs(x, 0)
