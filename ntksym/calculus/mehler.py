r"""Mehler's formula: what is left where no closed form is known.

It is no rule of the strategy: a part of a function may have a closed form where the whole has
none, and a sum of a closed form and series is neither.
"""

from sympy import Expr, Sum, oo, sqrt

from ntksym.calculus.derivation import Derivation, Rewrite, Rule, Step
from ntksym.calculus.normal import separate
from ntksym.language import Claim, GaussianExpectation, HermitePolynomial, c, k, q1, q2, u, v


def _series(node: Expr) -> Rewrite | None:
    if not isinstance(node, GaussianExpectation) or len(node.law) == 1:
        return None
    parts = separate(node.integrand)
    if parts is None:
        return None
    (factor, of_u, of_v), (first, second, mixed) = parts, node.law
    coefficients = [
        GaussianExpectation(f * HermitePolynomial(k, u / sqrt(variance)), variance)
        for f, variance in ((of_u, first), (of_v.xreplace({v: u}), second))
    ]
    a, b = coefficients
    correlation = mixed / sqrt(first * second)
    return Rewrite(factor * Sum(correlation**k * a * b, (k, 0, oo)))


MEHLER = Rule(
    name="Mehler",
    statement=r"\mathbb E_{q_1,q_2,c}[f(u)\,g(v)]=\sum_{k=0}^\infty\rho^k\;"
    r"\mathbb E_{q_1}\bigl[f(u)\,h_k(u/\sqrt{q_1})\bigr]\;"
    r"\mathbb E_{q_2}\bigl[g(u)\,h_k(u/\sqrt{q_2})\bigr],\qquad\rho=\frac c{\sqrt{q_1q_2}}",
    where=r"$f$ and $g$ square integrable under the laws of $u$ and of $v$; $h_k$ the orthonormal "
    r"Hermite polynomials; what is left after $N$ terms is at most $|\rho|^{N+1}$ times the "
    r"norms of what is left of $f$ and of $g$",
    reference="mehler1866",
    rewrite=_series,
    probes=(GaussianExpectation(u**2 * v**3, q1, q2, c),),
)


def series(expr: GaussianExpectation, title: str) -> Derivation:
    """The one line that writes E[f(u)g(v)] as its Hermite series."""
    rewrite = MEHLER.rewrite(expr)
    if rewrite is None:
        return Derivation((), title, stuck_on=expr)
    return Derivation((Step(Claim(expr, rewrite.result), MEHLER),), title)
