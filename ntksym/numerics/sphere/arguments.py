"""What ``spectrum`` is asked for, checked."""

from collections.abc import Iterable
from operator import index
from typing import Any

from sympy import Expr, Rational, sympify

from ntksym.networks.layers import exact


def whole(name: str, value: Any, least: int) -> int:
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name}: expected an integer, got {value!r}")
    if index(value) < least:
        raise ValueError(f"{name}: expected at least {least}, got {value}")
    return index(value)


def degrees_of(degrees: int | Iterable[int]) -> tuple[int, ...]:
    if not isinstance(degrees, Iterable):
        return tuple(range(whole("degrees", degrees, 1)))
    wanted = tuple(whole("degrees", k, 0) for k in degrees)
    if not wanted:
        raise ValueError("degrees: expected at least one, got none")
    return wanted


def variance_of(radius: Any, dimension: int) -> Any:
    """x·x/n0 on the sphere, exact."""
    if radius is None:
        return exact(1)
    number = sympify(exact(radius))
    if not (isinstance(number, Expr) and number.is_positive and number.is_number):
        raise ValueError(f"radius: expected a positive number, got {radius!r}")
    variance = number**2 / Rational(dimension)
    return exact(variance)
