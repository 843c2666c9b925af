"""The engine: a program run on tiles of the Gram matrix that stay in cache, in threads."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import get_num_threads

from ntksym.lowering import updates
from ntksym.lowering.code.load import Code
from ntksym.lowering.inputs import Points
from ntksym.lowering.program import Affine, Fork, Join, Nonlinear, Operation

SIDE = 128
"""Rows and columns of a tile: its seven arrays of doubles fit in a second-level cache."""


@dataclass(frozen=True)
class Engine:
    """A program with the compiled code of its activations."""

    operations: tuple[Operation, ...]
    codes: dict[Any, Code]
    tangent: bool

    def spreads(self, points: Points) -> list[np.ndarray]:
        """The standard deviations before the first operation and after each."""
        stages, kept = [points.spread], []
        for operation in self.operations:
            s, before = np.empty_like(stages[-1]), stages[-1]
            match operation:
                case Affine(w, b, random):
                    updates.spread(before, float(w), float(b) if random else 0.0, s)
                case Nonlinear(activation):
                    self.codes[activation].points(before, s)
                case Fork():
                    kept.append(before)
                    s = before
                case Join():
                    s = np.hypot(before, kept.pop())
            stages.append(s)
        return stages

    def diagonal(self, points: Points) -> np.ndarray:
        """K(x, x) for each point."""
        stages = self.spreads(points)
        theta, kept = np.zeros(points.count), []
        for k, operation in enumerate(self.operations):
            before, after = stages[k], stages[k + 1]
            match operation:
                case Affine(w, b, random):
                    trained = 0.0 if random else float(b)
                    updates.affine_line(before, after, float(w), trained, theta)
                case Nonlinear(activation):
                    self.codes[activation].line(before, after, theta)
                case Fork():
                    kept.append(theta.copy())
                case Join():
                    theta += kept.pop()
        return theta if self.tangent else stages[-1] ** 2

    def gram(self, x: Points, y: Points | None, write: Callable[..., None]) -> None:
        """Each tile once to ``write(rows, columns, values)``; only the upper half without ``y``."""
        columns = y or x
        left = self.spreads(x)
        right = self.spreads(columns) if y is not None else left

        def strip(rows: slice) -> None:
            work = np.empty((4 + 3 * self._forks, SIDE * SIDE))
            for cols in _blocks(columns.count, rows.start if y is None else 0):
                write(rows, cols, self._tile(x, columns, rows, cols, left, right, work))

        with ThreadPoolExecutor(get_num_threads()) as pool:
            for done in [pool.submit(strip, rows) for rows in _blocks(x.count, 0)]:
                done.result()

    @property
    def _forks(self) -> int:
        return sum(isinstance(operation, Fork) for operation in self.operations)

    def _tile(
        self,
        x: Points,
        y: Points,
        rows: slice,
        cols: slice,
        left: list[np.ndarray],
        right: list[np.ndarray],
        work: np.ndarray,
    ) -> np.ndarray:
        shape = rows.stop - rows.start, cols.stop - cols.start
        buffers = [row[: shape[0] * shape[1]].reshape(shape) for row in work]
        minus, plus, theta, out = buffers[:4]
        np.matmul(x.unit[rows], y.unit[cols].T, out=minus)
        updates.start(x.unit[rows], y.unit[cols], left[0][rows], right[0][cols], minus, plus)
        theta[:] = 0.0
        kept: list[tuple[int, list[np.ndarray]]] = []
        free = list(range(4, len(buffers), 3))
        for k, operation in enumerate(self.operations):
            b1, a1, b2, a2 = left[k][rows], left[k + 1][rows], right[k][cols], right[k + 1][cols]
            match operation:
                case Affine(w, b, random):
                    inside, outside = (float(b), 0.0) if random else (0.0, float(b))
                    w = float(w)
                    updates.affine(b1, a1, b2, a2, w, inside, outside, minus, plus, theta)
                case Nonlinear(activation):
                    self.codes[activation].tile(b1, a1, b2, a2, minus, plus, theta)
                case Fork():
                    saved = buffers[free[len(kept)] : free[len(kept)] + 3]
                    for target, source in zip(saved, (minus, plus, theta), strict=True):
                        target[:] = source
                    kept.append((k, saved))
                case Join():
                    at, saved = kept.pop()
                    c1, c2 = left[at][rows], right[at][cols]
                    updates.join(c1, b1, c2, b2, minus, plus, theta, *saved)
        updates.finish(left[-1][rows], right[-1][cols], minus, plus, theta, self.tangent, out)
        return out


def _blocks(count: int, first: int) -> Iterator[slice]:
    for start in range(first, count, SIDE):
        yield slice(start, min(start + SIDE, count))
