"""What the lemmas on exponentials, moments and thresholds say a node equals."""

from collections.abc import Iterator

from sympy import (
    Add,
    Expr,
    Heaviside,
    Matrix,
    Mul,
    Poly,
    S,
    Symbol,
    diff,
    erf,
    exp,
    expand,
    factorial,
    hessian,
    oo,
    sqrt,
)

from ntksym.check.symbolic.growth import tempered
from ntksym.check.symbolic.steps import stepped
from ntksym.check.symbolic.terms import WAVES, rebuilt
from ntksym.language import BivariateNormalCDF, GaussianExpectation


def gaussian(node: Expr) -> Iterator[Expr]:
    """Completing the square: the precisions add. A linear exponent stays."""
    if not isinstance(node, GaussianExpectation):
        return
    bound = node.bound_symbols
    factors = [f for f in Mul.make_args(node.integrand) if isinstance(f, exp) and f.has(*bound)]
    exponent = expand(sum(f.args[0] for f in factors))
    curvature = -hessian(exponent, bound)
    if curvature.has(*bound) or curvature.is_zero_matrix or not curvature.is_positive_semidefinite:
        return
    x = Matrix(bound)
    rest = Mul(*(f for f in Mul.make_args(node.integrand) if f not in factors))
    rest *= exp(expand(exponent + (x.T * curvature * x)[0] / 2))
    precision = node.covariance.inv() + curvature
    weight = 1 / sqrt(rebuilt(precision.det() * node.covariance.det()))
    new = precision.inv().applyfunc(rebuilt)
    entries = (new[0],) if len(bound) == 1 else (new[0, 0], new[1, 1], new[0, 1])
    yield weight * GaussianExpectation(rest, *entries)


def shift(node: Expr) -> Iterator[Expr]:
    """Cameron and Martin: e^(r.x) moves the mean to the covariance times r."""
    if not isinstance(node, GaussianExpectation) or not tempered(
        node.integrand, node.bound_symbols
    ):
        return
    bound = node.bound_symbols
    factors = [f for f in Mul.make_args(node.integrand) if isinstance(f, exp) and f.has(*bound)]
    exponent = expand(Add(*(f.args[0] for f in factors)))
    if not factors or not exponent.is_polynomial(*bound):
        return
    if Poly(exponent, *bound).total_degree() > 1:
        return
    rest = Mul(*(f for f in Mul.make_args(node.integrand) if f not in factors))
    rates = Matrix([diff(exponent, x) for x in bound])
    means = node.covariance * rates
    level = exponent.subs(dict.fromkeys(bound, 0)) + (rates.T * means)[0] / 2
    moved = {x: x + m for x, m in zip(bound, means, strict=True)}
    yield exp(expand(level)) * node.of(rest.subs(moved, simultaneous=True))


def generating(node: Expr) -> Iterator[Expr]:
    """E[e^(r.x)] = e^(r' C r / 2) for complex r, term by term; nothing else may be left."""
    if not isinstance(node, GaussianExpectation) or not node.integrand.has(exp, *WAVES):
        return
    bound = node.bound_symbols
    total = S.Zero
    for term in Add.make_args(stepped(node.integrand, bound)):
        factor, rest = term.as_independent(*bound, as_Add=False)
        exponents = [f.args[0] if isinstance(f, exp) else None for f in Mul.make_args(rest)]
        if rest != 1 and None in exponents:
            return
        exponent = expand(Add(*exponents)) if rest != 1 else S.Zero
        if not exponent.is_polynomial(*bound) or Poly(exponent, *bound).total_degree() > 1:
            return
        rates = Matrix([diff(exponent, x) for x in bound])
        spread = (rates.T * node.covariance * rates)[0] / 2
        total += factor * exp(expand(exponent.subs(dict.fromkeys(bound, 0)) + spread))
    yield total


def moments(node: Expr) -> Iterator[Expr]:
    """E[u^m v^n] is the derivative of order (m, n) at 0 of the moment generating function."""
    if not isinstance(node, GaussianExpectation):
        return
    bound = node.bound_symbols
    if not node.integrand.is_polynomial(*bound) or not node.integrand.has(*bound):
        return
    dual = [Symbol(f"s{x.name}") for x in bound]
    half = (Matrix(dual).T * node.covariance * Matrix(dual))[0] / 2
    total = S.Zero
    for powers, coefficient in Poly(node.integrand, *bound).terms():
        order, rest = divmod(sum(powers), 2)
        if rest:
            continue
        power = Poly(expand(half**order), *dual) if order else Poly(1, *dual)
        monomial = Mul(*(s**n for s, n in zip(dual, powers, strict=True)))
        ways = Mul(*(factorial(n) for n in powers)) / factorial(order)
        total += coefficient * power.coeff_monomial(monomial) * ways
    yield total


def thresholds(node: Expr) -> Iterator[Expr]:
    """Each factor is an event: of the variable, or of the variable and a normal of its own."""
    if not isinstance(node, GaussianExpectation):
        return
    factor, rest = node.integrand.as_independent(*node.bound_symbols, as_Add=False)
    factors = Mul.make_args(rest)
    if len(factors) != len(node.law[:2]) or not all(
        isinstance(f, Heaviside | erf) for f in factors
    ):
        return
    events = []
    for x, variance in zip(node.bound_symbols, node.law, strict=False):
        f = next((f for f in factors if f.free_symbols & {*node.bound_symbols} == {x}), None)
        slope = f.args[0].diff(x) if f is not None else S.Zero
        if f is None or slope == 0 or slope.has(x):
            return
        noise, (low, high) = (0, (0, 1)) if isinstance(f, Heaviside) else (S.Half, (-1, 1))
        spread = sqrt(slope**2 * variance + noise)
        events.append((f.args[0].subs(x, 0) / spread, slope / spread, low, high - low))
    yield factor * _mean(events, node.law[-1])


def _mean(events: list[tuple[Expr, Expr, int, int]], mixed: Expr) -> Expr:
    """E of the product of low + step * 1(event), an event of probability Phi(level)."""
    h, r, low, step = events[0]
    if len(events) == 1:
        return low + step * BivariateNormalCDF(h, oo, 0)
    k, s, other, rise = events[1]
    first, second = BivariateNormalCDF(h, oo, 0), BivariateNormalCDF(k, oo, 0)
    both = BivariateNormalCDF(h, k, r * s * mixed)
    return low * other + low * rise * second + step * other * first + step * rise * both
