"""The engine: a program run on tiles of the Gram matrix that stay in cache, in threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import get_num_threads
from threadpoolctl import threadpool_limits

from ntksym.lowering import updates
from ntksym.lowering.code.load import Code
from ntksym.lowering.code.options import PLANE, SIDE
from ntksym.lowering.inputs import points
from ntksym.lowering.stages import Sheet, Stage, sheets

STATE = 3 * PLANE
WIDE = 8
"""Tiles whose products are formed by one call of BLAS: it copies its left factor once for them."""

Write = Callable[[np.ndarray, slice, slice], None]


@dataclass(frozen=True)
class Engine:
    """A program in stages with the compiled code of its activations."""

    stages: tuple[Stage, ...]
    codes: dict[Any, Code]

    def sheets(self, *groups: np.ndarray | None) -> list[Sheet | None]:
        """What the points of each group bring to the stages; ``None`` for none."""
        given = [points(rows) for rows in groups if rows is not None]
        made = sheets(given, self.stages, self.codes)
        return [None if rows is None else next(made) for rows in groups]

    def run(self, left: Sheet, other: Sheet | None, write: Write) -> None:
        """Each tile once to ``write(state, rows, columns)``; without ``other`` the upper half."""
        right = left if other is None else other

        def strip(row: int) -> None:
            work = np.empty(STATE * (1 + self._forks))
            first = row if other is None else 0
            for start in range(first, right.blocks, WIDE):
                end = min(start + WIDE, right.blocks)
                products = left.unit[row] @ right.unit[start:end].reshape(-1, left.unit.shape[2]).T
                for column in range(start, end):
                    at = (column - start) * SIDE
                    self._tile(products, at, left, right, row, column, work)
                    write(work, left.place(row), right.place(column))

        with threadpool_limits(1, "blas"), ThreadPoolExecutor(get_num_threads()) as pool:
            for done in [pool.submit(strip, row) for row in range(left.blocks)]:
                done.result()

    @property
    def _forks(self) -> int:
        return sum(stage.kind == "fork" for stage in self.stages)

    def _tile(
        self,
        products: np.ndarray,
        at: int,
        x: Sheet,
        y: Sheet,
        row: int,
        column: int,
        work: np.ndarray,
    ) -> None:
        state, rows, kept = work[:STATE], x.rows(row), 0
        for k, stage in enumerate(self.stages):
            g1, g2 = x.affine[k][row], y.affine[k][column]
            match stage.kind:
                case "start":
                    pairs = x.unit[row], y.unit[column], state, x.spread[row], y.spread[column]
                    updates.start(products, at, *pairs, g1, g2, *stage.numbers, rows)
                case "layer":
                    f1, f2 = x.features[k][row], y.features[k][column]
                    tile = self.codes[stage.activation].tile
                    tile(state, f1, f2, g1, g2, *stage.numbers, rows)
                case "affine":
                    updates.layer(state, g1, g2, *stage.numbers, rows)
                case "fork":
                    kept += 1
                    work[kept * STATE : (kept + 1) * STATE] = state
                case "join":
                    saved = work[kept * STATE : (kept + 1) * STATE]
                    updates.join(state, saved, g1, g2, rows)
                    kept -= 1
