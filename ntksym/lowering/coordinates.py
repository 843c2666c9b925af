"""Points as exact numbers: integers over one denominator, whose products are fast."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul
from typing import Any

import numpy as np

from ntksym.arguments import shown


@dataclass(frozen=True)
class Coordinates:
    """The point ``numerators / denominator``, without rounding."""

    numerators: tuple[int, ...]
    denominator: int

    def dot(self, other: "Coordinates") -> Fraction:
        total = sum(map(mul, self.numerators, other.numerators))
        return Fraction(total, self.denominator * other.denominator)


Pair = tuple[Coordinates, Coordinates]


def pairs(x: Any, y: Any) -> tuple[list[Pair], bool]:
    """The rows of two arrays (n, d), one with one, or two points (d,); whether they are points."""
    a, b = (_array(name, values) for name, values in (("x", x), ("y", y)))
    for name, one, other in (("x", a, b), ("y", b, a)):
        if one.ndim > other.ndim:
            raise ValueError(
                f"{name}: expected one point of shape (d,), as the other is, got shape {one.shape}"
            )
    if a.ndim == 2 and len(a) != len(b):
        raise ValueError(f"y: expected {len(a)} points as in x, got {len(b)}")
    if a.shape[-1] != b.shape[-1]:
        raise ValueError(f"y: expected {a.shape[-1]} coordinates as in x, got {b.shape[-1]}")
    rows = zip(np.atleast_2d(a), np.atleast_2d(b), strict=True)
    return [(_point("x", one), _point("y", other)) for one, other in rows], a.ndim == 1


def points(name: str, x: Any) -> list[Coordinates]:
    """The rows of an array (n, d)."""
    return [_point(name, row) for row in np.atleast_2d(_array(name, x))]


def _array(name: str, values: Any) -> np.ndarray:
    """Of Python's objects: NumPy's own numbers would round."""
    array = np.asarray(values, dtype=object)
    if np.ma.is_masked(values):
        raise ValueError(f"{name}: expected an array without masked entries")
    ragged = array.ndim == 1 and any(isinstance(x, list | tuple | np.ndarray) for x in array)
    if ragged or isinstance(values, str) or array.ndim not in (1, 2):
        wanted = "one point of shape (d,) or points of shape (n, d)"
        raise ValueError(f"{name}: expected {wanted}, got {shown(values)}")
    if not array.shape[-1]:
        raise ValueError(f"{name}: expected at least one coordinate, got none")
    return array


def _point(name: str, values: Iterable[Any]) -> Coordinates:
    """Of ints, floats, fractions or mpmath numbers, each taken as exact."""
    ratios = [_ratio(name, value) for value in values]
    denominator = lcm(*(q for _, q in ratios))
    return Coordinates(tuple(p * (denominator // q) for p, q in ratios), denominator)


def _ratio(name: str, entry: Any) -> tuple[int, int]:
    if hasattr(entry, "_mpf_"):
        sign, mantissa, exponent, _ = entry._mpf_
        entry = Fraction(-mantissa if sign else mantissa) * Fraction(2) ** exponent
    try:
        if not isinstance(entry, float | int | Fraction):
            entry = Fraction(entry.item() if isinstance(entry, np.generic) else entry)
        return entry.as_integer_ratio()
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name}: expected finite real numbers, got {shown(entry)}") from None
