"""Rows of data that make a Gram matrix singular, found and compared in exact arithmetic."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import frexp, gcd
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mat

from ntksym.kernel import Kernel
from ntksym.lowering.inputs import array
from ntksym.theorems.data.symmetry import EVEN, NEITHER, ODD, symmetry

WIDEST = 64
"""Columns up to which a linear relation is written out."""


@dataclass(frozen=True)
class Blame:
    """Rows that are linearly dependent in the kernel's feature space, and why."""

    rows: tuple[int, ...]
    reason: str


def points(kernel: Any, X: Any) -> np.ndarray:
    """A copy of the rows of X, at least one, for a kernel; TypeError or ValueError otherwise."""
    if not isinstance(kernel, Kernel):
        raise TypeError(f"kernel: expected a Kernel, got {type(kernel).__name__}")
    rows = array("X", X).copy()
    if not len(rows):
        raise ValueError(f"X: expected at least one row, got shape {rows.shape}")
    return rows


def blame(kernel: Kernel, x: np.ndarray) -> Blame | None:
    """The first rows found that make K(X, X) singular for a reason that is proved; or None.

    Duplicates always do; zero rows, proportional rows, antipodes, points on one ray and too many
    points for a linear kernel where the network has the symmetry. Rows are compared as they are.
    """
    return next(_found(kernel, x), None)


def _found(kernel: Kernel, x: np.ndarray) -> Iterator[Blame]:
    tangent = kernel.kind == "ntk"
    with_bias, without = symmetry(kernel.network, tangent), symmetry(kernel.network, False)
    zero = np.flatnonzero(~x.any(axis=1)).tolist()
    if zero and (with_bias.homogeneous or with_bias.parity == ODD):
        yield Blame((zero[0],), f"row {zero[0]} is zero, and so is the network there")
    for rows in _equal(x).values():
        if len(rows) > 1:
            yield Blame(tuple(rows[:2]), f"rows {rows[0]} and {rows[1]} are equal")
    lines = _lines(x)
    for rising, falling in lines:
        for side in (rising, falling):
            if with_bias.homogeneous and len(side) > 1:
                a, b = side[:2]
                why = "proportional, and the network is homogeneous: K(tx, y) = t K(x, y)"
                yield Blame((a, b), f"rows {a} and {b} are {why}")
            if tangent and without.homogeneous and len(side) > 2:
                a, b, c = side[:3]
                why = "on one ray, where K(sx, tx) = st A + B has rank 2"
                yield Blame((a, b, c), f"rows {a}, {b} and {c} are {why}")
    if with_bias.parity != NEITHER:
        yield from _antipodes(x, lines, with_bias.parity, with_bias.homogeneous)
    if with_bias.affine:
        yield from _dependent(x, with_bias.biased)


def _equal(x: np.ndarray) -> dict[bytes, list[int]]:
    groups: defaultdict[bytes, list[int]] = defaultdict(list)
    for i, row in enumerate(x + 0.0):
        groups[row.tobytes()].append(i)
    return groups


def _lines(x: np.ndarray) -> list[tuple[list[int], list[int]]]:
    """The rows on each line through 0 with more than one, on its two rays."""
    groups: defaultdict[tuple[int, ...], tuple[list[int], list[int]]] = defaultdict(
        lambda: ([], [])
    )
    for i, row in enumerate(x.tolist()):
        if any(row):
            direction, sign = _direction(row)
            groups[direction][sign < 0].append(i)
    return [both for both in groups.values() if len(both[0]) + len(both[1]) > 1]


def _direction(row: list[float]) -> tuple[tuple[int, ...], int]:
    """The row as integers without a common factor, the first of them positive; and its sign."""
    parts = [frexp(value) for value in row]
    least = min(e for m, e in parts if m)
    whole = [int(m * 2.0**53) << (e - least) if m else 0 for m, e in parts]
    common = gcd(*whole)
    sign = 1 if next(filter(None, whole)) > 0 else -1
    return tuple(sign * value // common for value in whole), sign


def _antipodes(
    x: np.ndarray, lines: list[tuple[list[int], list[int]]], parity: int, any_length: bool
) -> Iterator[Blame]:
    name = "even" if parity == EVEN else "odd"
    for rising, falling in lines:
        for i in rising:
            for j in falling:
                if any_length or np.array_equal(x[i], -x[j]):
                    yield Blame((i, j), f"rows {i} and {j} are opposite, and the network is {name}")


def _dependent(x: np.ndarray, biased: bool) -> Iterator[Blame]:
    """Linear relations of the rows, or of the rows with a 1 behind them."""
    count, width = len(x), x.shape[1] + biased
    why = f"the kernel is {'affine' if biased else 'linear'} in x: its rank is at most {width}"
    if width > WIDEST:
        if count > width:
            yield Blame(tuple(range(width + 1)), f"{width + 1} rows, and {why}")
        return
    points = [[_fraction(v) for v in row] + [fmpq(1)] * biased for row in x[: width + 1].tolist()]
    reduced, rank = fmpq_mat([list(column) for column in zip(*points, strict=True)]).rref()
    if rank == len(points):
        return
    leading = [next(j for j in range(len(points)) if reduced[i, j] != 0) for i in range(rank)]
    free = next(j for j in range(len(points)) if j not in leading)
    rows = [j for i, j in enumerate(leading) if reduced[i, free] != 0] + [free]
    yield Blame(tuple(rows), f"rows {', '.join(map(str, rows))} are dependent, and {why}")


def _fraction(value: float) -> fmpq:
    return fmpq(*value.as_integer_ratio())
