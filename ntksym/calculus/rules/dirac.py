"""Dirac masses: an expectation of delta is a density, times the expectation given that point.

P(u > 0, v > 0) is not typed here: its derivative in c is the density at the origin.
"""

from sympy import DiracDelta, Expr, Heaviside, Mul, exp, pi, sqrt

from ntksym.calculus.derivation import Node, Rewrite, Rule
from ntksym.calculus.normal import jumps, mass_at, normal
from ntksym.language import GaussianExpectation, c, q, q1, q2, u, v


def _mass(node: GaussianExpectation) -> tuple[Expr, Expr, Expr] | None:
    """``(x, a, rest)`` with integrand = delta(x - a) rest, ``rest`` continuous at x = a."""
    for factor in Mul.make_args(node.integrand):
        point = mass_at(factor) if isinstance(factor, DiracDelta) else None
        rest = node.integrand / factor
        if point and not jumps(rest, *point):
            return *point, rest
    return None


def _sift(node: Node) -> Rewrite | None:
    mass = _mass(node) if isinstance(node, GaussianExpectation) else None
    if mass is None:
        return None
    x, a, rest = mass
    if len(node.law) == 1:
        return Rewrite(_density(a, node.law[0]) * rest.subs(x, a))
    qx, qy, k = node.law if x == u else (node.law[1], node.law[0], node.law[2])
    y = v if x == u else u
    given = normal(rest.subs(x, a).subs(y, u + k * a / qx))
    left = (qx * qy - k**2) / qx
    value = GaussianExpectation(given, left) if given.has(u) else given
    return Rewrite(_density(a, qx) * value, (k**2 < qx * qy,))


def _density(a: Expr, variance: Expr) -> Expr:
    return exp(-(a**2) / (2 * variance)) / sqrt(2 * pi * variance)


RULES = (
    Rule(
        name="Dirac mass",
        statement=r"\mathbb E_q[\delta(u-a)\,f(u)]=\frac{e^{-a^2/2q}}{\sqrt{2\pi q}}\,f(a),\qquad "
        r"\mathbb E_{q_1,q_2,c}[\delta(u-a)\,f(u,v)]=\frac{e^{-a^2/2q_1}}{\sqrt{2\pi q_1}}\;"
        r"\mathbb E_{q_2-c^2/q_1}\bigl[f(a,\,u+\tfrac{c}{q_1}a)\bigr]",
        where=r"$\delta$ is the distributional derivative of $\theta$; $f$ continuous in its first "
        r"argument at $a$; $c^2<q_1q_2$, so that the pair has a density; $v$ alike",
        reference="schwartz1966",
        rewrite=_sift,
        probes=(
            GaussianExpectation(DiracDelta(u), q),
            GaussianExpectation(DiracDelta(u) * (1 + u), q),
            GaussianExpectation(DiracDelta(u) * DiracDelta(v), q1, q2, c),
            GaussianExpectation(DiracDelta(u - 1) * DiracDelta(v), q1, q2, c),
            GaussianExpectation(DiracDelta(v - 1) * u**2 * Heaviside(u + 2), q1, q2, c),
        ),
        order=50,
    ),
)
