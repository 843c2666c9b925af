"""Parallel and opposite points of activations with thresholds, where the forms of their duals are
0/0: against the integral over the line."""

from fractions import Fraction

import mpmath
import pytest
from mpmath import mp

from ntksym import ntk

X = [Fraction(1), Fraction(2), Fraction(-1, 2)]


def expected(f, s: float, t: float, knots: list[float]) -> mpmath.mpf:
    """E[f(s Z) f(t Z)]."""
    at = sorted({*(k / abs(w) * e for k in knots for w in (s, t) for e in (-1, 1)), 0, -12, 12})
    return mpmath.quad(
        lambda x: f(s * x) * f(t * x) * mpmath.npdf(x), [a for a in at if abs(a) <= 12]
    )


SIGMA = {
    "hard_tanh": (lambda x: max(-1, min(1, x)), lambda x: abs(x) < 1, [1]),
    "elu": (lambda x: x if x > 0 else mpmath.expm1(x), lambda x: min(1, mpmath.exp(x)), [0]),
}


@pytest.mark.parametrize("factor", [Fraction(-1), Fraction(2)])
@pytest.mark.parametrize("name", SIGMA)
def test_two_layers(name: str, factor: Fraction) -> None:
    kernel, (value, slope, knots) = ntk(name, depth=2), SIGMA[name]
    y, s = [factor * x for x in X], mp.sqrt(mpmath.mpf(21) / 12)
    t = s * mpmath.mpf(factor.numerator) / factor.denominator
    by_quadrature = expected(value, s, t, knots) + s * t * expected(slope, s, t, knots)
    ball = kernel.enclose(X, y, 40)
    assert abs(float(ball.mid()) - float(by_quadrature)) < 1e-10 * float(s * abs(t))
    assert float(kernel.evaluate(X, y, 10)) == pytest.approx(float(ball.mid()), rel=1e-9)


def test_three_layers_of_opposite_points() -> None:
    """An odd function takes opposite points to opposite points."""
    kernel, minus = ntk("hard_tanh", depth=3), [-x for x in X]
    value, opposite = kernel.enclose(X, X, 30), kernel.enclose(X, minus, 30)
    assert (value + opposite).contains(0)
    assert float(opposite.rad()) < 1e-8
