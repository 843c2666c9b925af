"""Dirac masses: an expectation of delta is a density. With Price's theorem it gives the orthant.

P(u > 0, v > 0) is not typed here: its derivative in c is the density at the origin.
"""

from sympy import DiracDelta, Expr, Heaviside, Mul, Wild, exp, pi, sqrt

from ntksym.calculus.derivation import Node, Rewrite, Rule
from ntksym.language import GaussianExpectation, c, q, q1, q2, u, v

_point = Wild("a", exclude=[u, v])


def _mass(node: GaussianExpectation, x: Expr) -> tuple[Expr, Expr] | None:
    """``(a, rest)`` with integrand = delta(x - a) rest, ``rest`` free of other masses in x."""
    for factor in Mul.make_args(node.integrand):
        match = isinstance(factor, DiracDelta) and factor.args[0].match(x - _point)
        rest = node.integrand / factor
        if not match or len(factor.args) > 1:
            continue
        if not rest.has(DiracDelta(x), Heaviside(x - match[_point])):
            return match[_point], rest
    return None


def _sift(node: Node) -> Rewrite | None:
    if not isinstance(node, GaussianExpectation):
        return None
    if len(node.law) == 1:
        return _sift_one(node)
    masses = _mass(node, u)
    if masses is None:
        return None
    a, rest = masses
    second = _mass(node.of(rest), v)
    if second is None or second[1].has(u, v):
        return None
    b, factor = second
    qa, qb, k = node.law
    quadratic = (qb * a**2 - 2 * k * a * b + qa * b**2) / (2 * (qa * qb - k**2))
    density = exp(-quadratic) / (2 * pi * sqrt(qa * qb - k**2))
    return Rewrite(factor * density, (k**2 < qa * qb,))


def _sift_one(node: GaussianExpectation) -> Rewrite | None:
    mass = _mass(node, u)
    if mass is None:
        return None
    (a, rest), (variance,) = mass, node.law
    return Rewrite(rest.subs(u, a) * exp(-(a**2) / (2 * variance)) / sqrt(2 * pi * variance))


RULES = (
    Rule(
        name="Dirac mass",
        statement=r"\mathbb E_{q_1,q_2,c}[\delta(u)\,\delta(v)]=\frac1{2\pi\sqrt{q_1q_2-c^2}},"
        r"\qquad \mathbb E_q[\delta(u)\,f(u)]=\frac{f(0)}{\sqrt{2\pi q}}",
        where=r"$\delta$ is the distributional derivative of $\theta$; $f$ continuous at $0$; "
        r"$c^2<q_1q_2$, so that the pair has a density",
        reference="schwartz1966",
        rewrite=_sift,
        probes=(
            GaussianExpectation(DiracDelta(u), q),
            GaussianExpectation(DiracDelta(u) * (1 + u), q),
            GaussianExpectation(DiracDelta(u) * DiracDelta(v), q1, q2, c),
            GaussianExpectation(DiracDelta(u - 1) * DiracDelta(v), q1, q2, c),
        ),
        order=50,
    ),
)
