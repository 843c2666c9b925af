"""The trusted base: the named lemmas of which a line may be an instance.

Each lemma says what a node equals. A line is proved when, with that put in the place of the nodes
that the line rewrites, both sides have the same canonical form. The lemmas share no code with the
rules of the calculus.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sympy import (
    DiracDelta,
    Expr,
    Integral,
    Matrix,
    Mul,
    S,
    diff,
    exp,
    expand,
    hessian,
    sqrt,
    together,
)

from ntksym.check.symbolic.growth import tempered
from ntksym.language import GaussianExpectation, c, q, q1, q2, running, u, v


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


def _slow(node: Expr) -> bool:
    """The condition of Stein and Price on this instance."""
    return isinstance(node, GaussianExpectation) and tempered(node.integrand, node.bound_symbols)


def _covariance(node: GaussianExpectation) -> Matrix:
    if len(node.law) == 1:
        return Matrix([node.law])
    a, b, k = node.law
    return Matrix([[a, k], [k, b]])


def _stein(node: Expr) -> Iterator[Expr]:
    if not _slow(node) or node.integrand.has(DiracDelta):
        return
    bound = node.bound_symbols
    rows = _covariance(node).tolist()
    for x, row in zip(bound, rows, strict=True):
        rest = node.integrand / x
        if not rest.subs(x, 0).is_finite:
            continue
        yield sum(k * node.of(diff(rest, y)) for k, y in zip(row, bound, strict=True))


def _price(node: Expr) -> Iterator[Expr]:
    if not _slow(node) or len(node.law) != 3:
        return
    a, b, k = node.law
    t = running(k)
    rate = GaussianExpectation(diff(diff(node.integrand, u), v), a, b, t)
    yield node.under(a, b, S.Zero) + Integral(rate, (t, 0, k))


def _gaussian(node: Expr) -> Iterator[Expr]:
    """Completing the square: the precisions add."""
    if not isinstance(node, GaussianExpectation):
        return
    bound = node.bound_symbols
    factors = [f for f in Mul.make_args(node.integrand) if isinstance(f, exp) and f.has(u, v)]
    if not factors:
        return
    covariance = _covariance(node)
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
    entries = (new[0],) if len(bound) == 1 else (new[0, 0], new[1, 1], new[0, 1])
    rest = Mul(*(f for f in Mul.make_args(node.integrand) if f not in factors))
    yield weight * GaussianExpectation(rest, *entries)


_PAIR = GaussianExpectation(u * v**2, q1, q2, c)

BASE = (
    Lemma(
        "definition of the expectation",
        r"\mathbb E[f]=\int f\,dP",
        "linear; blind to null sets; of total mass 1; symmetric; with Gaussian marginals; "
        r"a product where $c=0$; and $\mathbb E[\delta_a]$ is the density at $a$",
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
        r"$f$ of at most exponential growth, derivatives in the sense of distributions, "
        r"$c^2<q_1q_2$",
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
