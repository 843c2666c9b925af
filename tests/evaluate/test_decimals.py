from fractions import Fraction

import mpmath
import numpy as np
import pytest
from sympy import Rational, pi, sin, sqrt, symbols

from ntksym.evaluate import Decimals, converged, record

x = symbols("x", real=True)


def test_the_public_context_is_left_alone() -> None:
    before = mpmath.mp.dps, mpmath.mp.prec
    numbers = Decimals(77)
    record([sin(x) + pi], [x], numbers)(numbers.exact(1))
    converged(lambda n: (n.ctx.sqrt(2), n.ctx.mpf(1)), 60)
    assert (mpmath.mp.dps, mpmath.mp.prec) == before
    assert numbers.ctx is not mpmath.mp
    assert numbers.ctx.dps == 77
    assert Decimals(5).ctx.dps == 5
    assert numbers.ctx.dps == 77


def test_an_exception_leaves_the_public_context_alone() -> None:
    before = mpmath.mp.prec
    with pytest.raises(ArithmeticError, match="60 digits were not reached") as raised:
        converged(lambda n: (1 / n.ctx.mpf(0), n.ctx.mpf(1)), 60)
    assert isinstance(raised.value.__cause__, ZeroDivisionError)
    assert mpmath.mp.prec == before


def test_digits_that_cancel_to_nothing_are_asked_for_again() -> None:
    """The difference is 0 until there are 100 digits."""

    def over(numbers: Decimals) -> tuple[mpmath.mpf, int]:
        one, tiny = numbers.ctx.mpf(1), numbers.ctx.mpf(10) ** -100
        return tiny / ((one + tiny) - one), 1

    assert abs(converged(over, 20) - 1) < 1e-19


@pytest.mark.parametrize("value", [3, 0.1, Fraction(1, 3), np.float64(0.1), mpmath.mpf("0.25")])
def test_numbers_are_taken_as_exact(value: object) -> None:
    mine = Decimals(60).exact(value)
    truth = Fraction(value) if not isinstance(value, mpmath.mpf) else Fraction(1, 4)
    sign, mantissa, exponent, _ = mine._mpf_
    assert abs((-1) ** sign * mantissa * Fraction(2) ** exponent - truth) < Fraction(1, 10**58)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "two"])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises((ValueError, OverflowError)):
        Decimals(20).exact(value)


def test_constants() -> None:
    numbers = Decimals(50)
    assert numbers.constant(pi) == numbers.ctx.pi
    assert numbers.constant(Rational(-2, 3)) == numbers.ctx.mpf(-2) / 3


@pytest.mark.parametrize("digits", [1, 15, 30, 300, 1000])
def test_as_many_digits_as_asked_for(digits: int) -> None:
    value = converged(lambda n: (n.ctx.sqrt(2), n.ctx.mpf(2)), digits)
    with mpmath.workdps(digits + 20):
        assert abs(value - mpmath.sqrt(2)) <= mpmath.mpf(10) ** (-digits) * 2
    assert isinstance(value, mpmath.mpf)


def test_cancellation_costs_precision_not_digits() -> None:
    def cancelling(n: Decimals):
        tiny = n.ctx.mpf(10) ** -25
        return n.ctx.sqrt(1 + tiny) - 1, n.ctx.mpf(1)

    value = converged(cancelling, 30)
    with mpmath.workdps(140):
        truth = mpmath.sqrt(1 + mpmath.mpf(10) ** -25) - 1
        assert abs(value / truth - 1) < mpmath.mpf(10) ** -30


def test_what_cancels_beyond_twice_the_digits_is_right_against_its_scale() -> None:
    tiny = mpmath.mpf(10) ** -200
    value = converged(lambda n: (n.ctx.sqrt(1 + tiny) - 1, n.ctx.mpf(1)), 20)
    assert abs(value) < 1e-40


def test_an_exact_zero_is_zero() -> None:
    assert converged(lambda n: (n.ctx.zero, n.ctx.mpf(1)), 30) == 0

    def rounded(n: Decimals):
        return n.ctx.sin(n.ctx.pi), n.ctx.mpf(1)

    assert abs(converged(rounded, 20)) < 1e-20


def test_slow_convergence_is_waited_for() -> None:
    value = converged(lambda n: (1 + n.ctx.mpf(10) ** (-n.ctx.dps // 4), n.ctx.mpf(1)), 30)
    with mpmath.workdps(50):
        assert abs(value - 1) < mpmath.mpf(10) ** -30


def test_what_never_settles_is_an_error() -> None:
    def restless(n: Decimals):
        return n.ctx.mpf(n.ctx.dps), n.ctx.mpf(1)

    with pytest.raises(ArithmeticError, match="7 digits were not reached"):
        converged(restless, 7)
    with pytest.raises(ArithmeticError):
        converged(lambda n: (n.ctx.nan, n.ctx.mpf(1)), 7)


@pytest.mark.parametrize("digits", [0, -3, 2.5, True, "ten", None])
def test_digits_must_be_a_positive_integer(digits: object) -> None:
    with pytest.raises((TypeError, ValueError), match=r"digits: expected (an integer|at least 1)"):
        converged(lambda n: (n.ctx.mpf(1), n.ctx.mpf(1)), digits)


def test_a_root_whose_radicand_cancels() -> None:
    numbers = Decimals(30)
    (value,) = record([sqrt(x**2 - 1)], [x], numbers)(numbers.exact(1))
    assert value == 0
