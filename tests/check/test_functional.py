"""The two witnesses of lines on functions: both agree to what holds, neither to what does not."""

import pytest
from sympy import Function, Sum, Symbol, exp, log, sqrt

from ntksym import Claim, Derivation, Verdict, check
from ntksym.calculus.functional.rules import ALGEBRA, chain
from ntksym.check.functional import models, speaks_of_functions, witnesses
from ntksym.check.functional.facts import FACTS
from ntksym.check.functional.normal import is_zero
from ntksym.check.functional.values import value
from ntksym.language.functions import (
    InnerProduct,
    InputExpectation,
    Loss,
    N,
    Outer,
    P,
    ReproducingKernel,
    Variation,
    eps,
    f,
    here,
    i,
    inputs,
    p,
    targets,
    varphi,
)
from ntksym.language.parameters import (
    DrawExpectation,
    Eigenfunction,
    Eigenvalue,
    Partial,
    RandomFunction,
    Rate,
    TangentKernel,
    TangentNorm,
)

K, F, u = ReproducingKernel, RandomFunction, Eigenfunction
x, x2 = Symbol("x", real=True), Symbol("x'", real=True)
moved = f(here) + eps * varphi(here)
output, y = f(inputs[i]), targets[i]
step = eps * varphi(inputs[i])
goal = Function("f^*")
cost = InputExpectation(Loss(0, f(x), goal(x)), x)
d = Loss(1, f(x), goal(x))


@pytest.fixture(scope="module")
def worlds():
    return models()


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_what_is_trusted_holds_in_the_models(fact, worlds) -> None:
    assert fact.probes
    for probe in fact.probes:
        symbolic, model = witnesses(probe, probe.lhs, worlds)
        assert model.verdict is Verdict.AGREES, model.detail
        assert symbolic.verdict is Verdict.PROVED
        assert fact.name in symbolic.detail


def mean(body):
    return Sum(body, (i, 1, N)) / N


SQUARES = mean((output + step - y) ** 2) / 2
LOGISTIC = mean(log(1 + exp(-y * (output + step))))
RATE = InputExpectation(InputExpectation(d * TangentKernel(x, x2) * d.subs(x, x2), x2), x)
DRAWN = Sum(F(p, x) * F(p, x2), (p, 1, P)) / P
LINEAR = (
    (Variation(f(x) + eps * varphi(x)), InnerProduct(K(x, here), varphi(here)), 1),
    (Variation(InnerProduct(moved, moved)), InnerProduct(2 * f(here), varphi(here)), 1),
    (Variation(SQUARES), InnerProduct(mean((output - y) * K(inputs[i], here)), varphi(here)), 1),
    (Variation(LOGISTIC), -mean(y * varphi(inputs[i]) / (1 + exp(y * output))), 1),
    (Variation(Outer(0, f(x) + eps * varphi(x))), Outer(1, f(x)) * varphi(x), 1),
    (Rate(cost, cost), RATE, -1),
    (Rate(cost, cost), TangentNorm(Loss(1, f(here), goal(here))), -1),
    (DrawExpectation(DRAWN), DrawExpectation(F(1, x) * F(1, x2)), 1),
    (InputExpectation(K(x, x2) * u(1, x2), x2), Eigenvalue(1) * u(1, x), 1),
)


@pytest.mark.parametrize(("left", "right", "factor"), LINEAR)
def test_a_wrong_factor_is_refuted(left, right, factor, worlds) -> None:
    """The right factor is proved; a sign, a missing 2 and a missing 1/N are not."""
    symbolic, model = witnesses(Claim(left, factor * right), left, worlds)
    assert (symbolic.verdict, model.verdict) == (Verdict.PROVED, Verdict.AGREES), model.detail
    for wrong in (-factor, 2 * factor, factor / 2, factor * N, factor / sqrt(P + 1)):
        symbolic, model = witnesses(Claim(left, wrong * right), left, worlds)
        assert symbolic.verdict is Verdict.UNKNOWN
        assert model.verdict is Verdict.REFUTED, wrong


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (InnerProduct(f(here), K(x, here)), f(x2)),  # another point
        (InputExpectation(f(x) ** 2, x), InputExpectation(f(x), x) ** 2),
        (Sum(output * Sum(output, (i, 1, N)), (i, 1, N)), Sum(output**2, (i, 1, N))),
        (Partial(f(x) ** 2, p), 2 * Partial(f(x), p)),
        (Rate(f(x), cost), -InputExpectation(TangentKernel(x, x2) * d, x2)),
        (DrawExpectation(DRAWN**2), DrawExpectation(DRAWN) ** 2),
        (InputExpectation(u(1, x) ** 2, x), InputExpectation(u(1, x) * u(2, x), x)),
    ],
)
def test_what_is_false_is_refuted_and_not_proved(left, right, worlds) -> None:
    symbolic, model = witnesses(Claim(left, right), left, worlds)
    assert symbolic.verdict is Verdict.UNKNOWN
    assert model.verdict is Verdict.REFUTED


def test_an_exponent_of_two_is_two_independent_sums() -> None:
    one = Sum(output, (i, 1, N))
    assert is_zero(one**2 - Sum(output * one, (i, 1, N)))
    assert is_zero(Sum(y, (i, 1, N)) * 2 - Sum(2 * y, (i, 1, N)))
    assert is_zero(Sum(f(x), (i, 1, N)) - N * f(x))
    assert not is_zero(Sum(output, (i, 1, N)) - N * f(x))


def test_an_index_that_is_bound_inside_is_refused(worlds) -> None:
    inside = Partial(Sum(f(x) ** p, (p, 1, P)), p)
    symbolic, _ = witnesses(Claim(inside, inside), inside, worlds)
    assert symbolic.verdict is Verdict.PROVED  # their difference is 0 before it is read
    symbolic, _ = witnesses(Claim(inside, 2 * inside), inside, worlds)
    assert symbolic.verdict is Verdict.UNKNOWN
    assert "is bound inside" in symbolic.detail


@pytest.mark.parametrize("strange", [Function("psi")(x, x2), log(f(x) - 50)])
def test_what_has_no_number_is_unknown(strange, worlds) -> None:
    _, model = witnesses(Claim(strange, strange), strange, worlds)
    assert model.verdict is Verdict.UNKNOWN


def test_the_models_differ_and_their_differences_are_exact(worlds) -> None:
    first, second = worlds
    assert value(f(x), first) != value(f(x), second)
    assert value(Variation(exp(eps * 3)), first) == pytest.approx(3, abs=1e-12)
    norm = InnerProduct(f(here), f(here))
    assert value(norm, first) == pytest.approx(float(sum(first.network(first.parameters) ** 2)))


def test_check_gives_lines_on_functions_to_these_witnesses() -> None:
    good = chain("good", Variation(f(x) + eps * varphi(x)), (ALGEBRA, varphi(x)))
    bad = chain("bad", Variation(f(x) + eps * varphi(x)), (ALGEBRA, -varphi(x)))
    (line,) = check(good).lines
    assert [w.name for w in line.witnesses] == ["normal form", "model"]
    assert line.verdict is Verdict.PROVED
    assert check(bad).verdict is Verdict.REFUTED
    assert isinstance(good, Derivation)
    assert not speaks_of_functions(Claim(Symbol("q"), 1))
