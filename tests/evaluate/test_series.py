"""E[f(u)f(v)] and E[f'(u)f'(v)]: against quadrature, closed forms, and a second route."""

from fractions import Fraction
from typing import Any

import flint
import pytest
from flint import arb
from sympy import DiracDelta, Expr, Heaviside, Max, Piecewise, cosh, exp, log, sqrt, tan

from ntksym.evaluate import precision, width
from ntksym.evaluate.integrals import series_dual, series_pair
from ntksym.evaluate.integrals.mehler import Mehler, Problem
from ntksym.evaluate.integrals.pieces import derivative
from ntksym.evaluate.integrals.series import _smoothed
from tests.evaluate.functions import CTX, FUNCTIONS, kinked, smooth, x

Law = tuple[Any, Any, Any]
HALF = Fraction(1, 2)
ORACLES = [
    ("tanh", smooth, lambda t: CTX.tanh(t), (1, 1, HALF)),
    ("softplus", smooth, lambda t: CTX.log(1 + CTX.exp(t)), (HALF, 1, Fraction(-3, 5))),
    ("softsign", kinked, lambda t: t / (1 + abs(t)), (1, 2, Fraction(-4, 5))),
]


def ball_of(number: Any) -> arb:
    return arb(CTX.nstr(number, 34)) + arb(0, 1e-25)


@pytest.mark.parametrize(("name", "oracle", "f", "law"), ORACLES, ids=lambda x: str(x)[:12])
def test_quadrature_agrees_to_25_digits(name: str, oracle: Any, f: Any, law: Law) -> None:
    q1, q2, rho = law
    with precision(400):
        root = arb(float(q1)).sqrt() * arb(float(q2)).sqrt()
        c = root * arb(rho.numerator) / rho.denominator
    ball = series_pair(FUNCTIONS[name], x, q1, q2, c, 1e-40)
    assert width(ball) < 1e-38
    with precision(160):
        rho_there = CTX.mpf(rho.numerator) / rho.denominator
        truth = oracle(f, CTX.mpf(float(q1)), CTX.mpf(float(q2)), rho_there)
        assert ball.overlaps(ball_of(truth))


def closed(name: str, a: arb, b: arb, c: arb) -> tuple[arb, arb]:
    """Cho and Saul 2009, Williams 1997, and the exponentials of sin."""
    pi, root = arb.pi(), (a * b - c * c).sqrt()
    if name == "relu":
        angle = arb.atan2(root, c)
        return (root + (pi - angle) * c) / (2 * pi), (pi - angle) / (2 * pi)
    if name == "erf":
        p = (1 + 2 * a) * (1 + 2 * b)
        return 2 / pi * (2 * c / p.sqrt()).asin(), 4 / (pi * (p - 4 * c * c).sqrt())
    size = (-(a + b) / 2).exp()
    return size * c.sinh(), size * c.cosh()


LAWS: list[Law] = [
    (1, 1, Fraction(9, 10)), (1, 1, 0), (HALF, 3, Fraction(-11, 10)), (0.1, 0.3, 0.05),
    (2, 2, Fraction(199, 100)), (1, 2, Fraction(-139, 100)),
]  # fmt: skip


@pytest.mark.parametrize("name", ["relu", "erf", "sin"])
@pytest.mark.parametrize("law", LAWS, ids=str)
@pytest.mark.parametrize("tolerance", [1e-6, 1e-30])
def test_closed_forms(name: str, law: Law, tolerance: float) -> None:
    """Both routes: from 0.98 on relu is beyond the reach of the series at 30 digits."""
    before = flint.ctx.prec
    found = series_dual(FUNCTIONS[name], x, *law, tolerance)
    assert flint.ctx.prec == before
    with precision(200):
        numbers = [arb(flint.fmpq(*Fraction(t).as_integer_ratio())) for t in law]
        for ball, truth in zip(found, closed(name, *numbers), strict=True):
            assert ball.overlaps(truth)
            assert width(ball) <= tolerance


@pytest.mark.parametrize("name", FUNCTIONS)
def test_more_digits_lie_inside_fewer(name: str) -> None:
    law = (Fraction(3, 4), Fraction(3, 2), Fraction(1, 2))
    coarse = series_dual(FUNCTIONS[name], x, *law, 1e-20)
    fine = series_dual(FUNCTIONS[name], x, *law, 1e-60)
    for a, b in zip(coarse, fine, strict=True):
        assert width(b) <= 1e-60
        assert 1e-50 < width(a) <= 1e-20 or a.is_exact() or a.contains(b)
        assert a.contains(b)


@pytest.mark.parametrize("name", ["mish", "softsign", "hard tanh", "silu"])
@pytest.mark.parametrize("c", [Fraction(17, 10), Fraction(-17, 10)], ids=str)
def test_the_two_routes_agree(name: str, c: Fraction) -> None:
    """Mehler's series, and the sum over what u and v share, have only panels in common."""
    f, law = FUNCTIONS[name], (Fraction(3, 2), Fraction(5, 2), c)
    for g, which in ((f, 0), (derivative(f, x), 1)):
        other = _smoothed(Problem.of((g,), x, *law), g, 1e-30)
        ball = Mehler(Problem.of((f, derivative(f, x)), x, *law), 1e-28, None).sums(720, 1e-32)
        assert other.overlaps(ball[which])
        assert width(other) < 1e-29
        assert width(ball[which]) < 1e-28


@pytest.mark.parametrize("name", ["tanh", "softsign"])
def test_the_slope_is_the_slope_of_the_value(name: str) -> None:
    """Price: the difference quotient in c, symmetric, errs by O(h^2)."""
    f, step = FUNCTIONS[name], Fraction(1, 10**8)
    up, down = (series_pair(f, x, 1, 2, HALF + s * step, 1e-40) for s in (1, -1))
    _, slope = series_dual(f, x, 1, 2, HALF, 1e-40)
    with precision(200):
        assert abs((up - down) / (2 * arb(10) ** -8) - slope) < 1e-14


@pytest.mark.parametrize("turn", [1, -1])
def test_aligned_variables(turn: int) -> None:
    relu, tolerance = FUNCTIONS["relu"], 1e-40
    value, slope = series_dual(relu, x, 1, 4, 2 * turn, tolerance)
    assert value.overlaps(arb(turn == 1))
    assert slope.overlaps(arb(turn == 1) / 2)
    exact = series_pair(exp(x), x, 1, Fraction(9, 4), Fraction(3, 2) * turn, tolerance)
    with precision(200):
        assert exact.overlaps(((1 + 1.5 * arb(turn)) ** 2 / 2).exp())
        same = arb(1.5)
        assert series_pair(relu, x, same, same, same, 1e-30).overlaps(arb(0.75))
    assert max(map(width, (value, slope, exact))) <= tolerance


def test_a_variance_of_zero_is_a_point_mass() -> None:
    f, tolerance = log(1 + exp(x)), 1e-35
    value, slope = series_dual(f, x, 0, 2, 0, tolerance)
    mean = series_pair(f, x, 1, 2, 0, tolerance)
    with precision(200):
        assert (value / arb(2).log()).overlaps(mean / series_pair_mean(f, 1, tolerance))
        assert slope.overlaps(arb(1) / 4)
        both = series_pair(f, x, 0, 0, 0, tolerance)
        assert both.overlaps(arb(2).log() ** 2)
    assert max(map(width, (value, slope, both))) <= tolerance


def series_pair_mean(f: Expr, q: int, tolerance: float) -> arb:
    """E[f(u)] >= 0 as the root of E[f(u)f(v)] at c = 0."""
    return series_pair(f, x, q, q, 0, tolerance).sqrt()


def test_balls_in_balls_out() -> None:
    """The answer holds the answers at the numbers in the balls, and is not wider than need be."""
    f = FUNCTIONS["mish"]
    ball = series_pair(f, x, arb(1, 1e-12), arb(2, 1e-12), arb(0.5, 1e-12), 1e-30)
    assert 1e-13 < width(ball) < 1e-10
    for s in (-1, 1):
        corner = [Fraction(t) + s * Fraction(9, 10**13) for t in (1, 2, 0.5)]
        assert ball.contains(series_pair(f, x, *corner, 1e-30))


def test_near_one_a_kink_is_no_obstacle_until_it_is() -> None:
    softsign, orders = FUNCTIONS["softsign"], []
    c = 1 - Fraction(1, 400)
    ball = series_pair(softsign, x, 1, 1, c, 1e-20)
    assert width(ball) <= 1e-20
    with precision(100):
        gap = series_pair(softsign, x, 1, 1, 1, 1e-20) - ball
        slope = series_dual(softsign, x, 1, 1, 1, 1e-20)[1]
        assert abs(gap * 400 - slope) < 1e-3
    with pytest.raises(ArithmeticError, match=r"order 3000 .* leaves .*e-.*too near 1"):
        series_pair(softsign, x, 1, 1, 1 - Fraction(1, 10**9), 1e-15, lambda *at: orders.append(at))
    assert orders[-1][0] == 3000
    assert [k for k, _ in orders] == sorted(k for k, _ in orders)
    assert orders[0][1] > orders[-1][1] > 1e-15


def test_near_one_a_smooth_function_has_a_short_series() -> None:
    seen: list[int] = []
    c = 1 - Fraction(1, 10**12)
    ball = series_pair(FUNCTIONS["tanh"], x, 1, 1, c, 1e-25, lambda k, _: seen.append(k))
    assert max(seen) < 600
    assert width(ball) <= 1e-25


REFUSED = [
    (tan(x), (1, 1, HALF), "no bound of growth"),
    (exp(x**2), (1, 1, HALF), "no bound of growth"),
    (Heaviside(x), (1, 1, HALF), "not seen to be continuous"),
    (Piecewise((0, x < 1), (x, True)), (1, 1, HALF), "not seen to be continuous"),
    (Max(0, x), (0, 1, 0), "no value at x = 0"),
    (Max(0, x**3 - x - 3), (1, 1, HALF), "not at fixed values"),
    (x, (-1, 1, 0), "q1: expected a variance"),
    (x, (1, -1, 0), "q2: expected a variance"),
    (x, (1, 1, 1.5), r"c: expected c\*\*2 <= q1\*q2"),
]


@pytest.mark.parametrize(("f", "law", "message"), REFUSED, ids=str)
def test_what_is_refused(f: Expr, law: Law, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        series_dual(f, x, *law, 1e-10)


@pytest.mark.parametrize("tolerance", [0, -1.0, 2, 1e-300])
def test_a_tolerance_that_is_none(tolerance: float) -> None:
    with pytest.raises(ValueError, match="tolerance: expected"):
        series_pair(x, x, 1, 1, 0, tolerance)


def test_a_jump_has_a_value_but_no_slope() -> None:
    """Sheppard: P(u > 0, v > 0) = 1/4 + arcsin(rho) / 2 pi."""
    ball = series_pair(Heaviside(x), x, 1, 1, HALF, 1e-25)
    with precision(120):
        assert ball.overlaps(arb(1) / 3)
    assert width(ball) <= 1e-25


@pytest.mark.parametrize(
    "f",
    [Piecewise((exp(x) - 1, x < 0), (x, True)), Max(-1, x, x**3 / x**2 - 1), sqrt(1 + x**2),
     x * Heaviside(x), Max(0, x) ** 2, cosh(x)],
    ids=str,
)  # fmt: skip
def test_the_derivative_between_and_at_knots(f: Expr) -> None:
    slope = derivative(f, x)
    for at in (-2.3, -0.7, 0.4, 1.9):
        step = 1e-6
        quotient = (f.subs(x, at + step) - f.subs(x, at - step)) / (2 * step)
        assert float(slope.subs(x, at)) == pytest.approx(float(quotient), abs=1e-8)
    assert not slope.has(DiracDelta)
