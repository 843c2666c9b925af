"""From the gradient flow of the parameters to that of the function and of the cost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sympy import Expr, Function, Sum, Symbol

from ntksym.calculus.derivation import Derivation
from ntksym.calculus.functional.rules import ALONG, EXCHANGE, FLOW, NORM, TANGENT, chain
from ntksym.language.functions import (
    InputExpectation,
    Loss,
    N,
    P,
    f,
    here,
    i,
    inputs,
    j,
    p,
    targets,
)
from ntksym.language.parameters import Partial, Rate, TangentKernel, TangentNorm, Velocity

Form = Literal["data", "law"]
z, x, x2 = (Symbol(name, real=True) for name in ("z", "x", "x'"))
goal = Function("f^*")


@dataclass(frozen=True)
class Inputs:
    """A mean over inputs: over N examples, or over the law p."""

    form: Form

    def __post_init__(self) -> None:
        if self.form not in ("data", "law"):
            raise ValueError(f"form: expected 'data' or 'law', got {self.form!r}")

    def mean(self, of: Callable[[Expr, Expr], Expr], second: bool = False) -> Expr:
        """``of(input, target)``, with a second name for a second mean."""
        if self.form == "law":
            at = x2 if second else x
            return InputExpectation(of(at, goal(at)), at)
        k = j if second else i
        return Sum(of(inputs[k], targets[k]), (k, 1, N)) / N

    def twice(self, of: Callable[[Expr, Expr, Expr, Expr], Expr]) -> Expr:
        """Over two independent inputs."""
        if self.form == "law":
            return InputExpectation(InputExpectation(of(x, goal(x), x2, goal(x2)), x2), x)
        pair = of(inputs[i], targets[i], inputs[j], targets[j])
        return Sum(Sum(pair, (j, 1, N)), (i, 1, N)) / N**2

    @property
    def cost(self) -> Expr:
        return self.mean(lambda at, y: Loss(0, f(at), y))


def _d(at: Expr, y: Expr) -> Expr:
    return Loss(1, f(at), y)


def function_flow(form: Form) -> Derivation:
    r""":math:`\dot f(z)=-\mathbb E_x[\Theta(z,x)\,\ell'(f(x),y)]`."""
    over = Inputs(form)
    cost = over.cost
    along = Partial(f(z), p)
    return chain(
        "The function along the gradient flow of the parameters",
        Rate(f(z), cost),
        (ALONG, Sum(Velocity(p, cost) * along, (p, 1, P))),
        (FLOW, -Sum(along * Partial(cost, p), (p, 1, P))),
        (
            ALONG,
            -Sum(along * over.mean(lambda at, y: _d(at, y) * Partial(f(at), p)), (p, 1, P)),
        ),
        (
            EXCHANGE,
            -over.mean(lambda at, y: _d(at, y) * Sum(along * Partial(f(at), p), (p, 1, P))),
        ),
        (TANGENT, -over.mean(lambda at, y: TangentKernel(z, at) * _d(at, y))),
    )


def cost_flow(form: Form) -> Derivation:
    r""":math:`\dot C=-\|\delta C/\delta f\|_\Theta^2`, with the flow of the function as a lemma."""
    over = Inputs(form)
    cost = over.cost

    def inner(at: Expr) -> Expr:
        return over.mean(lambda other, y: TangentKernel(at, other) * _d(other, y), second=True)

    both = over.twice(lambda at, y, other, y2: _d(at, y) * TangentKernel(at, other) * _d(other, y2))
    return chain(
        "The cost along the gradient flow of the parameters",
        Rate(cost, cost),
        (ALONG, over.mean(lambda at, y: _d(at, y) * Rate(f(at), cost))),
        (FLOW, -over.mean(lambda at, y: _d(at, y) * inner(at)), (function_flow(form),)),
        (EXCHANGE, -both),
        *([(NORM, -TangentNorm(_d(here, goal(here))))] if form == "law" else []),
    )


def descent(form: Form) -> Derivation:
    r""":math:`\dot C=-\sum_p(\partial_pC)^2\le0`: why the norm is one, and no cost ever rises."""
    cost = Inputs(form).cost
    return chain(
        "The same in the parameters",
        Rate(cost, cost),
        (ALONG, Sum(Velocity(p, cost) * Partial(cost, p), (p, 1, P))),
        (FLOW, -Sum(Partial(cost, p) ** 2, (p, 1, P))),
    )
