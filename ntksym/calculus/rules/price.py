"""Price's theorem, integrated up from independence, and what holds at independence."""

from sympy import DiracDelta, Heaviside, Integral, erf

from ntksym.calculus.derivation import Node, Rewrite, Rule
from ntksym.calculus.normal import normal, separate
from ntksym.language import GaussianExpectation, c, q1, q2, running, u, v


def _independent(node: Node) -> Rewrite | None:
    if not isinstance(node, GaussianExpectation) or len(node.law) == 1 or node.law[2] != 0:
        return None
    parts = separate(node.integrand)
    if parts is None:
        return None
    factor, of_u, of_v = parts
    alone = (of_u, node.law[0]), (of_v.xreplace({v: u}), node.law[1])
    first, second = (GaussianExpectation(f, q) if f.has(u) else f for f, q in alone)
    return Rewrite(factor * first * second)


def _price(node: Node) -> Rewrite | None:
    if not isinstance(node, GaussianExpectation) or len(node.law) == 1 or node.law[2] == 0:
        return None
    parts = separate(node.integrand)
    if parts is None or not all(isinstance(f, Heaviside | erf) for f in parts[1:]):
        return None
    (factor, of_u, of_v), (qa, qb, k) = parts, node.law
    s = running(k)
    mixed = factor * normal(of_u.diff(u)) * normal(of_v.diff(v))
    factor, mixed = mixed.as_independent(u, v, as_Add=False)
    rate = GaussianExpectation(mixed, qa, qb, s) if mixed.has(u, v) else mixed
    where = (k**2 < qa * qb,) if mixed.has(DiracDelta) else ()
    return Rewrite(node.under(qa, qb, 0) + factor * Integral(rate, (s, 0, k)), where)


RULES = (
    Rule(
        name="independence",
        statement=r"\mathbb E_{q_1,q_2,0}[f(u)\,g(v)]=\mathbb E_{q_1}[f(u)]\;\mathbb E_{q_2}[g(u)]",
        where=r"$c=0$: an uncorrelated Gaussian pair is independent",
        reference="billingsley1995",
        rewrite=_independent,
        probes=(
            GaussianExpectation(u * Heaviside(u) * v * Heaviside(v), q1, q2, 0),
            GaussianExpectation(erf(u) ** 2 * v**2, q1, q2, 0),
        ),
        order=35,
    ),
    Rule(
        name="Price",
        statement=r"\mathbb E_{q_1,q_2,c}[f(u)\,g(v)]=\mathbb E_{q_1,q_2,0}[f(u)\,g(v)]"
        r"+\int_0^c\mathbb E_{q_1,q_2,t}[f'(u)\,g'(v)]\,dt",
        where=r"$f$ and $g$ of at most exponential growth, derivatives in the sense of "
        r"distributions; where a $\delta$ appears, $c^2<q_1q_2$ (the end points are limits)",
        reference="price1958",
        rewrite=_price,
        probes=(
            GaussianExpectation(Heaviside(u) * Heaviside(v), q1, q2, c),
            GaussianExpectation(erf(u) * erf(v), q1, q2, c),
            GaussianExpectation(Heaviside(u) * erf(v / 2), q1, q2, c),
        ),
        order=80,
    ),
)
