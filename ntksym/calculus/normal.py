"""The normal form of an integrand: step functions, products of a part in u and a part in v."""

from contextlib import suppress
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
    Pow,
    S,
    Symbol,
    expand,
    expand_mul,
    factor_terms,
    oo,
    sign,
)

from ntksym.evaluate.integrals.pieces import knots, middle, resolved
from ntksym.language import u, v

KINKS = Max, Min, Abs, sign, Piecewise


def by_steps(expr: Expr, *variables: Symbol) -> Expr:
    """Max, Min, Abs, sign and Piecewise through the Heaviside step, in as few terms as possible.

    ``expr`` is a product of functions of single variables. Raises ``ValueError`` where a formula
    changes elsewhere than at fixed points.

    >>> from sympy import Max
    >>> by_steps(Max(0, u), u)
    u*Heaviside(u)
    """
    factors = dict.fromkeys(variables, S.One)
    rest = S.One
    for part in Mul.make_args(expr):
        inside = [x for x in variables if part.has(x)]
        if len(inside) == 1:
            factors[inside[0]] *= part
        else:
            rest *= part
    return rest * Mul(*(_stepped(f, x) for x, f in factors.items()))


def _stepped(f: Expr, x: Symbol) -> Expr:
    """Jumps at the knots, outward from the cell that makes the fewest terms."""
    if not f.has(*KINKS) and not _crossed(f):
        return f
    at = knots(f, x)
    cells = [resolved(f, {x: middle(cell)}) for cell in pairwise([-oo, *at, oo])]
    up = [(new - old) * Heaviside(x - k) for k, (old, new) in zip(at, pairwise(cells), strict=True)]
    down = [
        (old - new) * Heaviside(k - x) for k, (old, new) in zip(at, pairwise(cells), strict=True)
    ]
    forms = [cells[m] + Add(*down[:m], *up[m:]) for m in range(len(cells))]
    for m, knot in enumerate(at):
        both = cells[m] * Heaviside(knot - x) + cells[m + 1] * Heaviside(x - knot)
        forms.append(both + Add(*down[:m], *up[m + 1 :]))
    return min(forms, key=lambda form: len(Add.make_args(expand(form, power_exp=False))))


def _crossed(f: Expr) -> bool:
    """Whether two steps are multiplied."""
    if f.count(Heaviside) < 2:
        return False
    terms = Add.make_args(expand(f, power_exp=False))
    return any(sum(1 for part in Mul.make_args(t) if part.has(Heaviside)) > 1 for t in terms)


def normal(expr: Expr) -> Expr:
    """Products kept apart by variable; steps idempotent, of slope 1 or -1; x delta(x) = 0.

    >>> normal(Heaviside(2*u - 1) * Heaviside(-v) ** 2)
    Heaviside(-v)*Heaviside(u - 1/2)
    """
    expr = expr.replace(Heaviside, lambda x, *_: _unit(x))
    parts = separate(expr)
    if parts is None:
        return _expanded(expr)
    factor, of_u, of_v = parts
    return Mul(factor, _expanded(of_u), _expanded(of_v))


def _unit(argument: Expr) -> Expr:
    """A step in an affine argument, with the size of the slope scaled away."""
    for x in argument.free_symbols & {u, v}:
        slope = argument.diff(x)
        if slope.is_positive or slope.is_negative:
            shift = (argument.subs(x, 0) / slope).expand()
            return Heaviside(x + shift) if slope.is_positive else Heaviside(-x - shift)
    return Heaviside(argument)


def rising(expr: Expr) -> Expr:
    """The normal form with 1 - theta(x - a) for theta(a - x).

    >>> rising(Heaviside(-u))
    1 - Heaviside(u)
    """

    def turned(argument: Expr, *_: Expr) -> Expr:
        falls = any(argument.diff(x) == -1 for x in (u, v))
        return 1 - Heaviside(-argument) if falls else Heaviside(argument)

    return normal(normal(expr).replace(Heaviside, turned))


def _expanded(expr: Expr) -> Expr:
    expr = expand_mul(expand(expr, power_exp=False, log=False))
    expr = expr.replace(
        lambda p: isinstance(p, Pow) and isinstance(p.base, Heaviside) and p.exp.is_positive,
        lambda p: p.base,
    )
    if not expr.has(DiracDelta):
        return expr
    return factor_terms(expr.replace(lambda p: p.is_Mul and p.has(DiracDelta), _sifted))


def _sifted(product: Expr) -> Expr:
    """g(x) delta(x - a) = g(a) delta(x - a) for g continuous at a."""
    deltas = [f for f in product.args if isinstance(f, DiracDelta)]
    for delta in deltas:
        point = mass_at(delta)
        rest = product / delta
        if point and rest.has(point[0]) and not jumps(rest, *point):
            return rest.subs(*point) * DiracDelta(point[0] - point[1])
    return product


def mass_at(delta: Expr) -> tuple[Symbol, Expr] | None:
    """``(x, a)`` for delta(x - a) or delta(a - x), a free of u and v."""
    if len(delta.args) > 1:
        return None
    for x in (u, v):
        slope = delta.args[0].diff(x)
        a = -slope * delta.args[0].subs(x, 0)
        if slope in (1, -1) and not a.has(u, v):
            return x, a
    return None


def jumps(expr: Expr, x: Symbol, a: Expr) -> bool:
    """Whether a step or a mass of ``expr`` stands at x = a."""
    return any(
        part.has(x) and expand(part.args[0].subs(x, a)) == 0
        for part in expr.atoms(Heaviside, DiracDelta)
    )


def derivative(expr: Expr, x: Symbol) -> Expr:
    """The derivative in the sense of distributions: a jump makes a Dirac mass.

    >>> from sympy import Max, Symbol, sign
    >>> x = Symbol("x", real=True)
    >>> derivative(Max(0, x), x), derivative(sign(x), x)
    (Heaviside(x), 2*DiracDelta(x))
    """
    inside = expr.subs(x, u)
    if inside.has(Max, Min, Piecewise):
        with suppress(ValueError):
            inside = by_steps(inside, u)
    return normal(inside.diff(u)).subs(u, x)


def separate(expr: Expr) -> tuple[Expr, Expr, Expr] | None:
    """``(k, f, g)`` with ``expr = k f(u) g(v)``, or ``None`` where it is no such product."""
    factor, of_u, of_v = S.One, S.One, S.One
    for part in Mul.make_args(expr):
        bound = part.free_symbols & {u, v}
        if not bound:
            factor *= part
        elif bound == {u}:
            of_u *= part
        elif bound == {v}:
            of_v *= part
        else:
            return None
    return factor, of_u, of_v


def reflected(expr: Expr) -> Expr:
    """The normal form of f(-u, -v)."""
    return normal(expr.subs({u: -u, v: -v}, simultaneous=True))
