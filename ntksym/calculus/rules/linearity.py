"""Linearity of the expectation, and the step-function form of an activation."""

from sympy import Abs, Add, DiracDelta, Heaviside, Max, Min, Mul, Piecewise, S, sign

from ntksym.calculus.derivation import Node, Rewrite, Rule
from ntksym.calculus.normal import by_steps, separate
from ntksym.language import GaussianExpectation, c, q, q1, q2, u, v


def _steps(node: Node) -> Rewrite | None:
    if not isinstance(node, GaussianExpectation):
        return None
    result = by_steps(node.integrand)
    kinds = Max, Min, Abs, sign, Piecewise, Heaviside
    unchanged = result.atoms(*kinds) == node.integrand.atoms(*kinds)
    return None if unchanged else Rewrite(node.of(result))


def _linear(node: Node) -> Rewrite | None:
    if not isinstance(node, GaussianExpectation):
        return None
    factor, rest = node.integrand.as_independent(u, v, as_Add=False)
    if rest == S.One:
        return Rewrite(factor)
    single = len(node.law) == 1 or separate(rest) is None
    terms = Add.make_args(rest.expand(power_exp=False)) if single else (rest,)
    if factor == S.One and len(terms) == 1 and terms[0] == node.integrand:
        return None
    return Rewrite(Add(*(_term(node, factor * term) for term in terms)))


def _term(node: GaussianExpectation, term: Mul) -> Mul:
    factor, rest = term.as_independent(u, v, as_Add=False)
    return factor * (node.of(rest) if rest != S.One else S.One)


RULES = (
    Rule(
        name="step form",
        statement=r"\max(0,x)=x\,\theta(x),\quad |x|=x\,(2\theta(x)-1),\quad "
        r"\operatorname{sign}(x)=2\theta(x)-1",
        where=r"almost everywhere, with $\theta$ the Heaviside step",
        reference="schwartz1966",
        rewrite=_steps,
        probes=(
            GaussianExpectation(Max(0, u) * Max(0, v), q1, q2, c),
            GaussianExpectation(Abs(u) * Min(v, 2 * v), q1, q2, c),
            GaussianExpectation(Heaviside(-u), q),
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
