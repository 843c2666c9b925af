"""The normal form of an integrand: step functions, products of a part in u and a part in v."""

from collections.abc import Callable

from sympy import (
    Abs,
    DiracDelta,
    Expr,
    Heaviside,
    Max,
    Min,
    Mul,
    Piecewise,
    Pow,
    S,
    Wild,
    expand,
    expand_mul,
    factor_terms,
    sign,
)

from ntksym.language import u, v

_shift, _slope = Wild("b", exclude=[u, v]), Wild("a", exclude=[u, v])


def by_steps(expr: Expr) -> Expr:
    """Max, Min, Abs, sign and Piecewise through the Heaviside step.

    >>> from sympy import Max
    >>> by_steps(Max(0, u))
    u*Heaviside(u)
    """
    previous = None
    while previous != expr:
        previous = expr
        for head, definition in _DEFINITIONS.items():
            expr = expr.replace(head, definition)
    return normal(expr)


def _maximum(*args: Expr) -> Expr:
    first, rest = args[0], args[1:]
    if not rest:
        return first
    other = _maximum(*rest)
    return other + (first - other) * Heaviside(first - other)


def _piecewise(*pairs: tuple[Expr, Expr]) -> Expr:
    (value, condition), *rest = pairs
    if condition == S.true:
        return value
    if not condition.is_Relational or not rest:
        return Piecewise(*pairs, evaluate=False)
    otherwise = _piecewise(*rest)
    return otherwise + (value - otherwise) * Heaviside(condition.gts - condition.lts)


_DEFINITIONS: dict[type, Callable[..., Expr]] = {
    Abs: lambda x: x * (2 * Heaviside(x) - 1),
    sign: lambda x: 2 * Heaviside(x) - 1,
    Max: _maximum,
    Min: lambda *args: -_maximum(*(-x for x in args)),
    Piecewise: _piecewise,
}


def normal(expr: Expr) -> Expr:
    """Products kept apart by variable; steps idempotent and rising; x delta(x) = 0.

    >>> normal(Heaviside(-u) * Heaviside(v) ** 2)
    (1 - Heaviside(u))*Heaviside(v)
    """
    expr = expr.replace(Heaviside, lambda x, *_: _rising(x))
    parts = separate(expr)
    if parts is None:
        return _expanded(expr)
    factor, of_u, of_v = parts
    return Mul(factor, _expanded(of_u), _expanded(of_v))


def _rising(argument: Expr) -> Expr:
    """A step in an affine argument, with a positive slope scaled away."""
    for x in (u, v):
        match = expand(argument).match(_slope * x + _shift)
        if match and match[_slope].is_positive:
            return Heaviside(x + match[_shift] / match[_slope])
        if match and match[_slope].is_negative:
            return 1 - Heaviside(x + match[_shift] / match[_slope])
    return Heaviside(argument)


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
        for x in (u, v):
            match = delta.args[0].match(x + _shift)
            rest = product / delta
            if match and rest.has(x) and not rest.has(DiracDelta(x), Heaviside(delta.args[0])):
                return rest.subs(x, -match[_shift]) * delta
    return product


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
