"""1 - Σ/(t1 t2) keeps its digits: a kink behind any dual with a closed form sees its root.

Arb subtracts, at a precision of its own: it shares no rule with the doubles."""

import numpy as np
import pytest
from sympy import Expr, S, exp, pi, sqrt

from ntksym import Dense, Elementwise, activation, nngp, ntk, serial
from ntksym.language import c, q1, q2
from ntksym.lowering.code.gaps import minus, plus, rho, s1, s2, split
from ntksym.lowering.code.printer import Quotient
from ntksym.lowering.code.rules import layer
from ntksym.lowering.code.rules.means import by_means
from ntksym.lowering.code.rules.terms import NoRule
from ntksym.lowering.code.rules.tilted import hyperbolic
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


def test_an_activation_of_the_user_has_the_rules() -> None:
    mine = activation("z/2 + 2*cos(z)")
    kernel = ntk(serial(Dense(), Elementwise(mine), Dense(), Elementwise("relu"), Dense()))
    assert ulps(kernel, X, CLOSE, scaled=True) <= 16


def test_what_has_no_rule_is_refused() -> None:
    with pytest.raises(NoRule, match="one point"):
        layer.less(exp(q1) * c)
    with pytest.raises(NoRule, match="no sign"):
        layer.less((q1 * q2 - c) ** S.Half)


def test_the_gap_of_one_point_with_itself_is_zero() -> None:
    x = np.random.default_rng(2).normal(size=(5, 4))
    for name in NAMES[:6:2]:
        network = serial(Dense(), Elementwise(name), Dense(), Elementwise("sign"))
        np.testing.assert_array_equal(np.diag(nngp(network)(x, x.copy())), 1)


def test_a_square_root_that_is_no_product_stays_whole() -> None:
    """Of a variance with 1/sqrt(π) in it: relu + relu²."""
    closed = s1**2 / 2 + 2 * sqrt(2) * s1**3 / sqrt(pi)
    assert split(sqrt(closed)) == sqrt(closed)
    assert split(sqrt(s1**2 * s2)) == s1 * sqrt(s2)


def numbers(form: Expr, a: float, b: float, r: float) -> float:
    """At two standard deviations and a correlation."""
    at = {s1: a, s2: b, rho: r, minus: 1 - r, plus: 1 + r}
    return float(form.replace(Quotient, lambda x, y: x / y).subs(at).evalf(30))


@pytest.mark.parametrize("r", [-0.9, 0.3])
def test_forms_without_subtractions_are_the_function(r: float) -> None:
    """Exponentials under a weight, of both signs of c and of neither; a product of means."""
    weight, a, b = (1 + 3 * q1) * (1 + 3 * q2) - 9 * c**2, 0.7, 1.9
    above = (2 * c - q1 - q2 - 6 * q1 * q2 + 6 * c**2) / weight
    tilted_sum = ((c * q1 + c * q2 - 2 * c**2) * exp(above) + exp(above.subs(c, -c))) / weight ** (
        S(5) / 2
    ) + 1 / sqrt(weight)
    h = 2 * (q1 + q2)
    wave = 1 - exp(-2 * q1) - exp(-2 * q2) + 3 * exp(4 * c - h) + exp(-4 * c - h) - 3 * exp(-h)
    plain = {q1: a**2, q2: b**2, c: a * b * r}
    for f, form in ((tilted_sum, hyperbolic(tilted_sum)), (wave, by_means(wave))):
        assert numbers(form, a, b, r) == pytest.approx(float(f.subs(plain).evalf(30)), rel=1e-12)
    assert hyperbolic(exp(c)) is None
    assert hyperbolic(exp(c * q1 / weight) / sqrt(weight)) is None
    with pytest.raises(NoRule, match="powers and exponentials"):
        by_means(sqrt(1 + c**2))
