"""Functions for the tests of integrals, and an oracle that shares no code with the package."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import mpmath
from mpmath.calculus.quadrature import GaussLegendre
from sympy import Abs, Expr, Max, Min, Symbol, atan, erf, exp, log, sin, tanh

x = Symbol("x", real=True)
SIGMOID = 1 / (1 + exp(-x))
FUNCTIONS: dict[str, Expr] = {
    "tanh": tanh(x),
    "sigmoid": SIGMOID,
    "softplus": log(1 + exp(x)),
    "silu": x * SIGMOID,
    "mish": x * tanh(log(1 + exp(x))),
    "softsign": x / (1 + Abs(x)),
    "atan": atan(x),
    "relu": Max(0, x),
    "hard tanh": Max(-1, Min(1, x)),
    "erf": erf(x),
    "sin": sin(x),
}

CTX = mpmath.mp.clone()
CTX.dps = 34


def smooth(f: Callable[[Any], Any], q1: Any, q2: Any, rho: Any) -> Any:
    """E[f(u)f(v)] by the trapezoidal rule in two independent variables."""
    step, reach = CTX.mpf(1) / 10, 118
    a, b, r = (CTX.mpf(t) for t in (q1, q2, rho))
    bell = [CTX.exp(-((k * step) ** 2) / 2) for k in range(reach + 1)]
    row, column = CTX.sqrt(b) * r * step, CTX.sqrt(b * (1 - r * r)) * step
    total = CTX.zero
    for i in range(-reach, reach + 1):
        inner = sum(
            bell[abs(j)] * f(row * i + column * j)
            for j in range(-reach, reach + 1)
            if i * i + j * j < reach * reach
        )
        total += bell[abs(i)] * f(CTX.sqrt(a) * step * i) * inner
    return total * step * step / (2 * CTX.pi)


def kinked(f: Callable[[Any], Any], q1: Any, q2: Any, rho: Any) -> Any:
    """E[f(u)f(v)] for an f that is analytic but for 0: Gauss-Legendre, cut where u or v is 0."""
    a, b, r = (CTX.mpf(t) for t in (q1, q2, rho))
    rest = CTX.sqrt(1 - r * r)
    nodes = GaussLegendre(CTX).calc_nodes(5, CTX.prec)

    def rule(g: Callable[[Any], Any], ends: list[Any]) -> Any:
        total = CTX.zero
        for low, high in pairwise(ends):
            half, middle = (high - low) / 2, (high + low) / 2
            total += half * sum(w * g(middle + half * t) for t, w in nodes)
        return total

    def inner(s: Any) -> Any:
        cut = min(max(-r * s / rest, CTX.mpf(-11)), CTX.mpf(11))
        ends = sorted([cut, *(CTX.mpf(k) for k in (-11, -7, -3, 0, 3, 7, 11))])
        g = rule(lambda t: f(CTX.sqrt(b) * (r * s + rest * t)) * CTX.exp(-t * t / 2), ends)
        return f(CTX.sqrt(a) * s) * CTX.exp(-s * s / 2) * g

    return rule(inner, [CTX.mpf(k) for k in (-11, -6, -2, 0, 2, 6, 11)]) / (2 * CTX.pi)
