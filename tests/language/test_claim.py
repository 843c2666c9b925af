import dataclasses

import pytest
from sympy import Eq, Integer, S, Symbol

from ntksym.language import Claim, c, q1, q2, running

x = Symbol("x")


def test_both_sides_stay_apart_where_an_equation_would_collapse() -> None:
    claim = Claim(x + x, 2 * x)
    assert Eq(claim.lhs, claim.rhs) == S.true
    assert (claim.lhs, claim.rhs, claim.where) == (2 * x, 2 * x, ())


def test_plain_numbers_become_expressions() -> None:
    claim = Claim(1, 1, (c**2 < q1 * q2,))
    assert isinstance(claim.lhs, Integer)
    assert isinstance(claim.rhs, Integer)
    assert claim.where == (c**2 < q1 * q2,)


def test_a_claim_is_frozen_and_compares_by_value() -> None:
    claim = Claim(x, x**2)
    assert claim == Claim(x, x**2)
    assert claim != Claim(x**2, x)
    with pytest.raises(dataclasses.FrozenInstanceError):
        claim.lhs = x  # type: ignore[misc]


def test_the_running_variable_is_one_that_the_limit_does_not_use() -> None:
    t = running(c)
    s = running(t)
    third = running(s * t)
    assert [str(name) for name in (t, s, third)] == ["t", "s", "t_1"]
    assert running(t * s * third) not in {t, s, third}
    assert running(q1 * q2) == t
    assert t.is_real
