r"""Square integrability: the variance at which :math:`\mathbb E[f(u)^2]` ceases to be finite.

For :math:`f=P(x)\,e^{ax^2+bx}` with a > 0, :math:`f^2` times the density of variance q falls as
:math:`e^{-(1/2q-2a)x^2}` up to a factor of exponential growth: finite for q < 1/(4a), infinite
above. (The mean of f itself is finite up to q < 1/(2a).)
"""

import sympy
from sympy import Add, Expr, Mul, Poly, S, Symbol, expand, oo

from ntksym.evaluate.integrals.majorants import majorant

_LIKE_ONE = sympy.sin, sympy.cos, sympy.tanh, sympy.atan, sympy.erf, sympy.sinh, sympy.cosh
"""Of a linear argument: neither decays nor grows as fast as e^(a x^2)."""


def square_integrable(f: Expr, x: Symbol, variance: Expr) -> bool | None:
    """Whether E[f(u)^2] is finite for u ~ N(0, variance), None where that is not known.

    On the critical variance itself it is not decided.

    >>> x = Symbol("x", real=True)
    >>> [square_integrable(sympy.exp(x**2 / 4), x, q) for q in (S.Half, S.One, 2)]
    [True, None, False]
    """
    critical = diverges_at(f, x)
    if critical is None:
        return None
    gap = sympy.sympify(variance) - critical
    return True if critical is oo or gap.is_negative else False if gap.is_positive else None


def diverges_at(f: Expr, x: Symbol) -> Expr | None:
    """The q below which E[f(u)^2] is finite and above which it is not, u ~ N(0, q).

    ``oo`` where f is seen to be at most of exponential growth, 0 where it is infinite for every
    variance, 1/(4a) where e^(a x^2) leads, ``None`` where none of that is seen: 1/x, tan(x).

    >>> x = Symbol("x", real=True)
    >>> diverges_at(x * sympy.exp(x**2 / 4) + sympy.exp(x), x), diverges_at(sympy.tanh(x), x)
    (1, oo)
    >>> diverges_at(sympy.exp(x**4), x), diverges_at(1 / x, x)
    (0, None)
    """
    if _bounded_growth(f, x):
        return oo
    wild: dict[Expr, list[Expr]] = {}
    for term in Add.make_args(expand(f, power_exp=False, log=False)):
        if _bounded_growth(term, x):
            continue
        parts = _parts(term, x)
        if parts is None:
            return None
        wild.setdefault(parts[0], []).append(parts[1])
    order = _largest(list(wild), x)
    if order is None or not _remains(wild[order], x):
        return None
    leading = Poly(order, x)
    if leading.degree() > 2:
        return S.Zero
    return 1 / (4 * leading.LC())


def _bounded_growth(f: Expr, x: Symbol) -> bool:
    try:
        majorant(f, [x])
    except ValueError:
        return False
    return True


def _parts(term: Expr, x: Symbol) -> tuple[Expr, Expr] | None:
    """(the part of the exponent of degree 2 and more, the rest of the term)."""
    exponent = rest = S.Zero
    factors = []
    for factor in Mul.make_args(term):
        base, power = factor.as_base_exp()
        if isinstance(factor, sympy.exp):
            exponent += factor.args[0]
        elif isinstance(base, sympy.exp):
            exponent += base.args[0] * power
        else:
            factors.append(factor)
    exponent = expand(exponent)
    if not exponent.is_polynomial(x):
        return None
    high = [(k, a) for (k,), a in Poly(exponent, x).terms() if k > 1]
    steep = Add(*(a * x**k for k, a in high))
    rest = Mul(*factors) * sympy.exp(expand(exponent - steep))
    return (steep, rest) if _grows(steep, x) else None


def _grows(steep: Expr, x: Symbol) -> bool:
    """To +oo on one side at least."""
    poly = Poly(steep, x)
    return bool(poly.degree() % 2 or poly.LC().is_positive) and not poly.is_zero


def _largest(exponents: list[Expr], x: Symbol) -> Expr | None:
    """The exponent that exceeds all others on one side; None where that is not seen."""
    if not exponents:
        return None
    best = exponents[0]
    for other in exponents[1:]:
        gap = Poly(other - best, x)
        if gap.degree() % 2 or gap.LC().is_positive is None:
            return None
        best = other if gap.LC().is_positive else best
    return best


def _remains(rests: list[Expr], x: Symbol) -> bool:
    """Their sum does not vanish, nor decays faster than exponentials.

    One product of known factors, or polynomials times e^(bx), which are linearly independent.
    """
    if len(rests) == 1:
        return all(_moderate(factor, x) for factor in Mul.make_args(rests[0]))
    return expand(Add(*rests)) != 0 and all(
        _parts_are_elementary(factor, x) for rest in rests for factor in Mul.make_args(rest)
    )


def _parts_are_elementary(factor: Expr, x: Symbol) -> bool:
    return bool(factor.is_polynomial(x)) or (
        isinstance(factor, sympy.exp) and bool(factor.args[0].is_polynomial(x))
    )


def _moderate(factor: Expr, x: Symbol) -> bool:
    base, power = factor.as_base_exp()
    if _parts_are_elementary(factor, x) or (base.is_polynomial(x) and not power.has(x)):
        return True
    linear = base.args and base.args[0].is_polynomial(x) and Poly(base.args[0], x).degree() == 1
    return bool(linear) and isinstance(base, _LIKE_ONE) and power.is_integer is True and power > 0
