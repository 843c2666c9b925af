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
    Heaviside,
    Integral,
    Mul,
    S,
    Sum,
    diff,
    exp,
    oo,
    sqrt,
    tanh,
)

from ntksym.check.symbolic.exponentials import (
    gaussian,
    generating,
    moments,
    shift,
    thresholds,
)
from ntksym.check.symbolic.growth import tempered
from ntksym.language import GaussianExpectation, HermitePolynomial, c, k, q, q1, q2, running, u, v


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


def _stein(node: Expr) -> Iterator[Expr]:
    if not _slow(node) or node.integrand.has(DiracDelta):
        return
    bound = node.bound_symbols
    rows = node.covariance.tolist()
    for x, row in zip(bound, rows, strict=True):
        rest = node.integrand / x
        if not rest.subs(x, 0).is_finite:
            continue
        yield sum(k * node.of(diff(rest, y)) for k, y in zip(row, bound, strict=True))


def _price(node: Expr) -> Iterator[Expr]:
    if not _slow(node) or len(node.law) != 3:
        return
    a, b, mixed = node.law
    t = running(mixed)
    rate = GaussianExpectation(diff(diff(node.integrand, u), v), a, b, t)
    yield node.under(a, b, S.Zero) + Integral(rate, (t, 0, mixed))


def _mehler(node: Expr) -> Iterator[Expr]:
    """The polynomials are a basis, with E[h_j(u/sqrt(q1)) h_k(v/sqrt(q2))] = rho^k at j = k."""
    if not _slow(node) or len(node.law) != 3:
        return
    factors = Mul.make_args(node.integrand)
    if any(f.has(u) and f.has(v) for f in factors) or node.integrand.has(DiracDelta):
        return
    a, b, mixed = node.law
    of_u = Mul(*(f for f in factors if not f.has(v)))
    of_v = Mul(*(f for f in factors if f.has(v))).xreplace({v: u})
    first = GaussianExpectation(of_u * HermitePolynomial(k, u / sqrt(a)), a)
    second = GaussianExpectation(of_v * HermitePolynomial(k, u / sqrt(b)), b)
    yield Sum((mixed / sqrt(a * b)) ** k * first * second, (k, 0, oo))


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
        gaussian,
        (GaussianExpectation(exp(-(u**2)), q), GaussianExpectation(exp(-(u**2) - v**2), q1, q2, c)),
    ),
    Lemma(
        "moments",
        r"\mathbb E[u^mv^n]=\partial_s^m\partial_t^n\,e^{(q_1s^2+2cst+q_2t^2)/2}\big|_{s=t=0}",
        "always",
        "isserlis1918",
        moments,
        (GaussianExpectation(u**4, q), _PAIR, GaussianExpectation(u**3 * v**5 + v**2, q1, q2, c)),
    ),
    Lemma(
        "moment generating function",
        r"\mathbb E[e^{\alpha u+\beta v}]=e^{(\alpha^2q_1+2\alpha\beta c+\beta^2q_2)/2}",
        r"$\alpha$ and $\beta$ complex: $\sin$ and $\cos$ are sums of exponentials",
        "billingsley1995",
        generating,
        (GaussianExpectation(exp(u - v / 2), q1, q2, c), GaussianExpectation(exp(-u / 3), q)),
    ),
    Lemma(
        "shift of the mean",
        r"\mathbb E[e^{r\cdot x}f(x)]=e^{r\cdot\Lambda r/2}\;\mathbb E[f(x+\Lambda r)]",
        "$f$ of at most exponential growth",
        "cameronmartin1944",
        shift,
        (GaussianExpectation(u * exp(u / 2 - v / 3), q1, q2, c),),
    ),
    Lemma(
        "normal distribution functions",
        r"\mathbb E[\theta(u-a)\,\theta(v-b)]=\Phi_2\Bigl(\frac{-a}{\sqrt{q_1}},"
        r"\frac{-b}{\sqrt{q_2}};\frac{c}{\sqrt{q_1q_2}}\Bigr)",
        r"definition of $\Phi_2$, and of $\Phi(x)=\frac12+\frac12\operatorname{erf}(x/\sqrt2)$; "
        r"$\operatorname{erf}(x)=2P(W<\sqrt2x)-1$ with $W$ normal, independent",
        "owen1956",
        thresholds,
        (GaussianExpectation(Heaviside(u - 1), q), GaussianExpectation(Heaviside(1 - u), q)),
    ),
    Lemma(
        "Mehler's formula",
        r"\mathbb E[f(u)\,g(v)]=\sum_k\rho^k\;\mathbb E_{q_1}[f(u)h_k(u/\sqrt{q_1})]\;"
        r"\mathbb E_{q_2}[g(u)h_k(u/\sqrt{q_2})]",
        "$f$ and $g$ of at most exponential growth, so square integrable",
        "mehler1866",
        _mehler,
        (GaussianExpectation(tanh(u) * tanh(v / 2), q1, q2, c),),
    ),
)
