r"""Integrals in the covariance by reduction formulas, each checked by differentiating it.

With :math:`s^2 = D - \kappa t^2`, :math:`I(n,m) = \int t^n s^m\,dt`, m odd:

.. math::
    \kappa(n+m+1)\,I(n,m) &= (n-1)D\,I(n-2,m) - t^{n-1}s^{m+2} \\
    \kappa\,I(n,m) &= D\,I(n-2,m) - I(n-2,m+2) \\
    (m+1)\,I(0,m) &= t\,s^m + m D\,I(0,m-2), \qquad
    I(0,-1) = \kappa^{-1/2}\arcsin(t\sqrt{\kappa/D})
"""

from sympy import Add, Dummy, Expr, Integral, Poly, Pow, Rational, S, Symbol, asin, expand, pi, sqrt

from ntksym.calculus.collect import collected
from ntksym.calculus.derivation import Node, Rewrite, Rule
from ntksym.language import GaussianExpectation, c, q1, q2

_t = Symbol("t", real=True)


def antiderivative(expr: Expr, t: Symbol) -> Expr | None:
    """A primitive of ``expr`` in ``t``, or ``None`` where no reduction formula applies.

    >>> antiderivative(1 / sqrt(4 - _t**2), _t)
    asin(t/2)
    """
    roots = {p: Dummy() for p in expr.atoms(Pow) if p.has(t) and p.exp.is_Rational and p.exp.q == 2}
    back = {dummy: root for root, dummy in roots.items()}
    expanded = expand(expr.xreplace(roots))
    terms = [_term(term.xreplace(back), t) for term in Add.make_args(expanded)]
    return None if None in terms else Add(*terms)


def _term(term: Expr, t: Symbol) -> Expr | None:
    factor, rest = term.as_independent(t, as_Add=False)
    powers = rest.as_powers_dict()
    n = powers.pop(t, S.Zero)
    if not (n.is_Integer and n >= 0):
        return None
    if not powers or set(powers) == {S.One}:
        return factor * t ** (n + 1) / (n + 1)
    if len(powers) > 1:
        return None
    ((base, exponent),) = powers.items()
    if isinstance(base, asin) and exponent == 1:
        primitive = _arcsine(base, int(n), t)
    else:
        primitive = _radical(base, exponent, int(n), t)
    return None if primitive is None else factor * primitive


def _radical(base: Expr, exponent: Expr, n: int, t: Symbol) -> Expr | None:
    if not base.is_polynomial(t) or not (exponent.is_Rational and exponent.q == 2):
        return None
    poly = Poly(base, t)
    d, kappa = poly.coeff_monomial(1), -poly.coeff_monomial(t**2)
    if poly.degree() != 2 or poly.coeff_monomial(t) != 0 or not (d * kappa).is_positive:
        return None
    return _reduce(n, int(2 * exponent), d, kappa, t)


def _reduce(n: int, m: int, d: Expr, kappa: Expr, t: Symbol) -> Expr:
    s = sqrt(d - kappa * t**2)
    if n == 1:
        return -(s ** (m + 2)) / (kappa * (m + 2))
    if n >= 2 and n + m + 1 != 0:
        lower = _reduce(n - 2, m, d, kappa, t)
        return ((n - 1) * d * lower - t ** (n - 1) * s ** (m + 2)) / (kappa * (n + m + 1))
    if n >= 2:
        return (d * _reduce(n - 2, m, d, kappa, t) - _reduce(n - 2, m + 2, d, kappa, t)) / kappa
    if m == -1:
        return asin(t * sqrt(kappa) / sqrt(d)) / sqrt(kappa)
    if m > 0:
        return (t * s**m + m * d * _reduce(0, m - 2, d, kappa, t)) / (m + 1)
    return ((m + 3) * _reduce(0, m + 2, d, kappa, t) - t * s ** (m + 2)) / ((m + 2) * d)


def _arcsine(angle: Expr, n: int, t: Symbol) -> Expr | None:
    """By parts: the derivative of arcsin(k t) is k (1 - k^2 t^2)^(-1/2)."""
    k = angle.args[0] / t
    if k.has(t):
        return None
    return (t ** (n + 1) * angle - k * _reduce(n + 1, -1, S.One, k**2, t)) / (n + 1)


def _definite(node: Node) -> Rewrite | None:
    if not isinstance(node, Integral) or node.function.has(GaussianExpectation):
        return None
    ((t, lower, upper),) = node.limits
    primitive = antiderivative(node.function, t)
    if primitive is None:
        return None
    return Rewrite(collected(primitive.subs(t, upper) - primitive.subs(t, lower)))


RULES = (
    Rule(
        name="integration in c",
        statement=r"\int_0^cf(t)\,dt=F(c)-F(0)",
        where=r"$F'=f$ on the open interval and $F$ continuous up to its ends; $F$ by reduction "
        r"formulas for $t^n(D-\kappa t^2)^{m/2}$ and $t^n\arcsin(kt)$, checked by differentiation",
        reference="gradshteyn",
        rewrite=_definite,
        probes=(
            Integral(1 / (2 * pi * sqrt(q1 * q2 - _t**2)), (_t, 0, c)),
            Integral(asin(_t / sqrt(q1 * q2)) * _t**2 + 3, (_t, 0, c)),
            Integral(_t**4 * (q1 * q2 - _t**2) ** Rational(3, 2), (_t, 0, c)),
            Integral(_t**2 * (q1 * q2 - _t**2) ** Rational(-3, 2), (_t, 0, c)),
            Integral((q1 * q2 - _t**2) ** Rational(-5, 2), (_t, 0, c)),
        ),
        order=90,
    ),
)
