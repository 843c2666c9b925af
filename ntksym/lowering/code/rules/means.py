r"""Σ as the product of two means and what the covariance adds: nothing cancels for unlike points.

Independent points have :math:`\Sigma=m(q_1)\,m(q_2)`, relative to the smaller of them. The rest of
a sum of exponentials is one of, for b odd in c,

.. math:: e^{a+b}+e^{a-b}-2e^a=e^{a+|b|}\operatorname{expm1}(-|b|)^2,\qquad
          e^{a+b}-e^{a-b}=-\operatorname{sign}(b)\,e^{a+|b|}\operatorname{expm1}(-2|b|).
"""

from sympy import Abs, Add, Dummy, Expr, Min, exp, expand, sign
from sympy.codegen.cfunctions import expm1

from ntksym.language import c, q1, q2
from ntksym.lowering.code.gaps import in_gaps, minus, near_one, plus, rho, s1, s2
from ntksym.lowering.code.rules.terms import NoRule


def by_means(sigma: Expr) -> Expr:
    """In s1, s2, rho and both gaps; ``NoRule`` where Σ is no sum of powers and exponentials."""
    apart = expand(sigma.subs(c, 0))
    return _means(apart) + _rest(sigma)


def _means(apart: Expr) -> Expr:
    """A product of two like functions from its terms that the second point is not in."""
    if not apart.is_Add:
        return in_gaps(apart, 1)
    first = apart.as_independent(q2, as_Add=True)[0]
    number = first.as_independent(q1, as_Add=True)[0]
    second = first.subs(q1, q2)
    if number == 0 or expand(first * second - number * apart) != 0:
        raise NoRule(f"{apart}: not a constant, and a multiple of it at each point")
    return near_one(in_gaps(first, 1)) * near_one(in_gaps(second, 1)) / number


def _rest(sigma: Expr) -> Expr:
    """Σ without its value at c = 0."""
    names = {e: Dummy() for e in sorted(sigma.atoms(exp), key=str) if e.has(c)}
    by_name = expand(sigma.xreplace(names))
    found = {e.exp: by_name.coeff(name) for e, name in names.items()}
    others = expand(by_name - Add(*(found[e.exp] * name for e, name in names.items())))
    plain = expand(others - others.subs(c, 0))
    if not plain.is_polynomial(c, q1, q2) or any(k.has(q1, q2, c) for k in found.values()):
        raise NoRule(f"{sigma}: more than powers and exponentials")
    parts = [plain.subs({q1: s1**2, q2: s2**2}).subs(c, s1 * s2 * rho)]
    while found:
        exponent, k = found.popitem()
        mirrored = next((e for e in found if expand(e - exponent.subs(c, -c)) == 0), None)
        if mirrored is None:
            raise NoRule(f"{exponent}: not that of -c")
        parts.append(_pair(exponent, k, found.pop(mirrored)))
    return Add(*parts)


def _pair(exponent: Expr, k: Expr, of_mirrored: Expr) -> Expr:
    """Without what both are at c = 0."""
    half = expand((exponent - exponent.subs(c, -c)) / 2)
    if half.coeff(c) < 0:
        exponent, half, k, of_mirrored = exponent.subs(c, -c), -half, of_mirrored, k
    if half != half.coeff(c) * c:
        raise NoRule(f"{exponent}: not linear in c")
    size = half.subs(c, s1 * s2 * Abs(rho))
    larger = in_gaps(exp(exponent), 1).subs(minus, Min(minus, plus))
    even, odd = (k + of_mirrored) / 2, (k - of_mirrored) / 2
    return larger * (even * expm1(-size) ** 2 - odd * sign(rho) * expm1(-2 * size))
