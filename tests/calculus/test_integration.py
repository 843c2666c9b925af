"""Antiderivatives by reduction formulas, differentiated back."""

from hypothesis import given
from hypothesis import strategies as st
from sympy import Integral, Rational, Symbol, asin, diff, exp, log, pi, sqrt, symbols

from ntksym.calculus.rules import rules
from ntksym.calculus.rules.integration import antiderivative
from ntksym.check.symbolic.vanish import vanishes
from ntksym.evaluate import Balls, precision, record
from ntksym.language import q1, q2

t = Symbol("t", real=True)
d, k = symbols("D kappa", positive=True)
ODD = st.integers(-4, 3).map(lambda n: 2 * n + 1)
AT = {t: Rational(3, 7), d: Rational(13, 5), k: Rational(2, 3), q1: 2, q2: Rational(4, 3)}


def nearly_zero(expr) -> bool:
    """A rigorous ball of the value at a generic point is tiny and holds zero."""
    symbols_ = sorted(expr.free_symbols, key=str)
    with precision(200):
        numbers = Balls()
        values = [numbers.constant(Rational(AT[symbol])) for symbol in symbols_]
        (ball,) = record([expr], symbols_, numbers)(*values)
        return ball == 0 or (ball.contains(0) and ball.rad() < 1e-40)


@given(st.integers(0, 6), ODD)
def test_powers_of_a_radical(n: int, m: int) -> None:
    f = t**n * sqrt(d - k * t**2) ** m
    primitive = antiderivative(f, t)
    assert primitive is not None
    assert nearly_zero(diff(primitive, t) - f)


@given(st.integers(0, 4), st.sampled_from([-3, -1, 1, 3]))
def test_differentiated_back_symbolically(n: int, m: int) -> None:
    f = t**n * sqrt(q1 * q2 - t**2) ** m
    assert vanishes(diff(antiderivative(f, t), t) - f)


@given(st.integers(0, 6), st.sampled_from([1 / sqrt(q1 * q2), Rational(1, 2), sqrt(k / d)]))
def test_powers_times_an_arcsine(n: int, scale) -> None:
    f = t**n * asin(scale * t)
    primitive = antiderivative(f, t)
    assert primitive is not None
    assert nearly_zero(diff(primitive, t) - f)


@given(
    st.lists(
        st.tuples(st.fractions(-3, 3, max_denominator=5), st.integers(0, 4), st.integers(0, 2)),
        min_size=1,
        max_size=4,
    )
)
def test_sums(terms) -> None:
    kinds = [1, sqrt(q1 * q2 - t**2) ** -3, asin(t / sqrt(q1 * q2))]
    f = sum(Rational(r.numerator, r.denominator) * t**n * kinds[kind] for r, n, kind in terms)
    primitive = antiderivative(f, t) if f != 0 else 0
    assert primitive is not None
    assert nearly_zero(diff(primitive, t) - f)


def test_what_no_formula_reaches() -> None:
    for f in (
        exp(t),
        1 / t,
        sqrt(t),
        log(t),
        1 / (1 + t),
        sqrt(1 + t**2),
        sqrt(1 - t),
        asin(t) ** 2,
    ):
        assert antiderivative(f, t) is None
    assert antiderivative(asin(t + 1), t) is None
    assert antiderivative(sqrt(1 - t**2) + exp(t), t) is None


def test_what_does_not_depend_on_the_variable_is_a_constant() -> None:
    assert antiderivative(pi * sqrt(q1), t) == pi * sqrt(q1) * t


def test_definite_integrals_vanish_at_equal_limits() -> None:
    (rule,) = [rule for rule in rules() if rule.name == "integration in c"]
    for probe in rule.probes:
        ((s, lower, _),) = probe.limits
        rewrite = rule.rewrite(Integral(probe.function, (s, lower, lower)))
        assert rewrite is None or vanishes(rewrite.result)
