r"""The linear model :math:`f=P^{-1/2}\sum_p\theta_pf^{(p)}` and its tangent kernel."""

from sympy import Expr, Sum, Symbol, sqrt

from ntksym.calculus.derivation import Derivation
from ntksym.calculus.functional.flow import goal
from ntksym.calculus.functional.rules import (
    ALGEBRA,
    ALONG,
    EXCHANGE,
    FLOW,
    INDEPENDENCE,
    chain,
)
from ntksym.language.functions import InputExpectation, Loss, P, p, theta
from ntksym.language.parameters import DrawExpectation, Partial, RandomFunction, Rate, Velocity

x, x2, z = (Symbol(name, real=True) for name in ("x", "x'", "z"))
q = Symbol("q", integer=True, positive=True)
F = RandomFunction


def model(at: Expr) -> Expr:
    r""":math:`P^{-1/2}\sum_p\theta_pf^{(p)}(x)`."""
    return Sum(theta[q] * F(q, at), (q, 1, P)) / sqrt(P)


def kernel(first: Expr, second: Expr) -> Expr:
    r""":math:`\tilde K=\frac1P\sum_pf^{(p)}\otimes f^{(p)}`."""
    return Sum(F(p, first) * F(p, second), (p, 1, P)) / P


def tangent_kernel() -> Derivation:
    """Its tangent kernel, which no parameter is left in: it stays while they move."""
    both = Sum(Partial(model(x), p) * Partial(model(x2), p), (p, 1, P))
    values = Sum((F(p, x) / sqrt(P)) * (F(p, x2) / sqrt(P)), (p, 1, P))
    return chain(
        "The tangent kernel of the linear model", both, (ALONG, values), (ALGEBRA, kernel(x, x2))
    )


def flow() -> Derivation:
    """The function under the gradient flow of a cost."""
    cost = InputExpectation(Loss(0, model(x), goal(x)), x)
    d = Loss(1, model(x), goal(x))
    mean = InputExpectation(d * F(p, x), x)
    return chain(
        "The function along the gradient flow of its parameters",
        Rate(model(z), cost),
        (ALONG, Sum(Velocity(p, cost) * F(p, z), (p, 1, P)) / sqrt(P)),
        (FLOW, -Sum(Partial(cost, p) * F(p, z), (p, 1, P)) / sqrt(P)),
        (ALONG, -Sum(mean * F(p, z), (p, 1, P)) / P),
        (EXCHANGE, -InputExpectation(d * kernel(z, x), x)),
    )


def mean() -> Derivation:
    """The expectation of the kernel."""
    each = DrawExpectation(F(p, x) * F(p, x2))
    return chain(
        "The mean of the tangent kernel over the random functions",
        DrawExpectation(kernel(x, x2)),
        (EXCHANGE, Sum(each, (p, 1, P)) / P),
        (INDEPENDENCE, DrawExpectation(F(1, x) * F(1, x2))),
    )


def variance() -> Derivation:
    """The mean square of its distance from its expectation: 1/P times that of one function."""
    product = F(1, x) * F(1, x2)
    average, square = DrawExpectation(product), DrawExpectation(product**2)
    off = P * square + P * (P - 1) * average**2
    return chain(
        "The variance of the tangent kernel",
        DrawExpectation((kernel(x, x2) - average) ** 2),
        (EXCHANGE, DrawExpectation(kernel(x, x2) ** 2) - average**2),
        (INDEPENDENCE, off / P**2 - average**2),
        (ALGEBRA, (square - average**2) / P),
    )
