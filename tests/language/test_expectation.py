import pickle

import pytest
from sympy import Derivative, Integral, Rational, Symbol, diff, erf, exp, latex, oo, simplify

from ntksym.language import GaussianExpectation, c, expectations, inert, q, q1, q2, u, v

a = Symbol("a", real=True)
PAIR = GaussianExpectation(erf(a * u) * erf(v), q1, q2, c)
SINGLE = GaussianExpectation(exp(u), q)


def test_it_never_evaluates_itself() -> None:
    constant = GaussianExpectation(3, q)
    assert isinstance(constant, GaussianExpectation)
    assert isinstance(constant.doit(), GaussianExpectation)
    assert isinstance(simplify(SINGLE), GaussianExpectation)
    assert isinstance(GaussianExpectation(u * v, q1, q2, 0), GaussianExpectation)


def test_free_symbols_are_those_of_the_law_and_the_parameters() -> None:
    assert PAIR.free_symbols == {a, q1, q2, c}
    assert SINGLE.free_symbols == {q}
    assert SINGLE.bound_symbols == [u]
    assert PAIR.bound_symbols == [u, v]


def test_substitution_reaches_the_law_and_the_parameters() -> None:
    assert PAIR.subs(c, 0) == GaussianExpectation(erf(a * u) * erf(v), q1, q2, 0)
    assert PAIR.subs(a, 2).integrand == erf(2 * u) * erf(v)
    assert PAIR.under(1, 1, c).law == (1, 1, c)
    assert PAIR.of(u) == GaussianExpectation(u, q1, q2, c)


@pytest.mark.parametrize("old", [u, v, u**2, u * v, exp(u), erf(v)])
def test_substitution_leaves_bound_variables_alone(old: object) -> None:
    node = GaussianExpectation(u**2 * v * exp(u) * erf(v), q1, q2, c)
    assert node.subs(old, 5) == node
    assert (u + node).subs(u, 5) == 5 + node


def test_a_derivative_stays_a_derivative() -> None:
    by_c = diff(PAIR, c)
    assert isinstance(by_c, Derivative)
    assert by_c.expr == PAIR
    assert diff(c**2 * PAIR, c) == 2 * c * PAIR + c**2 * by_c
    assert diff(PAIR, u) == 0


def test_equality_and_hash_are_structural() -> None:
    again = GaussianExpectation(erf(v) * erf(a * u), q1, q2, c)
    assert again == PAIR
    assert hash(again) == hash(PAIR)
    assert PAIR.subs(c, 0) != PAIR
    assert 2 * PAIR - again == PAIR


def test_pickling_gives_an_equal_object() -> None:
    assert pickle.loads(pickle.dumps(PAIR)) == PAIR
    assert pickle.loads(pickle.dumps(1 / 2 + SINGLE)) == 1 / 2 + SINGLE


@pytest.mark.parametrize("law", [(), (q1, q2), (q1, q2, c, c)])
def test_a_law_of_another_length_is_refused(law: tuple[object, ...]) -> None:
    with pytest.raises(TypeError, match=f"law: expected q, or q1, q2, c; got {len(law)} entries"):
        GaussianExpectation(u, *law)


def test_it_is_found_under_an_integral_once() -> None:
    expr = PAIR + Integral(c * SINGLE, (c, 0, 1)) + PAIR**2
    assert set(expectations(expr)) == {PAIR, SINGLE}
    assert len(list(expectations(expr))) == 2
    assert inert(expr)
    assert inert(Integral(c, (c, 0, oo)))
    assert not inert(c**2 + Rational(1, 2))


def test_the_variances_are_shown_where_they_are_not_the_usual_ones() -> None:
    assert latex(GaussianExpectation(u * v, q1, q2, c)) == r"\mathbb{E}_{c}\left[u v\right]"
    assert latex(GaussianExpectation(u, q)) == r"\mathbb{E}_{q}\left[u\right]"
    assert latex(GaussianExpectation(u * v, 1, q2, c)) == r"\mathbb{E}_{1,q_{2},c}\left[u v\right]"
    assert str(SINGLE) == "E[exp(u); q]"
