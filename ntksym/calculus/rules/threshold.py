"""Probabilities of thresholds: the normal distribution functions of one and of two variables."""

from sympy import Expr, Heaviside, S, erf, oo, sqrt

from ntksym.calculus.derivation import Node, Rewrite, Rule
from ntksym.calculus.normal import separate
from ntksym.language import BivariateNormalCDF, GaussianExpectation, c, q, q1, q2, u, v

Event = tuple[Expr, Expr, Expr, Expr]
"""``(a, b, h, r)``: the function is a + b times the indicator of an event of probability Phi(h),
where r times the variable, plus noise, over a spread of 1, has to stay below h."""


def _event(f: Expr, x: Expr, variance: Expr) -> Event | None:
    """theta(x - a), theta(a - x), and erf(rx + s) = 2 P(W < sqrt(2) (rx + s)) - 1 for normal W."""
    if not isinstance(f, Heaviside | erf):
        return None
    slope, level = f.args[0].diff(x), f.args[0].subs(x, 0)
    if slope.has(x):
        return None
    if isinstance(f, Heaviside):
        spread = sqrt(variance)
        return (S.Zero, S.One, level / spread, -slope / spread) if slope in (1, -1) else None
    spread = sqrt(1 + 2 * slope**2 * variance)
    return -S.One, S(2), sqrt(2) * level / spread, -sqrt(2) * slope / spread


def _threshold(node: Node) -> Rewrite | None:
    if not isinstance(node, GaussianExpectation):
        return None
    if len(node.law) == 1:
        event = _event(node.integrand, u, node.law[0])
        return Rewrite(_mean(event)) if event else None
    parts = separate(node.integrand)
    if parts is None:
        return None
    first, second = _event(parts[1], u, node.law[0]), _event(parts[2], v, node.law[1])
    if first is None or second is None or first[2] == second[2] == 0:
        return None
    (a1, b1, h1, r1), (a2, b2, h2, r2) = first, second
    both = BivariateNormalCDF(h1, h2, r1 * r2 * node.law[2])
    mixed = a1 * b2 * _normal(h2) + a2 * b1 * _normal(h1)
    return Rewrite(parts[0] * (a1 * a2 + mixed + b1 * b2 * both))


def _mean(event: Event) -> Expr:
    a, b, h, _ = event
    return (a + b * _normal(h)).expand()


def _normal(h: Expr) -> Expr:
    return BivariateNormalCDF(h, oo, S.Zero)


RULES = (
    Rule(
        name="threshold",
        statement=r"\mathbb E[\theta(u-a)]=\Phi\Bigl(\frac{-a}{\sqrt{q}}\Bigr),\qquad "
        r"\mathbb E[\theta(u-a)\,\theta(v-b)]=\Phi_2\Bigl(\frac{-a}{\sqrt{q_1}},"
        r"\frac{-b}{\sqrt{q_2}};\frac{c}{\sqrt{q_1q_2}}\Bigr)",
        where=r"$\Phi(x)=\frac12+\frac12\operatorname{erf}(x/\sqrt2)$ and $\Phi_2$ are the normal "
        r"distribution functions of one and of two variables; $\theta(a-u)$ alike with $\Phi(a/"
        r"\sqrt q)$ and the correlation turned; $\operatorname{erf}(ru+s)=2P(W<\sqrt2(ru+s))-1$ "
        r"with $W$ a standard normal variable of its own",
        reference="owen1956",
        rewrite=_threshold,
        probes=(
            GaussianExpectation(Heaviside(u - 1), q),
            GaussianExpectation(erf(u / 2 + 1), q),
            GaussianExpectation(Heaviside(1 - u) * Heaviside(v + 2), q1, q2, c),
            GaussianExpectation(erf(u + 1) * erf(v - 2), q1, q2, c),
            GaussianExpectation(erf(3 * u + 1) * Heaviside(v), q1, q2, c),
        ),
        order=76,
    ),
)
