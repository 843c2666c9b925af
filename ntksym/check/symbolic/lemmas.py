"""The trusted base: the named lemmas of which a line may be an instance.

Each lemma says what a node equals. A line is proved when, with that put in the place of the nodes
that the line rewrites, both sides have the same canonical form. The lemmas share no code with the
rules of the calculus.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from sympy import (
    DiracDelta,
    Expr,
    Integral,
    Matrix,
    Mul,
    S,
    Symbol,
    diff,
    exp,
    expand,
    hessian,
    sqrt,
    together,
)

from ntksym.check.canonical import canonical
from ntksym.check.vanish import vanishes
from ntksym.language import Claim, GaussianExpectation, c, q, q1, q2, running, u, v


@dataclass(frozen=True)
class Lemma:
    """``instances(node)`` yields what the lemma says ``node`` equals, nothing where it is mute."""

    name: str
    statement: str
    where: str
    reference: str
    instances: Callable[[Expr], Iterator[Expr]]
    probes: tuple[Expr, ...]


def _definition(node: Expr) -> Iterator[Expr]:
    yield node


def _stein(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, GaussianExpectation) or node.integrand.has(DiracDelta):
        return
    bound = node.bound_symbols
    rows = [node.law] if len(bound) == 1 else [(node.law[0], node.law[2]), (node.law[2], node.law[1])]
    for x, row in zip(bound, rows, strict=True):
        rest = node.integrand / x
        if not rest.subs(x, 0).is_finite:
            continue
        yield sum(k * node.of(diff(rest, y)) for k, y in zip(row, bound, strict=True))


def _price(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, GaussianExpectation) or len(node.law) != 3:
        return
    a, b, k = node.law
    t = running(k)
    rate = GaussianExpectation(diff(diff(node.integrand, u), v), a, b, t)
    yield node.under(a, b, S.Zero) + Integral(rate, (t, 0, k))


def _gaussian(node: Expr) -> Iterator[Expr]:
    """Completing the square: the precisions add."""
    if not isinstance(node, GaussianExpectation):
        return
    bound, law = node.bound_symbols, node.law
    factors = [f for f in Mul.make_args(node.integrand) if isinstance(f, exp) and f.has(u, v)]
    if not factors:
        return
    covariance = Matrix([law]) if len(law) == 1 else Matrix([[law[0], law[2]], [law[2], law[1]]])
    exponent = expand(sum(f.args[0] for f in factors))
    curvature = -hessian(exponent, bound)
    if curvature.has(u, v) or not curvature.is_positive_semidefinite:
        return
    x = Matrix(bound)
    if expand(exponent + (x.T * curvature * x)[0] / 2) != 0:
        return
    precision = covariance.inv() + curvature
    weight = 1 / sqrt(together(precision.det() * covariance.det()).factor())
    new = precision.inv().applyfunc(lambda entry: entry.factor())
    entries = (new[0],) if len(law) == 1 else (new[0, 0], new[1, 1], new[0, 1])
    yield weight * GaussianExpectation(node.integrand / Mul(*factors), *entries)


_PAIR = GaussianExpectation(u * v**2, q1, q2, c)

BASE = (
    Lemma(
        "definition of the expectation",
        r"\mathbb E[f]=\int f\,dP",
        "linear; blind to null sets; of total mass 1; symmetric; with Gaussian marginals; a product "
        r"where $c=0$; and $\mathbb E[\delta_a]$ is the density at $a$",
        "billingsley1995",
        _definition,
        (GaussianExpectation(u**2, q), _PAIR),
    ),
    Lemma(
        "Stein's identity",
        r"\mathbb E[u\,f]=q_1\,\mathbb E[\partial_uf]+c\,\mathbb E[\partial_vf]",
        r"$f$ of at most exponential growth, derivatives in the sense of distributions",
        "stein1981",
        _stein,
        (GaussianExpectation(u**2, q), GaussianExpectation(u * v, q1, q2, c)),
    ),
    Lemma(
        "Price's theorem",
        r"\mathbb E_c[f]=\mathbb E_0[f]+\int_0^c\mathbb E_t[\partial_u\partial_vf]\,dt",
        r"$f$ of at most exponential growth, derivatives in the sense of distributions, $c^2<q_1q_2$",
        "price1958",
        _price,
        (GaussianExpectation(u**2 * v**2, q1, q2, c),),
    ),
    Lemma(
        "Gaussian integral",
        r"\mathbb E_\Lambda[e^{-x^\top Ax/2}f]=\det(\Lambda P)^{-1/2}\,\mathbb E_{P^{-1}}[f],\quad "
        r"P=\Lambda^{-1}+A",
        r"$A$ positive semi-definite",
        "billingsley1995",
        _gaussian,
        (GaussianExpectation(exp(-(u**2)), q), GaussianExpectation(exp(-(u**2) - v**2), q1, q2, c)),
    ),
)


def instance_of(claim: Claim) -> Lemma | None:
    """The lemma of which ``claim`` is an instance, or ``None``."""
    gone = [n for n in _nodes(claim.lhs) if n not in _nodes(claim.rhs)]
    for lemma in BASE:
        choices = [list(lemma.instances(node)) for node in gone]
        for choice in islice(product(*choices), 16):
            if _same(claim.lhs.xreplace(dict(zip(gone, choice, strict=True))), claim.rhs):
                return lemma
    return None


def _same(left: Expr, right: Expr) -> bool:
    try:
        return vanishes(canonical(left) - canonical(right))
    except ValueError:
        return False


def _nodes(expr: Expr) -> list[Expr]:
    return sorted(expr.atoms(GaussianExpectation), key=str)


def by_calculus(claim: Claim) -> bool:
    """The fundamental theorem: equal at c = 0, and equal derivatives in c."""
    difference = claim.lhs - claim.rhs
    ends = {integral.limits[0][2] for integral in difference.atoms(Integral)}
    if len(ends) != 1 or difference.has(GaussianExpectation):
        return False
    (end,) = ends
    if not isinstance(end, Symbol):
        return False
    start = difference.replace(Integral, lambda f, limits: S.Zero).subs(end, 0)
    return vanishes(start) and vanishes(difference.diff(end))
