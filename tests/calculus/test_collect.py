"""The collected form: the same value, written the short way, and the same when done twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Add, Mul, Rational, asin, erf, exp, pi, sqrt, symbols

from ntksym.calculus.collect import collected
from ntksym.check.symbolic.vanish import vanishes
from ntksym.evaluate import Balls, precision, record
from ntksym.language import c, q1, q2

R = Rational
ROOT = sqrt(q1 * q2 - c**2)
AT = {q1: R(5, 4), q2: R(7, 3), c: R(-2, 5)}
PARTS = [
    c, q1, 1 / q2, sqrt(q1), 1 / sqrt(q2), ROOT, 1 / ROOT**3, sqrt(1 - c**2 / (q1 * q2)),
    asin(c / sqrt(q1 * q2)), asin(c / (sqrt(q1) * sqrt(q2))), exp(-q1 / 2), exp(c - q2 / 2),
    sqrt((q1 * (c - q2) ** 2).expand()), 1 / (1 + q1), (1 + q1) * (c - q2), erf(sqrt(q1 / 2)),
    1 / (sqrt(q1) + c), 1 / pi,
]  # fmt: skip
sums = st.lists(
    st.tuples(st.integers(-4, 4), st.lists(st.sampled_from(PARTS), max_size=4)), max_size=4
).map(lambda terms: Add(*(k * Mul(*parts) for k, parts in terms)))


def ball(expr):
    with precision(200):
        numbers = Balls()
        (value,) = record([expr], list(AT), numbers)(*map(numbers.constant, AT.values()))
        return value


@given(sums)
@settings(max_examples=60)
def test_the_value_stays(expr) -> None:
    difference = ball(collected(expr) - expr)
    assert difference.contains(0)
    assert difference.rad() < 1e-40


SHORT = {
    sqrt(1 - c**2 / (q1 * q2)) * sqrt(q1) * sqrt(q2): ROOT,
    ROOT / 2 + sqrt(q1 * q2) * sqrt(1 - c**2 / (q1 * q2)) / 2: ROOT,
    asin(c / sqrt(q1 * q2)) - asin(c / (sqrt(q1) * sqrt(q2))): 0 * c,
    exp(c) * exp(-q1 / 2) * exp(-c / 2): exp(c / 2 - q1 / 2),
    q1 / ROOT - c**2 / (q2 * ROOT): ROOT / q2,
    (q1 + 1) ** 2 / 3 - (q1 - 1) ** 2 / 3: R(4, 3) * q1,
    c**2 / (c + q1) - q1**2 / (c + q1): c - q1,
}


@pytest.mark.parametrize("expr", SHORT, ids=str)
def test_the_short_form(expr) -> None:
    assert collected(expr) == SHORT[expr]


@pytest.mark.parametrize("expr", SHORT, ids=str)
def test_a_collected_form_stays_as_it_is(expr) -> None:
    once = collected(expr)
    assert collected(once) == once


def test_a_denominator_stays_factored() -> None:
    x, y = symbols("x y", positive=True)
    expr = (x + 1) * (y + 2) / (pi * x * (x + y) * sqrt(1 + x * y))
    result = collected(expr)
    assert vanishes(result - expr)
    for term in Add.make_args(result):
        assert term.has((x + y) ** -1)
        assert term.has((1 + x * y) ** R(-1, 2))
