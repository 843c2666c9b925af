"""What users pass as points, turned into float64 rows or refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ntksym.lowering.code.options import SIDE
from ntksym.lowering.functions.twofold import LANES, rounded, scaled, unit_rows
from ntksym.lowering.threads import count as number_of_threads
from ntksym.lowering.threads import share

CACHED = 64 * 1024
"""Numbers of rows that stay in a second-level cache while they are made unit."""


@dataclass(frozen=True)
class Points:
    """Unit rows and the standard deviations |x|/sqrt(n0) of the input kernel x·x'/n0.

    ``low``, ``rest``: what their doubles leave of both, for the difference of points that nearly
    coincide. Rows of zeros fill ``unit`` and ``low`` up to whole tiles.
    """

    unit: np.ndarray
    low: np.ndarray
    spread: np.ndarray
    rest: np.ndarray

    @property
    def count(self) -> int:
        return len(self.spread)

    @property
    def width(self) -> int:
        return self.unit.shape[1]

    @property
    def lengths(self) -> np.ndarray:
        """``spread`` and ``rest``; 1 and 0 of the rows of zeros that fill up."""
        fill = np.ones(len(self.unit) - self.count)
        return np.hstack([[self.spread, self.rest], [fill, 0 * fill]])

    def parts(self, dtype: Any) -> tuple[np.ndarray, np.ndarray]:
        """The unit rows as ``dtype``, and what those leave."""
        if dtype == self.unit.dtype:
            return self.unit, self.low
        unit, low = np.empty((2, *self.unit.shape), dtype)

        def fill(part: slice) -> None:
            rounded(self.unit[part], self.low[part], unit[part], low[part])

        by_parts(fill, *unit.shape)
        return unit, low


def array(name: str, value: Any, single: bool = False) -> np.ndarray:
    """``value`` as a float64 array of shape (n, d); ``ValueError`` or ``TypeError`` otherwise.

    With ``single`` float32 stays what it is.
    """
    rows = real(name, value, "(n, d)", single)
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


def real(name: str, value: Any, shape: str, single: bool = False) -> np.ndarray:
    """``value`` as a contiguous float64 array of any shape; an error unless it is real."""
    try:
        given = np.asarray(value)
    except (ValueError, TypeError) as error:
        raise ValueError(f"{name}: expected an array of shape {shape}: {error}") from None
    if np.ma.is_masked(value):
        raise ValueError(f"{name}: expected an array without masked entries")
    if given.dtype.kind not in "biuf":
        raise TypeError(f"{name}: expected real numbers, got dtype {given.dtype}")
    kept = single and given.dtype == np.float32
    return np.asarray(given, dtype=np.float32 if kept else np.float64, order="C")


def finite(name: str, values: np.ndarray) -> None:
    """``ValueError`` with the place of the first NaN or infinity."""
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(values.sum()):
            return
    good = np.isfinite(values)
    if not good.all():
        at = tuple(int(k) for k in np.argwhere(~good)[0])
        raise ValueError(f"{name}: expected finite numbers, got {values[at]} at {list(at)}")


def pair_of_arrays(
    x: Any, y: Any | None, single: bool = False
) -> tuple[np.ndarray, np.ndarray | None]:
    """X and Y with the same number of columns; Y stays ``None``."""
    first = array("X", x, single)
    if y is None:
        return first, None
    second = array("Y", y, single)
    if first.shape[1] != second.shape[1]:
        raise ValueError(f"Y: expected {first.shape[1]} columns as in X, got shape {second.shape}")
    return first, second


def points(rows: np.ndarray) -> Points:
    """Rows of any length as directions and lengths."""
    count, width = rows.shape
    unit, low = np.zeros((2, count + -count % SIDE, width))
    lengths = np.zeros((2, count))

    def fill(part: slice) -> None:
        scales = np.empty(part.stop - part.start)
        scaled(rows[part], unit[part], scales)
        unit_rows(unit[part], low[part], lengths[:, part], np.empty((2, LANES)))
        lengths[:, part] *= scales

    by_parts(fill, count, width)
    return Points(unit, low, *lengths)


def by_parts(fill: Callable[[slice], None], count: int, width: int) -> None:
    """In threads, as many rows at a time as stay in cache."""
    step = max(1, CACHED // width)
    parts = (slice(first, min(first + step, count)) for first in range(0, count, step))
    share(fill, parts, number_of_threads())


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
