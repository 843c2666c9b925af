"""Linearity of the expectation, and the step-function form of an activation."""

from sympy import Abs, Add, DiracDelta, Expr, Heaviside, Max, Min, Mul, Piecewise, Pow, S, exp, sign

from ntksym.calculus.derivation import Node, Rewrite, Rule
from ntksym.calculus.normal import KINKS, by_steps, normal
from ntksym.language import GaussianExpectation, c, q, q1, q2, u, v


def _steps(node: Node) -> Rewrite | None:
    if not isinstance(node, GaussianExpectation):
        return None
    try:
        result = normal(by_steps(node.integrand, *node.bound_symbols))
    except ValueError:
        return None
    squared = any(isinstance(power.base, Heaviside) for power in node.integrand.atoms(Pow))
    unchanged = not squared and result.atoms(Heaviside) == node.integrand.atoms(Heaviside)
    if result.has(*KINKS) or (unchanged and not node.integrand.has(*KINKS)):
        return None
    return Rewrite(node.of(result))


def _linear(node: Node) -> Rewrite | None:
    if not isinstance(node, GaussianExpectation):
        return None
    factor, rest = node.integrand.as_independent(u, v, as_Add=False)
    if rest == S.One:
        return Rewrite(factor)
    terms = Add.make_args(rest.expand(power_exp=False))
    if factor == S.One and len(terms) == 1 and terms[0] == node.integrand:
        return None
    return Rewrite(Add(*(_term(node, factor * term) for term in terms)))


def _term(node: GaussianExpectation, term: Expr) -> Mul:
    factor, rest = term.as_independent(u, v, as_Add=False)
    return factor * (node.of(rest) if rest != S.One else S.One)


RULES = (
    Rule(
        name="step form",
        statement=r"f(x)=f_0(x)+\sum_j\bigl(f_j(x)-f_{j-1}(x)\bigr)\,\theta(x-k_j),\quad"
        r"\text{such as}\quad\max(0,x)=x\,\theta(x),\quad |x|=x\,(2\theta(x)-1)",
        where=r"almost everywhere, where $f=f_j$ between the knots $k_j$ and $k_{j+1}$, with "
        r"$\theta$ the Heaviside step; downward from a knot $\theta(k_j-x)$ likewise",
        reference="schwartz1966",
        rewrite=_steps,
        probes=(
            GaussianExpectation(Max(0, u) * Max(0, v), q1, q2, c),
            GaussianExpectation(Abs(u) * Min(v, 2 * v), q1, q2, c),
            GaussianExpectation(sign(u) + Heaviside(-2 * u), q),
            GaussianExpectation(Max(-1, Min(1, u)) * v, q1, q2, c),
            GaussianExpectation(Piecewise((u, u > 0), (exp(u) - 1, True)), q),
        ),
        order=10,
    ),
    Rule(
        name="linearity",
        statement=r"\mathbb E[a\,f+b\,g]=a\,\mathbb E[f]+b\,\mathbb E[g],\qquad \mathbb E[1]=1",
        where=r"$f$ and $g$ integrable, $a$ and $b$ constant",
        reference="billingsley1995",
        rewrite=_linear,
        probes=(
            GaussianExpectation(3 * Heaviside(u) * Heaviside(v), q1, q2, c),
            GaussianExpectation(u**2 + 2 * Heaviside(u), q),
            GaussianExpectation(2 + 3 * DiracDelta(u), q),
        ),
        order=20,
    ),
)
