"""The recursion in symbols: against exact pairs, against quadrature layer by layer, by hand."""

from itertools import pairwise

import mpmath
import numpy as np
import pytest
import sympy as sp
from scipy import special

import ntksym
from ntksym import Dense, Elementwise, Residual, c, mlp, nngp, ntk, q1, q2, rho, serial

A, B = [0.4, -1.2, 0.7], [1.1, 0.3, -0.2]


def at(expr: sp.Expr, x: list[float], y: list[float], **more: float) -> float:
    """At exact coordinates; where x and y coincide a root of 0 may turn out slightly imaginary."""
    x, y = ([sp.Rational(repr(v)) for v in point] for point in (x, y))

    def inner(p: list[sp.Rational], r: list[sp.Rational]) -> sp.Rational:
        return sum(a * b for a, b in zip(p, r, strict=True)) / len(p)

    values = {q1: inner(x, x), q2: inner(y, y), c: inner(x, y)}
    named = {s: sp.Rational(repr(more[s.name])) for s in expr.free_symbols if s.name in more}
    value = complex(expr.subs({**values, **named}).evalf(40))
    assert abs(value.imag) < 1e-12
    return value.real


NETWORKS = {
    "linear": mlp("relu", 1, 1.2, 0.3),
    "relu": mlp("relu", 3, 1.2, 0.3),
    "erf": mlp("erf", 3, 1.2, 0.3),
    "zero": mlp("relu", 3, 1.2, 0.3, "zero"),
    "abs": mlp("abs", 2),
    "residual": serial(
        Dense(1.1, 0.2),
        Residual(Elementwise("relu"), Dense(0.9, 0.1, "zero")),
        Elementwise("erf"),
        Dense(),
    ),
    "nested": serial(
        Dense(), Residual(Residual(Elementwise("abs"), Dense(0.5)), Elementwise("relu"), Dense())
    ),
}


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("make", [ntk, nngp])
def test_the_closed_form_equals_exact_pairs(name: str, make) -> None:
    kernel = make(NETWORKS[name])
    for x, y in ((A, B), (A, A), (B, [-v for v in A])):
        exact = float(kernel.evaluate(x, y, 20))
        assert at(kernel.expression(), x, y) == pytest.approx(exact, rel=1e-12, abs=1e-14)
        assert float(kernel.enclose(x, y).mid()) == pytest.approx(exact, rel=1e-14, abs=1e-16)
        assert kernel([x], [y])[0, 0] == pytest.approx(exact, rel=1e-13, abs=1e-15)


def test_symbols_for_the_standard_deviations() -> None:
    w, beta = sp.symbols("w beta", positive=True)
    for init in ("gaussian", "zero"):
        symbolic = ntk("relu", depth=3, w_std=w, b_std=beta, bias_init=init).expression()
        numeric = ntk("relu", depth=3, w_std=1.3, b_std=0.2, bias_init=init)
        value = at(symbolic, A, B, w=1.3, beta=0.2)
        assert value == pytest.approx(float(numeric.evaluate(A, B, 20)), rel=1e-12)


def test_on_the_sphere() -> None:
    kernel = ntk("relu", depth=4, b_std=0.1)
    angle, radius = 1.1, 2**0.5
    y = [radius * np.cos(angle), radius * np.sin(angle)]
    value = float(kernel.on_sphere().subs(rho, np.cos(angle)).evalf())
    assert value == pytest.approx(float(kernel.evaluate([radius, 0], y, 20)), rel=1e-12)
    ends = ntk("relu", depth=3).on_sphere(1), ntk("relu", depth=2).on_sphere(-1)
    assert ends == (sp.Rational(3, 4), 0)


def test_the_linear_network_and_two_layers_by_hand() -> None:
    assert ntk("relu", depth=1, b_std=2).expression() == c + 4
    assert ntk("relu", depth=1, b_std=2, bias_init="zero").expression() == c + 4
    assert nngp("relu", depth=1, b_std=2, bias_init="zero").expression() == c
    dual = ntksym.dual("erf")
    by_hand = dual.sigma + c * dual.sigma_dot
    assert sp.expand(ntk("erf", depth=2).expression() - by_hand) == 0


def test_depth_100_is_named_steps() -> None:
    recursion = ntk("relu", depth=100).recursion
    assert len(recursion.steps) <= 5 * 100
    assert recursion.size() > 10**50
    with pytest.raises(ValueError, match=r"about .*e\+\d+ nodes.*use \.recursion"):
        ntk("relu", depth=100).expression()
    assert ntk("relu", depth=4).recursion.size() < 5000


def quadrature(f, a: float, b: float, k: float) -> float:
    """E[f(u) f(v)] in polar coordinates: no kink of ReLU lies inside a panel."""
    r, wr = np.polynomial.legendre.leggauss(120)
    r, wr = 6.5 * (r + 1), 6.5 * wr
    spread = np.sqrt(b - k * k / a)
    kink = np.arctan2(k / np.sqrt(a), spread)
    edges = np.sort(np.mod([np.pi / 2, -np.pi / 2, -kink, np.pi - kink], 2 * np.pi))
    kinks = np.mod(
        [np.arctan2(-k / np.sqrt(a), spread), np.arctan2(-k / np.sqrt(a), spread) + np.pi],
        2 * np.pi,
    )
    edges = np.unique(np.concatenate([[0, 2 * np.pi], edges, kinks]))
    total = 0.0
    for lo, hi in pairwise(edges):
        p, wp = np.polynomial.legendre.leggauss(60)
        phi, wphi = (lo + hi) / 2 + (hi - lo) / 2 * p, (hi - lo) / 2 * wp
        u = np.sqrt(a) * r[:, None] * np.cos(phi)
        v = k / a * u + spread * r[:, None] * np.sin(phi)
        weight = wr[:, None] * wphi * r[:, None] * np.exp(-(r[:, None] ** 2) / 2)
        total += float(np.sum(weight * f(u) * f(v)))
    return total / (2 * np.pi)


PAIRS = {
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0).astype(float)),
    "erf": (special.erf, lambda z: 2 / np.sqrt(np.pi) * np.exp(-(z**2))),
}


@pytest.mark.parametrize("name", PAIRS)
def test_three_layers_by_quadrature_alone(name: str) -> None:
    sigma, slope = PAIRS[name]
    w, beta, n = 1.2, 0.3, len(A)
    a, b, k = (w * w * np.dot(x, y) / n + beta**2 for x, y in ((A, A), (B, B), (A, B)))
    theta = k
    for _ in range(2):
        close = 1 - 1e-14
        following = [
            quadrature(sigma, p, r, m)
            for p, r, m in ((a, a, a * close), (b, b, b * close), (a, b, k))
        ]
        dot = quadrature(slope, a, b, k)
        a, b, k = (w * w * value + beta**2 for value in following)
        theta = k + w * w * dot * theta
    kernel = ntk(name, depth=3, w_std=w, b_std=beta)
    assert theta == pytest.approx(float(kernel.evaluate(A, B, 20)), rel=1e-9)


def test_one_layer_is_derived_and_checked() -> None:
    report = ntksym.check(ntk("relu", depth=5).derivation)
    report.require(ntksym.Verdict.ENCLOSED)
    both = ntk(NETWORKS["residual"]).derivation
    assert [part.title for part in (both, *both.companions)][-1].startswith("One layer with erf")
    ntksym.check(nngp("relu", depth=1).derivation).require(ntksym.Verdict.ENCLOSED)


def test_1000_digits() -> None:
    kernel = ntk("relu", depth=3, b_std=0.1)
    long, longer = kernel.evaluate(A, B, 1000), kernel.evaluate(A, B, 1100)
    with mpmath.workdps(1100):
        assert abs(long - longer) <= mpmath.mpf(10) ** -999
        ball = kernel.enclose(A, B, 3400)
        assert ball.rad() < 1e-1000 or float(ball.rad().log()) < -2300
        assert abs(mpmath.mpf(ball.mid().str(1050, radius=False)) - longer) < mpmath.mpf(10) ** -999
