"""Forms that keep their digits: the same function, written so that rounding does not hurt."""

from sympy import Expr, Pow, S, asin, atan2, expand, fraction, sqrt, together


def stable(expr: Expr) -> Expr:
    r"""Angles by ``atan2``, whose value at both ends of the range is right and never undefined.

    .. math:: \arcsin(n/d) = \operatorname{atan2}\bigl(n, \sqrt{d^2-n^2}\bigr), \qquad d > 0.

    A denominator that is not known to be positive stays in n.
    """
    return expr.replace(lambda part: isinstance(part, asin), lambda part: _angle(part.args[0]))


def _angle(sine: Expr) -> Expr:
    n, d = fraction(together(sine))
    if not d.is_positive:
        n, d = sine, S.One
    return atan2(n, sqrt(expand(d**2 - n**2)))


def radicals(expr: Expr) -> set[Pow]:
    """The square roots in ``expr``, in either direction of their power."""
    return {Pow(p.base, abs(p.exp)) for p in expr.atoms(Pow) if p.exp.is_Rational and p.exp.q == 2}
