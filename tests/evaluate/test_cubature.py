"""Rigorous integrals: the true value is inside, and the ball is narrow."""

import math

import flint
import pytest
from flint import acb, arb

from ntksym.evaluate import TABLE, precision, width
from ntksym.evaluate.integrals.cubature import integral


def interval(a: float, b: float) -> tuple[arb, arb]:
    return arb(a), arb(b)


KNOWN = {
    "polynomial": (lambda x: x**4 - x, [(-1, 2)], lambda: arb(33) / 5 - arb(3) / 2),
    "exponential": (lambda x: x.exp(), [(0, 3)], lambda: arb(3).exp() - 1),
    "far pole": (lambda x: 1 / (1 + x * x), [(-5, 5)], lambda: 2 * arb(5).atan()),
    "root near its cut": (lambda x: (x + arb("0.01")).sqrt(), [(0, 1)], None),
    "Gaussian on a quadrant": (
        lambda x, y: (-(x * x + y * y) / 2).exp() / (2 * arb.pi()),
        [(0, 8), (0, 8)],
        lambda: ((arb(8) / arb(2).sqrt()).erf() / 2) ** 2,
    ),
    "product": (lambda x, y: x * x * y, [(0, 1), (-1, 3)], lambda: arb(4) / 3),
    "not a product": (
        lambda x, y: (x * y).exp(),
        [(0, 1), (0, 1)],
        lambda: arb("1.3179021514544038948600088442492318379749012457927"),
    ),
    "three variables": (
        lambda x, y, z: (x + y).cos() * z * z,
        [(0, 1), (0, 1), (0, 3)],
        lambda: 9 * (2 * arb(1).cos() - 1 - arb(2).cos()),
    ),
    "erf": (
        lambda x: x.erf(),
        [(0, 2)],
        lambda: 2 * arb(2).erf() + ((-arb(4)).exp() - 1) / arb.pi().sqrt(),
    ),
}


@pytest.mark.parametrize("name", KNOWN)
def test_known_integrals(name: str) -> None:
    f, box, truth = KNOWN[name]
    if name == "root near its cut":
        f, truth = _guarded_root, lambda: (arb("1.01") ** 1.5 - arb("0.01") ** 1.5) * 2 / 3
    with precision(100):
        ball = integral(f, tuple(interval(*ends) for ends in box), 1e-12)
        assert ball.overlaps(truth())
    assert width(ball) < 3e-12


def _guarded_root(x: arb | acb) -> arb | acb:
    from ntksym.evaluate import SQRT

    return SQRT.ball(x + arb("0.01"))


@pytest.mark.parametrize("name", [n for n in KNOWN if n != "root near its cut"])
@pytest.mark.parametrize("tolerance", [1e-3, 1e-6, 1e-20])
def test_the_ball_holds_the_truth_at_every_tolerance(name: str, tolerance: float) -> None:
    f, box, truth = KNOWN[name]
    with precision(140):
        ball = integral(f, tuple(interval(*ends) for ends in box), tolerance, pieces=400)
        assert ball.overlaps(truth())
        assert width(ball) <= 3 * tolerance


def test_a_tolerance_missed_gives_a_wide_ball_never_a_wrong_one() -> None:
    def ragged(x: arb | acb) -> arb | acb:
        return (300 * x).sin() ** 2

    truth = (arb(1) - (arb(600)).sin() / 600) / 2
    ball = integral(ragged, (interval(0, 1),), 1e-12, pieces=10)
    assert width(ball) > 1e-6
    assert ball.overlaps(truth) or not ball.is_finite()
    better = integral(ragged, (interval(0, 1),), 1e-12)
    assert better.overlaps(truth)
    assert width(better) < 3e-12


def test_a_box_that_is_small_enough_is_not_left_out() -> None:
    ball = integral(lambda x: x * x, (interval(0, 1e-3),), 1e-6)
    assert ball.overlaps(arb(1e-9) / 3)
    assert not ball.overlaps(arb(1e-5))


def test_a_kink_gives_a_wide_ball() -> None:
    modulus = TABLE[__import__("sympy").Abs].ball
    ball = integral(lambda x: modulus(x - arb(1) / 3), (interval(0, 1),), 1e-12, pieces=40)
    assert ball.overlaps(arb(5) / 18)
    assert 1e-12 < width(ball) < 1e-2


def test_a_pole_gives_a_ball_that_says_nothing() -> None:
    ball = integral(lambda x: 1 / (x - arb(1) / 3), (interval(0, 1),), 1e-6, pieces=30)
    assert not ball.is_finite()


def test_limits_that_are_balls_are_covered() -> None:
    end = arb(1, 1e-9)
    ball = integral(lambda x: x * x, ((arb(0), end),), 1e-12)
    for upper in (1 - 1e-9, 1.0, 1 + 1e-9):
        assert ball.overlaps(arb(upper) ** 3 / 3)


def test_no_variables_is_a_value() -> None:
    assert integral(lambda: arb(7), (), 1e-9) == 7


def test_precision_is_untouched() -> None:
    before = flint.ctx.prec
    integral(lambda x: x, (interval(0, 1),), 1e-9)
    assert flint.ctx.prec == before
    assert math.isclose(float(integral(lambda x: x, (interval(0, 1),), 1e-9).mid()), 0.5)


@pytest.mark.parametrize("name", [n for n in KNOWN if n != "root near its cut"])
def test_the_error_bound_holds_against_the_midpoint(name: str) -> None:
    """The midpoint alone is off by no more than the radius claims, at a low number of nodes too."""
    f, box, truth = KNOWN[name]
    with precision(200):
        ball = integral(f, tuple(interval(*ends) for ends in box), 1e-2, pieces=200)
        assert abs(ball.mid() - truth()) <= ball.rad() + arb(2) ** -150
