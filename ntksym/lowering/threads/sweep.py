"""All tiles of a matrix, in threads."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product
from threading import get_ident, local

import numpy as np

from ntksym.lowering.code.options import PLANE, SIDE
from ntksym.lowering.machine.calls import Calls
from ntksym.lowering.memory import aligned, multiplied
from ntksym.lowering.memory.sheets import FEW, Block, Sheet
from ntksym.lowering.stages import Stage
from ntksym.lowering.threads import count, share

LARGEST = 4
"""Tiles along a square, whose products one call of BLAS forms: it copies both factors."""
Write = Callable[[Calls, np.ndarray, slice, slice], None]
Run = Callable[[Calls, np.ndarray, int, Block, Block, np.ndarray], None]
"""All stages of one tile, its products at a place of an array; the state is ``work[0]``.

What they call, in order, is done for a square of tiles at once.
"""
Tile = tuple[int, int]
"""The number of a row and of a column of tiles."""
Strip = tuple[np.ndarray, int]
"""An array with the products of a tile, and from which column on."""


class Sums:
    """What threads add to: an array of zeros for each of them."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._of: defaultdict[int, np.ndarray] = defaultdict(lambda: np.zeros(shape))

    def mine(self) -> np.ndarray:
        """That of the calling thread."""
        return self._of[get_ident()]

    def total(self) -> np.ndarray:
        """Their sum."""
        return np.sum(list(self._of.values()), axis=0)


def room(stages: Sequence[Stage], size: int) -> tuple[int, int]:
    """The shape of an array for a state of that size and those that forks keep."""
    return 1 + sum(stage.kind == "fork" for stage in stages), size


def sweep(left: Sheet, other: Sheet | None, shape: tuple[int, int], run: Run, write: Write) -> None:
    """Each tile once, in threads, through ``run`` and ``write``; without ``other`` the upper half.

    Each thread has an array of its own, of the given shape.
    """
    right = left if other is None else other
    few, dtype = left.unit.shape[2] <= FEW, left.unit.dtype
    own = local()

    def square(place: tuple[range, range]) -> None:
        if not hasattr(own, "work"):
            own.do = Calls()
            own.work = aligned(shape, dtype)
            own.products = aligned((SIDE, SIDE) if few else (LARGEST**2 * PLANE,), dtype)
        tiles = [(i, j) for i, j in product(*place) if other is not None or i <= j]
        form = partial(_of_tiles, own.do) if few else _of_square
        products = form(left, right, tiles, own.products)
        for (row, column), (strip, at) in zip(tiles, products, strict=True):
            run(own.do, strip, at, left.block[row], right.block[column], own.work)
            write(own.do, own.work[0], left.place(row), right.place(column))
        own.do.perform()

    threads = count()
    share(square, _squares(len(left.block), len(right.block), threads, other is None), threads)


def _of_tiles(
    do: Calls, left: Sheet, right: Sheet, tiles: list[Tile], into: np.ndarray
) -> Iterator[Strip]:
    for row, column in tiles:
        do(multiplied, left.block[row].unit, right.block[column].across, into.reshape(-1))
        yield into, 0


def _of_square(left: Sheet, right: Sheet, tiles: list[Tile], into: np.ndarray) -> Iterator[Strip]:
    """By one call of BLAS for all of them."""
    rows, columns = zip(*tiles, strict=True)
    top, first = min(rows), min(columns)
    x, y = left.unit[top : max(rows) + 1], right.unit[first : max(columns) + 1]
    x, y = (each.reshape(-1, each.shape[2]) for each in (x, y))
    products = into[: len(x) * len(y)].reshape(len(x), len(y))
    np.matmul(x, y.T, out=products)
    for row, column in tiles:
        yield products[(row - top) * SIDE :][:SIDE], (column - first) * SIDE


def _squares(rows: int, columns: int, threads: int, upper: bool) -> Iterator[tuple[range, range]]:
    """Squares of tiles that have a tile to compute: enough of them for all threads."""
    side = max(1, min(LARGEST, max(rows, columns) // (2 * threads)))
    for row in range(0, rows, side):
        for column in range(row if upper else 0, columns, side):
            yield range(row, min(row + side, rows)), range(column, min(column + side, columns))
