"""Σ and Σ̇ of every entry: closed forms of the sources to 40 digits, the integral itself to 25."""

from fractions import Fraction

import mpmath
import pytest
import sympy as sp

from ntksym import c, dual, q1, q2
from tests.catalogue.entries import CLASS_A, CLASS_B, derived, identify
from tests.oracles.duals import CATALOGUE, leaky, monomial, rectified
from tests.oracles.quadrature import PIECEWISE, expectations

COVARIANCES = [
    (1.25, 1.5, 0.375),
    (0.5, 2.25, -0.75),
    (2.0, 0.25, 0.0),
    (0.25, 4.0, 0.999),
    (3.0, 0.75, -1.25),
    (0.0625, 0.125, 0.03125),
]
"""Of both signs, none, and of correlation 0.999, all with different variances; exact in binary."""
CONTEXT = mpmath.MPContext()
CONTEXT.dps = 70


def assert_equal(found, formulas, at) -> None:
    numbers = [CONTEXT.mpf(x) for x in at]
    for value, formula in zip(found, formulas, strict=True):
        expected = formula(CONTEXT, *numbers)
        error = abs(CONTEXT.mpf(value) - expected)
        assert error <= CONTEXT.mpf(10) ** -40 * (abs(expected) + CONTEXT.mpf(10) ** -4), at


def test_every_entry_has_an_oracle() -> None:
    assert set(CATALOGUE) == set(CLASS_A)
    assert set(PIECEWISE) == set(CLASS_B)
    assert {a == b for a, b, _ in COVARIANCES} == {False}


@pytest.mark.parametrize("name", CLASS_A, ids=identify)
def test_elementary_closed_forms_to_40_digits(name: str) -> None:
    pair, (sigma, dot) = derived(name), CATALOGUE[name]
    for at in COVARIANCES:
        if dot is None:
            with pytest.raises(ValueError, match="no tangent kernel"):
                pair.evaluate(*at)
            at_symbols = dict(zip((q1, q2, c), map(sp.Rational, at), strict=True))
            found = [CONTEXT.mpf(str(sp.N(pair.sigma.subs(at_symbols), 60)))]
            assert_equal(found, [sigma], at)
        else:
            assert_equal(pair.evaluate(*at, digits=50), (sigma, dot), at)


OTHERS = [
    *(("power", {"n": n}, monomial(n)) for n in (1, 2, 4, 5)),
    *(("rectified_power", {"n": n}, rectified(n)) for n in (1, 3)),
    ("leaky_relu", {"alpha": -0.5}, leaky(CONTEXT.mpf(-0.5))),
    ("leaky_relu", {"alpha": 0}, rectified(1)),
    ("leaky_relu", {"alpha": 1}, monomial(1)),
]


@pytest.mark.parametrize(
    ("name", "parameters", "formulas"), OTHERS, ids=[f"{name} {given}" for name, given, _ in OTHERS]
)
def test_other_parameters_to_40_digits(name: str, parameters, formulas) -> None:
    pair = dual(name, **parameters)
    for at in COVARIANCES[:4]:
        assert_equal(pair.evaluate(*at, digits=50), formulas, at)


@pytest.mark.parametrize("n", [0, 1, 2, 4, 5, 8])
def test_hermite_polynomials_give_powers_of_the_correlation(n: int) -> None:
    if n == 0:
        with pytest.raises(ValueError, match="expected a function of z"):
            dual("hermite", n=0)
        return
    pair = dual("hermite", n=n)
    unit = {q1: 1, q2: 1}
    assert sp.expand(pair.sigma.subs(unit)) == c**n
    assert sp.expand(pair.sigma_dot.subs(unit)) == n * c ** (n - 1)


PIECES_AT = [
    (Fraction(5, 4), Fraction(3, 2), Fraction(3, 8)),
    (Fraction(9, 2), Fraction(3), Fraction(-7, 4)),
    (Fraction(1, 2), Fraction(8), Fraction(0)),
]


@pytest.mark.parametrize("name", CLASS_B, ids=identify)
def test_forms_with_thresholds_are_their_integrals_to_25_digits(name: str) -> None:
    for at in PIECES_AT:
        found = derived(name).evaluate(*map(float, at), digits=30)
        for value, expected in zip(found, expectations(*at)[name], strict=True):
            error = abs(CONTEXT.mpf(value) - CONTEXT.mpf(expected))
            assert error < CONTEXT.mpf(10) ** -25 * (1 + abs(expected)), at


def test_the_quadrature_knows_what_is_known() -> None:
    """Its own check: at c = 0 a product of means, which are one-dimensional integrals."""
    m = CONTEXT
    for name, (f, slope) in PIECEWISE.items():
        for g, found in zip((f, slope), expectations(*PIECES_AT[2])[name], strict=True):
            means = []
            for variance in PIECES_AT[2][:2]:
                s = m.sqrt(m.mpf(variance.numerator) / variance.denominator)
                knots = sorted({-14 * s, 14 * s, *map(m.mpf, (-3, -1, -0.5, 0, 0.5, 1, 3, 6))})
                with m.workdps(32):
                    mean = m.quad(lambda x, g=g, s=s: g(x) * m.exp(-((x / s) ** 2) / 2), knots)
                means.append(mean / (s * m.sqrt(2 * m.pi)))
            assert abs(means[0] * means[1] - m.mpf(found)) < m.mpf(10) ** -26
