"""Both witnesses know the bivariate normal distribution function."""

import numpy as np
import pytest
from sympy import Expr, Heaviside, Integral, Rational, Symbol, pi, sqrt

from ntksym.check import Verdict
from ntksym.check.floats import bivariate_normal
from ntksym.evaluate import scalar
from ntksym.language import BivariateNormalCDF, Claim, GaussianExpectation, c, q1, q2, u, v
from tests.check.support import by_balls, by_quadrature

A, B = Rational(1, 2), -Rational(1, 3)
RIGHT = BivariateNormalCDF(-A / sqrt(q1), -B / sqrt(q2), c / sqrt(q1 * q2))
QUADRANT = GaussianExpectation(Heaviside(u - A) * Heaviside(v - B), q1, q2, c)
t = Symbol("t", real=True)
SLOPE = BivariateNormalCDF(A, B, t).diff(t)
GROWN = Integral(SLOPE, (t, 0, Rational(1, 2)))


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        (QUADRANT, RIGHT),
        (GROWN, BivariateNormalCDF(A, B, Rational(1, 2)) - BivariateNormalCDF(A, B, 0)),
    ],
)
def test_both_witnesses_agree(lhs: Expr, rhs: Expr) -> None:
    assert by_quadrature(Claim(lhs, rhs)).verdict is Verdict.AGREES
    assert by_balls(Claim(lhs, rhs)).verdict is Verdict.ENCLOSED
    wrong = Claim(lhs, rhs + Rational(1, 1000) / pi)
    assert by_quadrature(wrong).verdict is Verdict.REFUTED
    assert by_balls(wrong).verdict is Verdict.REFUTED


def test_the_value_of_the_quadrature_is_that_of_the_table() -> None:
    limits = np.array([-40, -12, -4.7, -1, -0.1, -1e-9, 0, 1e-9, 0.3, 1, 2.3, 7, 40])
    near = np.array([1, 1 - 1e-16, 1 - 1e-12, 1 - 1e-6, 0.8, 0.3, 0])
    grid = np.meshgrid(limits, limits, np.concatenate([near, -near]))
    values = [x.ravel() for x in grid]
    table = np.vectorize(scalar.bivariate_normal)(*values)
    np.testing.assert_allclose(bivariate_normal(*values), table, rtol=0, atol=1e-15)
