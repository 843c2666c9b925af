"""1 - Σ/(t1 t2) keeps its digits: a kink behind any dual with a closed form sees its root."""

from fractions import Fraction
from operator import mul

import numpy as np
import pytest
from mpmath import mp
from sympy import S, exp

from ntksym import Dense, Elementwise, activation, dual, nngp, ntk, serial
from ntksym.language import c, q1, q2
from ntksym.lowering.code.rules import layer
from ntksym.lowering.code.rules.terms import NoRule
from tests.lowering.points import hard, ulps

NAMES = ["erf", "sin", "cos", "gaussian", "normal_cdf", "gelu", "rbf", "exp", "snake", "hermite"]
X = hard()[:18]
CLOSE = [(0, 4), (0, 5), (0, 6), (0, 8), (5, 6), (0, 12), (0, 10), (7, 11), (0, 14), (0, 13)]
OTHERS = [(0, 0), (0, 1), (1, 2), (2, 15), (1, 15), (16, 17), (2, 16)]


@pytest.mark.parametrize("b_std", [0, 0.1])
@pytest.mark.parametrize("name", NAMES)
def test_a_kink_behind(name: str, b_std: float) -> None:
    first, last = Dense(1.2, b_std), Elementwise("relu")
    kernel = ntk(serial(first, Elementwise(name), Dense(1, b_std), last, Dense()))
    assert ulps(kernel, X, CLOSE + OTHERS, scaled=True) <= 16


@pytest.mark.parametrize("name", NAMES[:7])
def test_deep_networks(name: str) -> None:
    kernel = ntk(name, depth=10, b_std=0.1)
    assert ulps(kernel, X, CLOSE[::3] + OTHERS[::3], scaled=True) <= 16


@pytest.mark.parametrize("name", [*NAMES, "gabor", "sinusoid", "power", "relu"])
def test_the_covariance_is_the_dual(name: str) -> None:
    """The rules against Σ itself, to 40 digits; most of these pairs are close or opposite."""
    derived, kernel = dual(name), nngp(serial(Dense(), Elementwise(name), Dense()))
    for i, j in [(0, 1), (0, 4), (3, 9), (0, 13), (0, 16)]:
        a, b = ([Fraction(float(entry)) for entry in X[k]] for k in (i, j))
        at = (sum(map(mul, p, r)) / len(a) for p, r in ((a, a), (b, b), (a, b)))
        exact, value = derived.evaluate(*at, 45)[0], kernel.evaluate(X[i], X[j], 45)
        with mp.workdps(60):
            assert abs(value - exact) <= mp.mpf(10) ** -40 * (1 + abs(exact))


def test_an_activation_of_the_user_has_the_rules() -> None:
    mine = activation("z/2 + 2*cos(z)")
    kernel = ntk(serial(Dense(), Elementwise(mine), Dense(), Elementwise("relu"), Dense()))
    assert ulps(kernel, X, CLOSE, scaled=True) <= 16


def test_what_has_no_rule_is_subtracted() -> None:
    with pytest.raises(NoRule, match="one point"):
        layer.less(exp(q1) * c)
    with pytest.raises(NoRule, match="no sign"):
        layer.less((q1 * q2 - c) ** S.Half)


def test_the_gap_of_one_point_with_itself_is_zero() -> None:
    x = np.random.default_rng(2).normal(size=(5, 4))
    for name in NAMES[:6:2]:
        network = serial(Dense(), Elementwise(name), Dense(), Elementwise("sign"))
        np.testing.assert_array_equal(np.diag(nngp(network)(x, x.copy())), 1)
