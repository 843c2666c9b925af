"""What ``spectrum`` is asked for, checked."""

from collections.abc import Iterable
from typing import Any

from sympy import Rational

from ntksym.arguments import integer, shown, symbolic
from ntksym.networks.layers import exact

MANY = 10**6
"""Of dimensions, degrees, digits: a bound of what is finished some day."""

LEAST = Rational(1, 10**100)


def degrees_of(degrees: int | Iterable[int]) -> tuple[int, ...]:
    if not isinstance(degrees, Iterable):
        return tuple(range(integer("degrees", degrees, 1, MANY)))
    wanted = tuple(integer("degrees", k, 0, MANY) for k in degrees)
    if not wanted:
        raise ValueError("degrees: expected at least one, got none")
    return wanted


def variance_of(radius: Any, dimension: int) -> Any:
    """x·x/n0 on the sphere, exact."""
    if radius is None:
        return exact(1)
    number = symbolic("radius", exact(radius))
    if not (number.is_positive and number.is_number):
        raise ValueError(f"radius: expected a positive number, got {shown(radius)}")
    if not LEAST <= number <= 1 / LEAST:
        raise ValueError(f"radius: expected from 1e-100 to 1e100, got {shown(radius)}")
    variance = number**2 / Rational(dimension)
    return exact(variance)
