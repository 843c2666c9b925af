"""Covariances in the place of gaps: the same kernel, where no point is steep, and only there."""

import numpy as np
import pytest
from mpmath import nstr
from sympy import Float, Rational, asin, sqrt

from ntksym import Dense, Elementwise, Kernel, Residual, dual, nngp, ntk, serial
from ntksym.lowering import stages
from ntksym.lowering.code.rules import direct as rule
from tests.lowering.points import ULP, ulps, upper

NAMES = "erf", "gelu", "normal_cdf", "affine_erf"


def moderate() -> np.ndarray:
    """Random, near, opposite, equal and zero points, the longest as steep as is allowed for erf."""
    rng = np.random.default_rng(3)
    x, y, z = rng.normal(size=(3, 6))
    x *= np.sqrt(6 * 9.4) / np.linalg.norm(x)
    near = [x + 10.0**-k * y for k in (4, 8, 12, 15)]
    return np.array(
        [x * (1 - 1e-14), y, z, *near, -x, x - 1e-7 * z - 2 * x, x.copy(), 0 * x, 1e-9 * z]
    )


def first(kernel: Kernel, x: np.ndarray) -> int:
    return kernel._engine.sheets(x, None)[0].block[0].direct


@pytest.mark.parametrize("name", NAMES)
def test_to_16_ulp_of_arb(name: str) -> None:
    x = moderate()
    for make, depth, step in ((ntk, 2, 2), (nngp, 3, 7), (ntk, 4, 5), (ntk, 10, 19)):
        kernel = make(name, depth=depth, b_std=0.1)
        assert first(kernel, x) < depth
        assert ulps(kernel, x, upper(len(x))[::step], scaled=True) <= 16


@pytest.mark.parametrize("name", ["erf", "gelu"])
def test_float32_is_as_good_as_its_inputs(name: str) -> None:
    x, kernel = moderate(), ntk(name, depth=3, b_std=0.1)
    single = kernel(x.astype(np.float32), dtype=np.float32)
    exact = kernel(x.astype(np.float32).astype(float))
    size = np.sqrt(np.diag(exact))
    assert (np.abs(single - exact) <= 2.0**-18 * np.outer(size, size)).all()


@pytest.mark.parametrize("name", NAMES)
def test_the_expressions_are_those_of_the_dual(name: str) -> None:
    of = dual(name)
    found = rule.direct(of.sigma, of.sigma_dot)
    assert found
    a, b, k = map(Rational, ("0.7", "1.9", "-0.8"))
    sine = k * found.scale.subs(rule.s1, a) * found.scale.subs(rule.s1, b)
    cosine = sqrt(1 - sine**2)
    here = {rule.s1: a, rule.s2: b, rule.c: k, rule.sine: sine, rule.cosine: cosine}
    here |= {rule.secant: 1 / cosine, rule.arc: asin(sine)}
    exact = of.evaluate(a**2, b**2, k, digits=25)
    for expr, value in zip((found.sigma, found.dot), exact, strict=True):
        assert abs(expr.subs(here).evalf(30) - Float(nstr(value, 26), 30)) < 1e-23


@pytest.mark.parametrize("name", ["relu", "abs", "sin", "exp", "power"])
def test_others_have_none(name: str) -> None:
    of = dual(name)
    assert rule.direct(of.sigma, of.sigma_dot) is None


def test_a_steep_point_keeps_its_block_in_gaps() -> None:
    kernel, x = ntk("erf", depth=4, b_std=0.1), moderate()
    assert first(kernel, np.vstack([x, 1.01 * x[:1]])) == 2
    assert first(ntk("erf", depth=4, w_std=4), x) == 4
    assert first(ntk("erf", depth=4, w_std=2), x / 3) == 3  # a covariance may be less steep
    many = np.vstack([np.repeat(x, 12, axis=0)[:128], 1e3 * x[:5]])
    assert [block.direct for block in kernel._engine.sheets(many, None)[0].block] == [1, 2]
    exact = [[float(kernel.evaluate(a, b, 20)) for b in many[::45]] for a in many[::45]]
    np.testing.assert_allclose(kernel(many)[::45, ::45], exact, rtol=0, atol=16 * ULP * 4)


def test_a_kink_needs_the_gaps_before_it() -> None:
    layers = [Dense(), Elementwise("erf"), Dense(b_std=0.1), Elementwise("relu"), Dense(b_std=0.1)]
    before = ntk(serial(*layers))
    after = ntk(serial(*layers, Elementwise("erf"), Dense()))
    assert (first(before, moderate()), first(after, moderate())) == (3, 3)
    assert ulps(after, moderate(), upper(12)[::5], scaled=True) <= 16


def test_a_residual_part_is_all_of_one_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    part = Residual(Elementwise("gelu"), Dense(b_std=0.2))
    kernel = ntk(serial(Dense(), part, part, Elementwise("gelu"), Dense()))
    x = 0.3 * moderate()
    assert first(kernel, x) == 0
    assert ulps(kernel, x, upper(12)[::5], scaled=True) <= 16
    short = kernel(x)
    monkeypatch.setattr(stages, "STEEPEST", -1.0)
    monkeypatch.setattr(stages, "STEEP", -1.0)
    assert first(kernel, x) == len(kernel._engine.stages)
    size = np.sqrt(kernel.diag(x))
    assert (np.abs(short - kernel(x)) <= 32 * ULP * np.outer(size, size)).all()
    monkeypatch.setattr(stages, "STEEPEST", 0.6)
    monkeypatch.setattr(stages, "STEEP", 0.6)
    forks = [k for k, stage in enumerate(kernel._engine.stages) if stage.kind == "fork"]
    assert first(kernel, x) not in range(forks[0] + 1, forks[0] + 3)
    assert (np.abs(short - kernel(x)) <= 32 * ULP * np.outer(size, size)).all()
