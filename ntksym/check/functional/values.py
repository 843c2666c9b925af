"""Numbers for claims on functions, by definitions alone: derivatives are differences.

Nothing is shared with the normal form: no chain rule, no reproducing property, no linearity.
"""

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
from sympy import Derivative, Expr, Subs, Sum, Symbol
from sympy.core.function import AppliedUndef

from ntksym.check.floats import FUNCTIONS
from ntksym.check.functional.model import Array, Model, slope
from ntksym.language import functions as of
from ntksym.language import parameters as by

Names = dict[Any, Any]
"""What is bound: symbols to numbers; "theta" to parameters; "draw" to random functions."""


def value(expr: Expr, model: Model, names: Names | None = None) -> float:
    """The value in the model; ValueError for what has none, a logarithm of -1 for one."""
    with np.errstate(all="ignore"):
        found = _value(expr, model, names or {})
    if not np.isfinite(found):
        raise ValueError(f"the model gives no number, but {found}")
    return found


def _value(expr: Expr, m: Model, at: Names) -> float:
    if expr.is_Number or expr.is_NumberSymbol:
        return float(expr)
    if isinstance(expr, Symbol):
        return float(at[expr]) if expr in at else m.symbol(expr)
    if isinstance(expr, of.Inert):
        how = _NODES[type(expr)]
        return float(m.once("value", expr, at, lambda: how(m, at, *expr.args)))
    if type(expr) in _NODES:
        return float(_NODES[type(expr)](m, at, *expr.args))
    if isinstance(expr, AppliedUndef):
        return _function(expr, m, at)
    if type(expr) not in FUNCTIONS:
        raise ValueError(f"no number for {type(expr).__name__} in {expr}")
    return float(FUNCTIONS[type(expr)](*(_value(part, m, at) for part in expr.args)))


def _function(expr: Expr, m: Model, at: Names) -> float:
    (point,) = (_value(part, m, at) for part in expr.args)
    name = expr.func.__name__
    theta = at.get("theta", m.parameters)
    coordinates = m.network(theta) if expr.func == of.f else m.draw(name, m.dimension)
    return float(m.features(point) @ coordinates)


def _indexed(m: Model, at: Names, base: Expr, index: Expr) -> float:
    place = int(_value(index, m, at)) - 1
    if base == of.theta:
        return float(at.get("theta", m.parameters)[place])
    return float(m.draw(str(base), 12)[place])


def _sum(m: Model, at: Names, body: Expr, *limits: Expr) -> float:
    *inner, (k, start, end) = limits
    running = range(int(_value(start, m, at)), int(_value(end, m, at)) + 1)
    if inner:
        return sum(_sum(m, {**at, k: n}, body, *inner) for n in running)
    return sum(_value(body, m, {**at, k: n}) for n in running)


def _input(m: Model, at: Names, body: Expr, x: Expr) -> float:
    return sum(w * _value(body, m, {**at, x: point}) for point, w in zip(*m.law, strict=True))


def _coordinates(m: Model, at: Names, element: Expr) -> Array:
    return m.coordinates(lambda x: _value(element, m, {**at, of.here: x}))


def _inner(m: Model, at: Names, first: Expr, second: Expr) -> float:
    return float(_coordinates(m, at, first) @ _coordinates(m, at, second))


def _gradient(m: Model, at: Names, element: Expr, point: Expr) -> float:
    """From E alone: its slope in the direction ψ·ψ(point)."""
    start, direction = _coordinates(m, at, element), m.features(_value(point, m, at))
    return slope(lambda h: m.functional(start + h * direction))


def _variation(m: Model, at: Names, body: Expr) -> float:
    return slope(lambda h: _value(body, m, {**at, of.eps: h}))


def _smooth(function: Callable[[Model], Callable[..., float]]) -> Callable[..., float]:
    def smooth(m: Model, at: Names, order: Expr, *args: Expr) -> float:
        u, *rest = (_value(part, m, at) for part in args)
        return _derivative(lambda x: function(m)(x, *rest), int(order), u)

    return smooth


def _derivative(of_number: Callable[[float], float], order: int, u: float) -> float:
    if order == 0:
        return of_number(u)
    return slope(lambda h: _derivative(of_number, order - 1, u + h))


def _moved(m: Model, at: Names, body: Expr, direction: Array) -> float:
    theta, length = at.get("theta", m.parameters), float(np.linalg.norm(direction))
    unit = direction / max(length, 1e-300)
    return length * slope(lambda h: _value(body, m, {**at, "theta": theta + h * unit}))


def _partial(m: Model, at: Names, body: Expr, index: Expr) -> float:
    return _moved(m, at, body, np.eye(len(m.parameters))[int(_value(index, m, at)) - 1])


def _velocities(m: Model, at: Names, cost: Expr) -> Array:
    units = np.eye(len(m.parameters))

    def found() -> Array:
        return -np.array([_moved(m, at, cost, unit) for unit in units])

    return np.asarray(m.once("velocities", cost, at, found))


def _tangent(m: Model, at: Names, first: Expr, second: Expr) -> float:
    a, b = (_velocities(m, at, of.f(point)) for point in (first, second))
    return float(a @ b)


def _norm(m: Model, at: Names, element: Expr) -> float:
    """The matrix of the kernel on the points of the law, between the values."""
    points, weights = m.law
    d = np.array([_value(element, m, {**at, of.here: x}) for x in points])
    x = Symbol("x of the law", real=True)
    rows = np.array([_velocities(m, {**at, x: point}, of.f(x)) for point in points])
    return float(np.sum(((weights * d) @ rows) ** 2))


def _random(m: Model, at: Names, index: Expr, point: Expr) -> float:
    which = at.get("draw", (0, 1, 2, 1))[int(_value(index, m, at)) - 1]
    return float(m.features(_value(point, m, at)) @ m.draws[0][which])


def _over_draws(m: Model, at: Names, body: Expr) -> float:
    """All draws, one by one."""
    total, chance = 0.0, m.draws[1]
    for draw in product(range(3), repeat=m.sizes["P"]):
        total += float(np.prod(chance[list(draw)])) * _value(body, m, {**at, "draw": draw})
    return total


def _wave(m: Model, at: Names, index: Expr, point: Expr) -> float:
    coordinates = m.spectrum[1][:, int(_value(index, m, at)) - 1]
    return float(m.features(_value(point, m, at)) @ coordinates)


_NODES: dict[type[Any], Callable[..., float]] = {
    Sum: _sum,
    of.Entry: _indexed,
    Derivative: lambda m, at, body, by_: slope(
        lambda h: _value(body, m, {**at, by_[0]: _value(by_[0], m, at) + h})
    ),
    Subs: lambda m, at, body, symbols, values: _value(
        body, m, {**at, symbols[0]: _value(values[0], m, at)}
    ),
    of.InnerProduct: _inner,
    of.InputExpectation: _input,
    of.Functional: lambda m, at, element: m.functional(_coordinates(m, at, element)),
    of.Nabla: _gradient,
    of.Variation: _variation,
    of.Loss: _smooth(lambda m: m.loss),
    of.Outer: _smooth(lambda m: m.outer),
    of.ReproducingKernel: lambda m, at, a, b: float(
        m.features(_value(a, m, at)) @ m.features(_value(b, m, at))
    ),
    by.Partial: _partial,
    by.Velocity: lambda m, at, index, cost: float(
        _velocities(m, at, cost)[int(_value(index, m, at)) - 1]
    ),
    by.Rate: lambda m, at, body, cost: _moved(m, at, body, _velocities(m, at, cost)),
    by.TangentKernel: _tangent,
    by.TangentNorm: _norm,
    by.RandomFunction: _random,
    by.DrawExpectation: _over_draws,
    by.Eigenfunction: _wave,
    by.Eigenvalue: lambda m, at, index: float(m.spectrum[0][int(_value(index, m, at)) - 1]),
}
