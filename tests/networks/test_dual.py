"""The dual pair of each activation: its numbers against the closed forms of the sources."""

import pickle

import mpmath
import pytest
import sympy as sp

import ntksym
from ntksym import Activation, Verdict, c, dual, q1, q2, z
from tests.oracles.duals import DUALS, leaky

TEXTS = {
    "relu": "relu", "erf": "erf", "abs": "abs", "step": "Heaviside(z)", "sign": "sign(z)",
    "square": "z**2", "cube": "z**3", "relu squared": "Max(0, z)**2",
}  # fmt: skip
INNER = [(1, 1, 0), (2, 0.5, 0.75), (0.25, 3, -0.5), (1e-3, 1e3, 0.5)]


@pytest.mark.parametrize("at", INNER, ids=str)
@pytest.mark.parametrize("name", TEXTS)
def test_closed_forms(name: str, at: tuple[float, float, float]) -> None:
    exact, pair = [sp.Rational(x) for x in at], dual(TEXTS[name])
    with mpmath.workdps(40):
        numbers = [mpmath.mpf(x) for x in at]
        for oracle, side in zip(DUALS[name], ("sigma", "sigma_dot"), strict=True):
            if oracle is None:
                with pytest.raises(ValueError, match="no tangent kernel"):
                    getattr(pair, side)
            else:
                value = getattr(pair, side).subs(dict(zip((q1, q2, c), exact, strict=True)))
                expected = oracle(mpmath.mp, *numbers)
                assert abs(mpmath.mpf(str(sp.N(value, 35))) - expected) < 1e-30 * (
                    1 + abs(expected)
                )


@pytest.mark.parametrize("at", INNER, ids=str)
@pytest.mark.parametrize("name", ["relu", "erf", "abs"])
def test_evaluate(name: str, at: tuple[float, float, float]) -> None:
    found = dual(name).evaluate(*at, digits=60)
    with mpmath.workdps(80):
        expected = [f(mpmath.mp, *map(mpmath.mpf, at)) for f in DUALS[name]]
        assert all(abs(x - y) <= 1e-59 * (1 + abs(y)) for x, y in zip(found, expected, strict=True))


def test_evaluate_at_the_ends_of_the_range() -> None:
    """Equal, opposite and zero: the limit."""
    relu = dual("relu")
    assert relu.evaluate(2, 2, 2) == (1, 0.5)
    assert relu.evaluate(2, 2, -2) == (0, 0)
    assert relu.evaluate(0, 1, 0) == (0, 0.25)
    third = dual("erf").evaluate(0.5, 0.5, 0.5)[0]
    assert abs(third - mpmath.mpf(1) / 3) < 1e-15


def test_a_slope_that_is_a_symbol() -> None:
    alpha = sp.Symbol("alpha", real=True)
    pair = dual("leaky_relu", alpha=alpha)
    at = {q1: 2, q2: sp.Rational(1, 2), c: sp.Rational(3, 4), alpha: sp.Rational(-1, 3)}
    with mpmath.workdps(40):
        numbers = [mpmath.mpf(x) for x in (2, 0.5, 0.75)]
        for oracle, side in zip(
            leaky(mpmath.mpf(-1) / 3), (pair.sigma, pair.sigma_dot), strict=True
        ):
            expected = oracle(mpmath.mp, *numbers)
            assert abs(mpmath.mpf(str(sp.N(side.subs(at), 35))) - expected) < 1e-30


@pytest.mark.parametrize("name", ["relu", "erf"])
def test_sigma_dot_is_the_derivative_and_the_chain_is_checked(name: str) -> None:
    pair = dual(name)
    assert sp.simplify(sp.diff(pair.sigma, c) - pair.sigma_dot) == 0
    pair.report.require(Verdict.ENCLOSED)
    assert len(pair.derivation.companions) == 2


def test_documents_say_what_they_hold() -> None:
    kernel = ntksym.ntk("erf", depth=30, b_std=0.1)
    assert "depth 30 (erf)" in kernel.document().title
    assert "steps that follow" in ntksym.to_latex(kernel)
    assert "The dual of relu" in ntksym.to_latex(dual("relu"))
    assert "no activation" in ntksym.nngp("relu", depth=1).document().title


@pytest.mark.parametrize("sigma", ["relu", Activation("mine", z**2)])
def test_a_dual_is_pickled_by_its_definition(sigma: Activation | str) -> None:
    found = dual(sigma)
    again = pickle.loads(pickle.dumps(found))
    assert again.activation == found.activation
    assert (again.sigma, again.sigma_dot) == (found.sigma, found.sigma_dot)
    assert len(pickle.dumps(found)) < 2000
