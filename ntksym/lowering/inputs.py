"""What users pass as points, turned into float64 rows or refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ntksym.lowering.code.options import SIDE

CACHED = 32 * 1024
"""Numbers that stay in a second-level cache."""
MODERATE = 2.0**400
"""Norms from its inverse to it can be squared."""


@dataclass(frozen=True)
class Points:
    """Unit rows and the standard deviations |x|/sqrt(n0) of the input kernel x·x'/n0.

    Rows of zeros fill ``unit`` up to whole tiles.
    """

    unit: np.ndarray
    spread: np.ndarray

    @property
    def count(self) -> int:
        return len(self.spread)

    @property
    def width(self) -> int:
        return self.unit.shape[1]


def array(name: str, value: Any) -> np.ndarray:
    """``value`` as a float64 array of shape (n, d); ``ValueError`` or ``TypeError`` otherwise."""
    rows = real(name, value, "(n, d)")
    if rows.ndim != 2:
        raise ValueError(f"{name}: expected shape (n, d), got shape {rows.shape}")
    if rows.shape[1] == 0:
        raise ValueError(f"{name}: expected at least one column, got shape {rows.shape}")
    finite(name, rows)
    return rows


def vector(name: str, value: Any, shape: str) -> np.ndarray:
    """``value`` as finite float64 numbers in a line; an error otherwise."""
    numbers = real(name, value, shape)
    if numbers.ndim != 1:
        raise ValueError(f"{name}: expected shape {shape}, got shape {numbers.shape}")
    finite(name, numbers)
    return numbers


def real(name: str, value: Any, shape: str) -> np.ndarray:
    """``value`` as a contiguous float64 array of any shape; an error unless it is real."""
    try:
        given = np.asarray(value)
    except (ValueError, TypeError) as error:
        raise ValueError(f"{name}: expected an array of shape {shape}: {error}") from None
    if np.ma.is_masked(value):
        raise ValueError(f"{name}: expected an array without masked entries")
    if given.dtype.kind not in "biuf":
        raise TypeError(f"{name}: expected real numbers, got dtype {given.dtype}")
    return np.asarray(given, dtype=np.float64, order="C")


def finite(name: str, values: np.ndarray) -> None:
    """``ValueError`` with the place of the first NaN or infinity."""
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(values.sum()):
            return
    good = np.isfinite(values)
    if not good.all():
        at = tuple(int(k) for k in np.argwhere(~good)[0])
        raise ValueError(f"{name}: expected finite numbers, got {values[at]} at {list(at)}")


def pair_of_arrays(x: Any, y: Any | None) -> tuple[np.ndarray, np.ndarray | None]:
    """X and Y with the same number of columns; Y stays ``None``."""
    first = array("X", x)
    if y is None:
        return first, None
    second = array("Y", y)
    if first.shape[1] != second.shape[1]:
        raise ValueError(f"Y: expected {first.shape[1]} columns as in X, got shape {second.shape}")
    return first, second


def points(rows: np.ndarray) -> Points:
    """As many rows at a time as stay in cache."""
    count, width = rows.shape
    filled, spread = np.zeros((count + -count % SIDE, width)), np.empty(count)
    step = max(1, CACHED // width)
    for first in range(0, count, step):
        part = slice(first, min(first + step, count))
        spread[part] = _unit(rows[part], filled[part])
    return Points(filled, spread)


def _unit(rows: np.ndarray, unit: np.ndarray) -> np.ndarray:
    """Unit rows into ``unit``; |x|/sqrt(n0)."""
    with np.errstate(over="ignore", under="ignore"):
        square = np.einsum("ij,ij->i", rows, rows)
    scale: Any = 1.0
    if not ((square > MODERATE**-2) & (square < MODERATE**2)).all():
        scale = _power_of_two(rows)
        rows = np.divide(rows, scale[:, None], out=unit)
        square = np.einsum("ij,ij->i", unit, unit)
    norm = np.sqrt(square)
    np.divide(rows, np.where(norm > 0, norm, 1.0)[:, None], out=unit)
    return scale * (norm / np.sqrt(rows.shape[1]))


def _power_of_two(rows: np.ndarray) -> np.ndarray:
    """Near the largest coordinate, so that no square overflows or is lost."""
    largest = np.maximum(rows.max(axis=1), -rows.min(axis=1))
    return np.exp2(np.floor(np.log2(np.where(largest > 0, largest, 1.0))))


def representable(groups: Sequence[Points], diagonals: Sequence[np.ndarray], dtype: Any) -> None:
    """``ValueError`` for the first row of X or Y with K(x, x) beyond the numbers of ``dtype``.

    |K(x, y)| is not above the larger of K(x, x) and K(y, y): nothing else overflows then.
    """
    for name, points, diagonal in zip("XY", groups, diagonals, strict=False):
        good = (np.abs(np.atleast_2d(diagonal)) <= np.finfo(dtype).max).all(axis=0)
        if not good.all():
            at, kind = int(np.argmin(good)), np.dtype(dtype).name
            got = f"row {at} with |x|/sqrt(n0) = {points.spread[at]:.3g}"
            raise ValueError(f"{name}: expected K(x, x) in the range of {kind}, got {got}")
