"""Closed forms of the sources, typed by hand: the only place where that is done. For tests only.

Each is a pair of functions of (a, b, c) = (q1, q2, c) over any numbers that ``m`` (a module or a
context with sqrt, asin, acos, pi, ...) handles; the second is None where sigma' is no function.
"""

from collections.abc import Callable
from typing import Any


def _angle(m: Any, a: Any, b: Any, c: Any) -> Any:
    return m.acos(c / m.sqrt(a * b))


def _delta(m: Any, a: Any, b: Any, c: Any) -> Any:
    return m.sqrt(a * b - c * c)


def _relu(m: Any, a: Any, b: Any, c: Any) -> Any:  # Cho and Saul 2009, J1
    t = _angle(m, a, b, c)
    return m.sqrt(a * b) / (2 * m.pi) * (m.sin(t) + (m.pi - t) * m.cos(t))


def _step(m: Any, a: Any, b: Any, c: Any) -> Any:  # Cho and Saul 2009, J0
    return (m.pi - _angle(m, a, b, c)) / (2 * m.pi)


def _relu2(m: Any, a: Any, b: Any, c: Any) -> Any:  # Cho and Saul 2009, J2
    t = _angle(m, a, b, c)
    j = 3 * m.sin(t) * m.cos(t) + (m.pi - t) * (1 + 2 * m.cos(t) ** 2)
    return a * b / (2 * m.pi) * j


def leaky(slope: Any) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Slope * min(x, 0) + max(x, 0): Tsuchida, Roosta and Gallagher 2018."""

    def sigma(m: Any, a: Any, b: Any, c: Any) -> Any:
        bend = _delta(m, a, b, c) - _angle(m, a, b, c) * c
        return (slope - 1) ** 2 / (2 * m.pi) * bend + (slope**2 + 1) / 2 * c

    def dot(m: Any, a: Any, b: Any, c: Any) -> Any:
        bend = (slope - 1) ** 2 * _angle(m, a, b, c) / (2 * m.pi)
        return (slope**2 + 1) / 2 - bend

    return sigma, dot


def _abs(m: Any, a: Any, b: Any, c: Any) -> Any:  # Louart, Liao and Couillet 2018
    return 2 / m.pi * (_delta(m, a, b, c) + c * m.asin(c / m.sqrt(a * b)))


def _sign(m: Any, a: Any, b: Any, c: Any) -> Any:
    return 2 / m.pi * m.asin(c / m.sqrt(a * b))


def _erf(m: Any, a: Any, b: Any, c: Any) -> Any:  # Williams 1997
    return 2 / m.pi * m.asin(2 * c / m.sqrt((1 + 2 * a) * (1 + 2 * b)))


def _erf_dot(m: Any, a: Any, b: Any, c: Any) -> Any:
    return 4 / (m.pi * m.sqrt((1 + 2 * a) * (1 + 2 * b) - 4 * c * c))


DUALS = {
    "relu": (_relu, _step),
    "erf": (_erf, _erf_dot),
    "abs": (_abs, _sign),
    "step": (_step, None),
    "sign": (_sign, None),
    "square": (lambda m, a, b, c: 2 * c**2 + a * b, lambda m, a, b, c: 4 * c),
    "cube": (
        lambda m, a, b, c: 6 * c**3 + 9 * c * a * b,
        lambda m, a, b, c: 9 * (2 * c**2 + a * b),
    ),
    "relu squared": (_relu2, lambda m, a, b, c: 4 * _relu(m, a, b, c)),
}
