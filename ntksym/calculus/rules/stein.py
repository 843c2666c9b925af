"""Stein's identity: a factor u becomes a derivative."""

from sympy import Expr, Heaviside, Mul, cos, erf, sin

from ntksym.calculus.derivation import Node, Rewrite, Rule
from ntksym.calculus.normal import normal
from ntksym.language import GaussianExpectation, c, q, q1, q2, u, v


def _stein(node: Node) -> Rewrite | None:
    if not isinstance(node, GaussianExpectation) or not _falls(node.integrand):
        return None
    for x in node.bound_symbols:
        if node.integrand.as_powers_dict().get(x, 0) >= 1:
            return _by_parts(node, x)
    return None


def _falls(integrand: Expr) -> bool:
    """Whether every derivative is a product of the same kind with a power less."""
    for part in Mul.make_args(integrand):
        base, power = part.as_base_exp()
        affine = isinstance(base, Heaviside | erf | sin | cos) and base.args[0].is_polynomial(u, v)
        known = affine or not part.has(u, v) or base in (u, v)
        if not (power.is_Integer and power > 0 and known):
            return False
    return True


def _by_parts(node: GaussianExpectation, x: object) -> Rewrite:
    rest = node.integrand / x
    covariances = node.law if len(node.law) == 1 else (node.law[0], node.law[2])
    others = node.bound_symbols
    if x == v:
        covariances, others = (node.law[1], node.law[2]), [v, u]
    terms = [(k, normal(rest.diff(y))) for k, y in zip(covariances, others, strict=True)]
    return Rewrite(sum(k * node.of(derivative) for k, derivative in terms if derivative != 0))


RULES = (
    Rule(
        name="Stein",
        statement=r"\mathbb E[u\,f(u)]=q\,\mathbb E[f'(u)],\qquad \mathbb E[u\,f(u,v)]="
        r"q_1\,\mathbb E[\partial_uf]+c\,\mathbb E[\partial_vf]",
        where=r"$f$ of at most exponential growth, its derivative in the sense of distributions "
        r"($\theta'=\delta$, $x\,\delta(x)=0$)",
        reference="stein1981",
        rewrite=_stein,
        probes=(
            GaussianExpectation(u * Heaviside(u), q),
            GaussianExpectation(u**3 * erf(u), q),
            GaussianExpectation(u**2 * v**2, q1, q2, c),
            GaussianExpectation(u * Heaviside(u - 1) * v * erf(v), q1, q2, c),
        ),
        order=70,
    ),
)
