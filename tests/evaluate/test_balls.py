from fractions import Fraction

import flint
import pytest
from flint import arb, fmpq
from sympy import Rational, asin, pi, sqrt, symbols

from ntksym.evaluate import Balls, narrowed, precision, radicals, record, stable, width

x, y = symbols("x y", real=True)
positive = symbols("p", positive=True)


def bits_of(digits: int) -> int:
    return int(digits * 3.3220) + 1


def test_precision_is_restored() -> None:
    before = flint.ctx.prec
    with precision(777):
        assert flint.ctx.prec == 777
        with precision(99):
            assert flint.ctx.prec == 99
        assert flint.ctx.prec == 777
    assert flint.ctx.prec == before


def test_precision_is_restored_after_an_exception() -> None:
    before = flint.ctx.prec

    def broken(numbers: Balls):
        raise RuntimeError("on purpose")

    with pytest.raises(RuntimeError), precision(777):
        raise RuntimeError
    assert flint.ctx.prec == before
    with pytest.raises(RuntimeError, match="on purpose"):
        narrowed(broken, 200)
    assert flint.ctx.prec == before


@pytest.mark.parametrize("digits", [30, 300, 1000])
def test_a_narrowed_ball_is_right_and_narrow(digits: int) -> None:
    before = flint.ctx.prec
    (value,) = (narrowed(lambda n: (arb(2).sqrt() + n.constant(pi), arb(4)), bits_of(digits)),)
    assert flint.ctx.prec == before
    with precision(2 * bits_of(digits) + 64):
        truth = arb(2).sqrt() + arb.pi()
        assert value.overlaps(truth)
        assert value.rad() < value.mid() * arb(10) ** -digits


@pytest.mark.parametrize("lost", [20, 45, 90])
def test_cancellation_is_paid_with_precision(lost: int) -> None:
    def cancelling(numbers: Balls):
        tiny = arb(2) ** -lost
        return (1 + tiny).sqrt() - 1, arb(1)

    value = narrowed(cancelling, 100)
    assert value.rel_accuracy_bits() >= 100
    with precision(300):
        assert abs(value * arb(2) ** (lost + 1) - 1) < arb(2) ** -(lost - 3)


def test_a_value_that_may_be_zero_is_small_against_its_scale() -> None:
    value = narrowed(lambda n: (arb.pi().sin(), arb(1)), 100)
    assert value.contains(0)
    assert value.rad() <= arb(2) ** -100
    assert narrowed(lambda n: (arb(0), arb(1)), 100) == 0


@pytest.mark.parametrize("stuck", [arb(1, 0.5), arb.nan(), arb(0, 1)])
def test_a_ball_that_stays_wide_is_an_error(stuck: arb) -> None:
    with pytest.raises(ArithmeticError, match="50 bits were not reached"):
        narrowed(lambda n: (stuck, arb(1)), 50)


@pytest.mark.parametrize("bits", [1, 0, -5, 12.0, True, "many"])
def test_bits_must_be_an_integer_of_at_least_two(bits: object) -> None:
    with pytest.raises((TypeError, ValueError), match=r"bits: expected (an integer|at least 2)"):
        narrowed(lambda n: (arb(1), arb(1)), bits)


def test_numbers_are_taken_as_exact() -> None:
    with precision(200):
        assert Balls().exact(0.5) == arb(0.5)
        tenth = Balls().exact(0.1)
        assert tenth.overlaps(arb(fmpq(*Fraction(0.1).as_integer_ratio())))
        assert not tenth.overlaps(arb("0.1"))
        ball = arb(1, 0.5)
        assert Balls().exact(ball) is ball


def test_width_is_infinite_for_a_ball_that_says_nothing() -> None:
    assert width(arb(1, 0.5)) >= 0.5
    assert width(arb(3)) == 0
    assert width(arb.nan()) == float("inf")
    assert width(1 / arb(0, 1)) == float("inf")


ANGLES = [
    asin(x),
    asin(x / sqrt(1 + positive)),
    asin(2 * x / (sqrt(1 + 2 * positive) * 3)),
    asin(1 / (y - 3)),
    3 * asin(x) ** 2 + asin(x * positive / (1 + positive)),
    asin(x / sqrt(1 - y)),
]


@pytest.mark.parametrize("expr", ANGLES, ids=str)
@pytest.mark.parametrize("at", [(0.25, 0.5, 1.5), (-0.75, -0.5, 0.25), (0.5, 0.125, 40.0)])
def test_the_stable_form_is_the_same_function(expr, at) -> None:
    rewritten = stable(expr)
    assert not rewritten.has(asin)
    symbols_ = [x, y, positive]
    with precision(120):
        values = [Balls().exact(value) for value in at]
        before, after = record([expr, rewritten], symbols_, Balls())(*values)
        assert after.rad() < 1e-30
        assert before.overlaps(after)


@pytest.mark.parametrize("sine", [1, -1])
def test_the_stable_form_has_a_value_at_both_ends(sine: int) -> None:
    slightly_wide = arb(sine, 1e-18)
    (before,) = record([asin(x)], [x], Balls())(slightly_wide)
    (after,) = record([stable(asin(x))], [x], Balls())(slightly_wide)
    assert not before.is_finite()
    assert after.is_finite()
    assert after.overlaps(sine * arb.pi() / 2)
    assert width(after) < 1e-7


def test_radicals_in_either_direction() -> None:
    half = Rational(1, 2)
    expr = sqrt(x + 1) + 1 / sqrt(y) + x ** Rational(1, 3) + (x + y) ** Rational(-3, 2)
    assert radicals(expr) == {(x + 1) ** half, y**half, (x + y) ** Rational(3, 2)}
