"""Symmetry of the centred Gaussian, and its marginals."""

from sympy import DiracDelta, Expr, Heaviside, erf

from ntksym.calculus.derivation import Node, Rewrite, Rule
from ntksym.calculus.normal import reflected, rising
from ntksym.language import GaussianExpectation, c, q, q1, q2, u, v


def _even_part(node: Node) -> Rewrite | None:
    if not isinstance(node, GaussianExpectation) or node.integrand.has(DiracDelta):
        return None
    origin = dict.fromkeys(node.bound_symbols, 0)
    bent = node.integrand.atoms(Heaviside, erf)
    if not node.integrand.has(u, v) or any(part.args[0].subs(origin) != 0 for part in bent):
        return None
    mirrored = reflected(node.integrand)
    even = rising((node.integrand + mirrored) / 2)
    if not even.has(u, v):
        return Rewrite(even)
    if even.count(Heaviside) < node.integrand.count(Heaviside):
        return Rewrite(node.of(even))
    fewer = _falling(mirrored) < _falling(node.integrand)
    return Rewrite(node.of(mirrored)) if fewer else None


def _falling(expr: Expr) -> int:
    """How many steps fall at 0."""
    return expr.count(Heaviside(-u)) + expr.count(Heaviside(-v))


def _marginal(node: Node) -> Rewrite | None:
    if not isinstance(node, GaussianExpectation) or len(node.law) == 1:
        return None
    if not node.integrand.has(v):
        return Rewrite(node.under(node.law[0]))
    if not node.integrand.has(u):
        return Rewrite(GaussianExpectation(node.integrand.xreplace({v: u}), node.law[1]))
    return None


RULES = (
    Rule(
        name="marginal",
        statement=r"\mathbb E_{q_1,q_2,c}[f(u)]=\mathbb E_{q_1}[f(u)],\qquad "
        r"\mathbb E_{q_1,q_2,c}[g(v)]=\mathbb E_{q_2}[g(u)]",
        where=r"always: each marginal of a Gaussian pair is Gaussian",
        reference="billingsley1995",
        rewrite=_marginal,
        probes=(
            GaussianExpectation(u**2, q1, q2, c),
            GaussianExpectation(Heaviside(v) * v, q1, q2, c),
        ),
        order=30,
    ),
    Rule(
        name="parity",
        statement=r"\mathbb E[f(u,v)]=\mathbb E\bigl[\tfrac12 f(u,v)+\tfrac12 f(-u,-v)\bigr]",
        where=r"always: $(-u,-v)$ has the law of $(u,v)$; and $\theta(x)+\theta(-x)=1$ "
        r"almost everywhere",
        reference="billingsley1995",
        rewrite=_even_part,
        probes=(
            GaussianExpectation(erf(u), q),
            GaussianExpectation(Heaviside(u), q),
            GaussianExpectation(u**2 * erf(v), q1, q2, c),
            GaussianExpectation(u * Heaviside(-u) * v * Heaviside(-v), q1, q2, c),
        ),
        order=40,
    ),
)
