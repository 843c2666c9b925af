r"""Least squares with a constant kernel: :math:`f_t=f^*+e^{-t\Pi}(f_0-f^*)` by eigenfunctions."""

from sympy import Derivative, Expr, Rational, Subs, Sum, Symbol, exp

from ntksym.calculus.derivation import Derivation
from ntksym.calculus.functional.flow import goal, x, x2
from ntksym.calculus.functional.rules import (
    ALGEBRA,
    DIFFERENTIATION,
    EIGEN,
    EXCHANGE,
    Line,
    chain,
)
from ntksym.language.functions import Data, InputExpectation, M, ReproducingKernel, i
from ntksym.language.parameters import Eigenfunction, Eigenvalue

t = Symbol("t", positive=True)
c = Data("c")
u, rate, K = Eigenfunction, Eigenvalue(i), ReproducingKernel


def difference(at: Expr) -> Expr:
    r""":math:`e^{-t\Pi}(f_0-f^*)` for :math:`f_0-f^*=\sum_ic_iu_i`."""
    return Sum(c[i] * exp(-rate * t) * u(i, at), (i, 1, M))


def solution(at: Expr) -> Expr:
    """f_t."""
    return goal(at) + difference(at)


def equation() -> Derivation:
    r"""That it solves :math:`\dot f_t=-\Pi(f_t-f^*)`, the flow of half the mean square."""
    decay = c[i] * exp(-rate * t)
    operator = InputExpectation(K(x, x2) * u(i, x2), x2)
    lines: tuple[Line, ...] = (
        (DIFFERENTIATION, -Sum(decay * rate * u(i, x), (i, 1, M))),
        (EIGEN, -Sum(decay * operator, (i, 1, M))),
        (EXCHANGE, -InputExpectation(K(x, x2) * difference(x2), x2)),
    )
    return chain("The differential equation", Derivative(solution(x), t), *lines)


def start() -> Derivation:
    """At t = 0 it is f_0."""
    at_zero = goal(x) + Sum(c[i] * u(i, x), (i, 1, M))
    return chain("The initial value", Subs(solution(x), t, 0), (ALGEBRA, at_zero))


def component() -> Derivation:
    """Each component decays by itself."""
    k = Symbol("k", integer=True, positive=True)
    part = InputExpectation(u(k, x) * difference(x), x)
    overlap = InputExpectation(u(k, x) * u(i, x), x)
    return chain(
        "One component",
        part,
        (EXCHANGE, Sum(c[i] * exp(-rate * t) * overlap, (i, 1, M))),
        (EIGEN, c[k] * exp(-Eigenvalue(k) * t), (r"$1\le k\le M$",)),
    )


def cost() -> Derivation:
    """The cost, a sum of components."""
    half = Rational(1, 2)
    mean = InputExpectation((solution(x) - goal(x)) ** 2, x)
    return chain(
        "The cost",
        half * mean,
        (EIGEN, half * Sum(c[i] ** 2 * exp(-2 * rate * t), (i, 1, M))),
    )
