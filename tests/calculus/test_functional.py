"""Functional derivatives and the ends of the chains of the articles."""

import pytest
from sympy import Function, Rational, Sum, Symbol, log

import ntksym
from ntksym.calculus.functional import flow, functional_derivative, least_squares
from ntksym.language.functions import (
    InnerProduct,
    InputExpectation,
    Loss,
    N,
    Outer,
    ReproducingKernel,
    f,
    here,
    i,
    inputs,
    targets,
    varphi,
)
from ntksym.language.parameters import TangentNorm

x = Symbol("x", real=True)
goal, K = Function("f^*"), ReproducingKernel
NORM = InnerProduct(f(here), f(here))
residual = f(inputs[i]) - targets[i]
SQUARES = Sum(residual**2, (i, 1, N)) / (2 * N)


@pytest.mark.parametrize(
    ("functional", "gradient"),
    [
        (f(x), K(x, here)),
        (NORM, 2 * f(here)),
        (Outer(0, NORM), 2 * Outer(1, NORM) * f(here)),
        (SQUARES, Sum(residual * K(inputs[i], here), (i, 1, N)) / N),
        (SQUARES + 3 * NORM, Sum(residual * K(inputs[i], here), (i, 1, N)) / N + 6 * f(here)),
        (log(2 + f(x) ** 2), 2 * f(x) * K(x, here) / (2 + f(x) ** 2)),
    ],
)
def test_the_gradient(functional, gradient) -> None:
    found = functional_derivative(functional)
    assert (found.gradient - gradient).expand() == 0
    assert found.derivation.rhs == InnerProduct(found.gradient, varphi(here))
    assert ntksym.check(found.derivation).verdict is ntksym.Verdict.PROVED


def test_the_space_decides() -> None:
    cost = InputExpectation(Loss(0, f(x), goal(x)), x)
    assert functional_derivative(cost, "L2").gradient == Loss(1, f(here), goal(here))
    there = functional_derivative(cost).gradient
    assert there == InputExpectation(Loss(1, f(x), goal(x)) * K(x, here), x)
    half = functional_derivative(InputExpectation((f(x) - goal(x)) ** 2, x) / 2, "L2")
    assert half.gradient == f(here) - goal(here)


def test_what_has_no_derivative_is_refused() -> None:
    with pytest.raises(ValueError, match=r"in L2\(p\) its derivative has no element"):
        functional_derivative(f(x), "L2")
    with pytest.raises(ValueError, match="functional: expected an expression in f, got 3"):
        functional_derivative(3)
    with pytest.raises(ValueError, match="space: expected 'rkhs' or 'L2', got 'H1'"):
        functional_derivative(f(x), "H1")
    with pytest.raises(ValueError, match="form: expected 'data' or 'law', got 'sum'"):
        flow.cost_flow("sum")


def test_the_ends_of_the_chains() -> None:
    law, data = flow.cost_flow("law"), flow.cost_flow("data")
    assert law.rhs == -TangentNorm(Loss(1, f(here), goal(here)))
    assert data.rhs.subs(N, 1).is_finite is not False
    assert [step.inner != () for step in law.steps] == [False, True, False, False]
    assert least_squares.cost().rhs.args[0] == Rational(1, 2)


def test_a_derivation_on_functions_is_a_document() -> None:
    derivation = functional_derivative(SQUARES).derivation
    report = ntksym.check(derivation)
    page = ntksym.to_latex(derivation, report)
    assert r"\left\langle" in page
    assert "Lemmas of the check" in page
    assert "sections of the kernel" in page
    assert "<math" in ntksym.to_html(derivation, report)
