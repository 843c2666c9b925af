"""The engine: a program run on tiles of the Gram matrix that stay in cache, in threads."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from threading import get_ident, local
from typing import Any

import numpy as np
from numba import get_num_threads

from ntksym.lowering import updates
from ntksym.lowering.code.load import Code
from ntksym.lowering.code.options import PLANE, SIDE
from ntksym.lowering.inputs import points, representable
from ntksym.lowering.stages import Block, Sheet, Stage, sheets, through
from ntksym.lowering.threads import pool

STATE = 3 * PLANE
LARGEST = 4
"""Tiles along a square whose products are formed by one call of BLAS: it copies both factors."""
FEW = 64
"""Columns up to which it is one call for each row of tiles, whose products stay in cache."""
Write = Callable[[np.ndarray, slice, slice], None]
Run = Callable[[np.ndarray, int, Block, Block, np.ndarray], None]
"""All stages of one tile, its products at a place of an array; the state is ``work[0]``."""


@dataclass(frozen=True)
class Engine:
    """A program in stages with the compiled code of its activations."""

    stages: tuple[Stage, ...]
    codes: dict[Any, Code]

    def sheets(
        self, x: np.ndarray, y: np.ndarray | None, dtype: Any = np.float64
    ) -> tuple[Sheet, Sheet | None]:
        """What the points bring to the stages, for tiles of ``dtype`` where they can be."""
        single = dtype == np.float32 and all(code.single for code in self.codes.values())
        groups = [points(rows) for rows in (x, y) if rows is not None]
        bring = partial(through, stages=self.stages, codes=self.codes)
        left, *others = found = list(sheets(groups, bring, single))
        representable(groups, [sheet.diagonal for sheet in found], dtype)
        return left, others[0] if others else None

    def run(self, left: Sheet, other: Sheet | None, write: Write) -> None:
        """Each tile once to ``write(state, rows, columns)``; without ``other`` the upper half."""
        sweep(left, other, room(self.stages, STATE), self._tile, write)

    def _tile(self, products: np.ndarray, at: int, x: Block, y: Block, work: np.ndarray) -> None:
        direct, kept = max(x.direct, y.direct), 0
        for k, stage in enumerate(self.stages):
            if k == direct and stage.kind != "layer":
                updates.covariances(work[0], x.affine[k - 1], y.affine[k - 1], x.rows)
            if stage.kind == "fork":
                kept += 1
                work[kept] = work[0]
            elif k < direct:
                self._by_gaps(k, products, at, x, y, work[0], work[kept])
            else:
                self._directly(k, k == direct, x, y, work[0], work[kept])
            kept -= stage.kind == "join"

    def _by_gaps(
        self, k: int, products: np.ndarray, at: int, x: Block, y: Block,
        state: np.ndarray, kept: np.ndarray,
    ) -> None:  # fmt: skip
        stage, rows, number = self.stages[k], x.rows, state.dtype.type
        features, affine = (x.features[k], y.features[k]), (x.affine[k], y.affine[k])
        numbers = [number(n) for n in stage.numbers]
        match stage.kind:
            case "start":
                pairs = x.unit, x.low, y.unit, y.low, state, x.zero, y.zero
                updates.start(products, at, *pairs, *affine, *numbers, rows)
            case "layer" if x.still[k] or y.still[k]:
                before = state[: 2 * PLANE].copy()
                same = np.repeat(np.array([1, 0, 1], state.dtype), SIDE)
                tile = self.codes[stage.activation].tile
                tile(state, *features, same, same, *map(number, (1, 0, 0)), rows)
                updates.keep(state, before, *features, rows)
                updates.layer(state, *affine, *numbers, rows)
            case "layer":
                self.codes[stage.activation].tile(state, *features, *affine, *numbers, rows)
            case "affine":
                updates.layer(state, *affine, *numbers, rows)
            case "join":
                updates.join(state, kept, *affine, rows)

    def _directly(
        self, k: int, entry: bool, x: Block, y: Block, state: np.ndarray, kept: np.ndarray
    ) -> None:
        stage, rows, number = self.stages[k], x.rows, state.dtype.type
        layer = [number(n) for n in (stage.w**2, stage.b**2, *stage.numbers)]
        match stage.kind:
            case "layer":
                direct = self.codes[stage.activation].direct
                assert direct is not None  # so _direct in stages has it
                tile = direct.entry if entry else direct.tile
                tile(state, x.features[k], y.features[k], *layer, rows)
            case "affine":
                updates.layer_direct(state, *layer, rows)
            case "join":
                updates.join_direct(state, kept, rows)


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
    width, dtype = left.unit.shape[2], left.unit.dtype
    high = LARGEST if width > FEW else 1
    own = local()

    def square(rows: range, columns: range) -> None:
        if not hasattr(own, "work"):
            own.work, own.products = np.empty(shape, dtype), np.empty(high * LARGEST * PLANE, dtype)
        for top in range(rows.start, rows.stop, high):
            first = max(top, columns.start) if other is None else columns.start
            x = left.unit[top : min(top + high, rows.stop)].reshape(-1, width)
            y = right.unit[first : columns.stop].reshape(-1, width)
            products = own.products[: len(x) * len(y)].reshape(len(x), len(y))
            np.matmul(x, y.T, out=products)
            for row in range(top, top + len(x) // SIDE):
                strip = products[(row - top) * SIDE :][:SIDE]
                for column in range(max(row, first) if other is None else first, columns.stop):
                    at = (column - first) * SIDE
                    run(strip, at, left.block[row], right.block[column], own.work)
                    write(own.work[0], left.place(row), right.place(column))

    threads = get_num_threads()
    squares = list(_squares(len(left.block), len(right.block), threads, other is None))
    if len(squares) == 1:
        square(*squares[0])
        return
    with pool(threads) as workers:
        for done in [workers.submit(square, *ranges) for ranges in squares]:
            done.result()


def _squares(rows: int, columns: int, threads: int, upper: bool) -> Iterator[tuple[range, range]]:
    """Squares of tiles that have a tile to compute: enough of them for all threads."""
    side = max(1, min(LARGEST, max(rows, columns) // (2 * threads)))
    for row in range(0, rows, side):
        for column in range(row if upper else 0, columns, side):
            yield range(row, min(row + side, rows)), range(column, min(column + side, columns))
