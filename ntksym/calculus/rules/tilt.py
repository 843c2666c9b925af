"""An exponential factor moves the mean of the law (Cameron and Martin)."""

from sympy import Matrix, Poly, cosh, exp, sinh

from ntksym.calculus.derivation import Node, Rewrite, Rule
from ntksym.calculus.normal import normal
from ntksym.calculus.rules.gaussian_factor import exponential
from ntksym.language import GaussianExpectation, c, q, q1, q2, u, v


def _tilt(node: Node) -> Rewrite | None:
    if not isinstance(node, GaussianExpectation):
        return None
    exponent, rest = exponential(node.integrand)
    x = node.bound_symbols
    if not exponent.is_polynomial(*x) or Poly(exponent, *x).total_degree() != 1:
        return None
    rates = [exponent.coeff(y) for y in x]
    means = list(node.covariance * Matrix(rates))
    level = exponent.subs(dict.fromkeys(x, 0))
    weight = exp(level + sum(r * m for r, m in zip(rates, means, strict=True)).expand() / 2)
    if not rest.has(*x):
        return Rewrite(rest * weight)
    moved = rest.subs({y: y + m for y, m in zip(x, means, strict=True)}, simultaneous=True)
    return Rewrite(weight * node.of(normal(moved)))


def _exponentials(node: Node) -> Rewrite | None:
    if not isinstance(node, GaussianExpectation) or not node.integrand.has(sinh, cosh):
        return None
    waves = node.integrand.replace(lambda e: isinstance(e, sinh | cosh), lambda e: e.rewrite(exp))
    return Rewrite(node.of(waves))


RULES = (
    Rule(
        name="hyperbolic functions",
        statement=r"\cosh x=\tfrac12e^x+\tfrac12e^{-x},\qquad "
        r"\sinh x=\tfrac12e^x-\tfrac12e^{-x}",
        where="always",
        reference="gradshteyn",
        rewrite=_exponentials,
        probes=(GaussianExpectation(u * sinh(u / 2) * cosh(v), q1, q2, c),),
        order=15,
    ),
    Rule(
        name="tilt",
        statement=r"\mathbb E_{q_1,q_2,c}\bigl[e^{\alpha u+\beta v}f(u,v)\bigr]="
        r"e^{(\alpha^2q_1+2\alpha\beta c+\beta^2q_2)/2}\;"
        r"\mathbb E_{q_1,q_2,c}[f(u+\alpha q_1+\beta c,\;v+\alpha c+\beta q_2)]",
        where=r"$f$ of at most exponential growth; one variable alike",
        reference="billingsley1995",
        rewrite=_tilt,
        probes=(
            GaussianExpectation(exp(u / 3) * exp(v / 2), q1, q2, c),
            GaussianExpectation(u * v**2 * exp(u / 3 - v), q1, q2, c),
            GaussianExpectation(u * exp(u / 2 + 1), q),
        ),
        order=65,
    ),
)
