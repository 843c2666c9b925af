"""What the nodes mean, put in their place: definitions, and the named facts of the trusted base."""

from collections.abc import Callable

from sympy import Derivative, Dummy, Expr, Indexed, Subs, Sum

from ntksym.language.functions import InputExpectation, P, Variation, eps, f, here, theta
from ntksym.language.parameters import (
    Partial,
    Rate,
    TangentKernel,
    TangentNorm,
    Velocity,
)


def unfolded(node: Expr) -> Expr:
    """One definition deeper; the node itself where it is an atom, or not one of these."""
    how = _DEFINITIONS.get(type(node))
    return node if how is None else how(*node.args)


def _variation(expr: Expr) -> Expr:
    return expr.diff(eps).subs(eps, 0)


def _partial(expr: Expr, index: Expr) -> Expr:
    """The chain rule: f moves in the direction ∂_p f, and θ_p where it stands openly."""
    if expr.func == f:
        return Partial(expr, index)
    if any(index in {limit[0] for limit in node.limits} for node in expr.atoms(Sum)):
        raise ValueError(f"the index {index} of a derivative is bound inside: {expr}")
    step = Dummy("step", real=True)
    moved = expr.replace(
        lambda e: e.func == f and not isinstance(e, Partial),
        lambda e: e + step * Partial(e, index),
    )
    openly = expr.diff(theta[index]) if any(a.base == theta for a in expr.atoms(Indexed)) else 0
    return moved.diff(step).subs(step, 0) + openly


def _rate(expr: Expr, cost: Expr) -> Expr:
    """The chain rule along the flow."""
    index = Dummy("p", integer=True, positive=True)
    return Sum(Partial(expr, index) * Velocity(index, cost), (index, 1, P))


def _kernel(first: Expr, second: Expr) -> Expr:
    index = Dummy("p", integer=True, positive=True)
    return Sum(Partial(f(first), index) * Partial(f(second), index), (index, 1, P))


def _norm(element: Expr) -> Expr:
    first, second = Dummy("x", real=True), Dummy("x", real=True)
    form = element.subs(here, first) * TangentKernel(first, second) * element.subs(here, second)
    return InputExpectation(InputExpectation(form, second), first)


_DEFINITIONS: dict[type, Callable[..., Expr]] = {
    Variation: _variation,
    Partial: _partial,
    Velocity: lambda index, cost: -Partial(cost, index),
    Rate: _rate,
    TangentKernel: _kernel,
    TangentNorm: _norm,
    Subs: lambda *parts: Subs(*parts).doit(),
    Derivative: lambda expr, *by: Derivative(expr, *by).doit(),
}
