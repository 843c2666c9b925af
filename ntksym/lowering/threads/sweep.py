"""All tiles of a matrix, in threads."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from threading import get_ident, local
from typing import Any

import numpy as np

from ntksym.lowering.code.options import SIDE
from ntksym.lowering.machine.calls import Calls
from ntksym.lowering.machine.pattern import Pattern
from ntksym.lowering.memory import aligned, multiplied
from ntksym.lowering.memory.sheets import Block, Sheet
from ntksym.lowering.stages import Stage
from ntksym.lowering.threads import count, share

LARGEST = 4
"""Tiles along a square, whose products one call of BLAS forms: it copies both factors."""
Write = Callable[[Calls, np.ndarray, slice, slice], None]
"""What is done with a tile; arrays that it passes live as long as the sweep."""
Run = Callable[[Calls, np.ndarray, int, Block, Block, np.ndarray], None]
"""All stages of one tile, its products at a place of an array; the state is ``work[0]``.

What they call, in order, is done for a square of tiles at once.
"""
Tile = tuple[int, ...]
"""The number of a row and of a column of tiles, and how far down and along their square."""
MANY = 16
"""Tiles for which a pattern is looked for: it takes as long as to ask for four or six."""


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
    right, own = left if other is None else other, local()
    bands = right.bands()

    def square(place: tuple[range, range]) -> None:
        if not hasattr(own, "hand"):
            own.hand = _Hand(left, right, bands, shape, run, write)
        own.hand.do_all([(i, j) for i, j in product(*place) if other is not None or i <= j])

    threads = count()
    share(square, _squares(len(left.block), len(right.block), threads, other is None), threads)


class _Hand:
    """What a thread has of its own, and how it does the tiles of a square."""

    def __init__(
        self, left: Sheet, right: Sheet, bands: np.ndarray, shape: tuple[int, int], run: Run,
        write: Write,
    ) -> None:  # fmt: skip
        self.left, self.right, self.bands = left, right, bands
        self.run, self.write, self.few, dtype = run, write, bands.size > 0, left.unit.dtype
        self.do, self.work = Calls(), aligned(shape, dtype)
        side = SIDE * (1 if self.few else LARGEST)
        self.products = aligned((side, side), dtype)
        self.patterns: dict[Any, Pattern | None] = {}

    def do_all(self, tiles: list[Tile]) -> None:
        if not self.few:
            rows, columns = zip(*tiles, strict=True)
            top, first = min(rows), min(columns)
            self._multiply(slice(top, max(rows) + 1), slice(first, max(columns) + 1))
            tiles = [(i, j, i - top, j - first) for i, j in tiles]
        alike = defaultdict(list)
        for place in tiles:
            alike[self.left.kinds[place[0]], self.right.kinds[place[1]]].append(place)
        for kinds, places in alike.items():
            if pattern := self._pattern(*kinds):
                self.do.perform(pattern.at(places))
                continue
            for place in places:
                self._ask(*place)
        self.do.perform()

    def _ask(self, row: int, column: int, down: int = 0, along: int = 0) -> None:
        """For one tile, its products so far down and along."""
        x, y, strip = self.left.block[row], self.right.block[column], self.products
        if self.few:
            self.do(multiplied, x.unit, self.bands[column], strip.reshape(-1))
        self.run(self.do, strip[SIDE * down :], SIDE * along, x, y, self.work)
        self.write(self.do, self.work[0], self.left.place(row), self.right.place(column))

    def _multiply(self, rows: slice, columns: slice) -> None:
        """By one call of BLAS for all tiles."""
        x, y = self.left.unit[rows], self.right.unit[columns]
        x, y = (each.reshape(-1, each.shape[2]) for each in (x, y))
        np.matmul(x, y.T, out=self.products[: len(x), : len(y)])

    def _pattern(self, *kinds: int) -> Pattern | None:
        """Of the tiles between blocks of these kinds, if there are many."""
        if kinds not in self.patterns:
            found, sheets = None, (self.left, self.right)
            members = [
                [number for number, kind in enumerate(sheet.kinds) if kind == wanted]
                for sheet, wanted in zip(sheets, kinds, strict=True)
            ]
            if math.prod(map(len, members)) >= MANY:
                axes = [(each[0], each[len(each) // 2], each[-1]) for each in members]
                if not self.few:
                    axes += [(0, 1, LARGEST - 1)] * 2
                found = Pattern.of(self.do, self._ask, axes)
            self.patterns[kinds] = found
        return self.patterns[kinds]


def _squares(rows: int, columns: int, threads: int, upper: bool) -> Iterator[tuple[range, range]]:
    """Squares of tiles that have a tile to compute: enough of them for all threads."""
    side = max(1, min(LARGEST, max(rows, columns) // (2 * threads)))
    for row in range(0, rows, side):
        for column in range(row if upper else 0, columns, side):
            yield range(row, min(row + side, rows)), range(column, min(column + side, columns))
