"""The products of two blocks of points with few columns; a tile of the kernel times vectors."""

from typing import Any

import llvmlite.binding as llvm
import numpy as np

from ntksym.lowering.code.options import PLANE, SIDE, compiled, reordered, wide
from ntksym.lowering.machine.instructions import BAND, LINE, multiply

FEW = 4096 if llvm.get_host_cpu_features().get("avx512f") else 64
"""Columns up to which a tile forms its own products. BLAS copies more than it computes where they
are few; 16 sums of 512 bits leave no registers on other machines."""
DEPTH = 112
"""Rows of a band of columns that stay in a first-level cache."""
VECTORS, MANY = 8, 48
"""So many stay in a first-level cache while a tile is read; from so many on BLAS is faster."""


@compiled
def multiplied(x: Any, bands: Any, out: Any) -> None:
    """Each row of ``x`` times each point of ``bands``, both ``SIDE``, into ``out``."""
    width = x.shape[1]
    for first in range(0, width, DEPTH):
        for j in range(0, SIDE, BAND * LINE // x.itemsize):
            for i in range(0, SIDE, BAND):
                last = min(first + DEPTH, width)
                multiply(x, i, bands, width * j, out, j, SIDE, first, last)


def bands(blocks: np.ndarray, out: np.ndarray) -> None:
    """The points of blocks, each flat: number by number of as many as are multiplied at a time."""
    count, width = BAND * LINE // blocks.itemsize, blocks.shape[2]
    rows = blocks.reshape(len(blocks), -1, count, width)
    out.reshape(len(blocks), -1, width, count)[:] = rows.transpose(0, 1, 3, 2)


def times(count: int) -> Any:
    """What multiplies a tile with so many vectors: ``applied``, or the same by BLAS."""
    return applied if count < MANY else by_blas


@reordered
def applied(
    state: Any, vectors: Any, sums: Any, row: int, column: int, row_end: int, column_end: int,
    mirrored: bool,
) -> None:  # fmt: skip
    """The kernel of a tile at (row, column) times vectors, added to their sums, each a row.

    If ``mirrored``, that of its mirror image as well; on a tile of the diagonal without the
    diagonal, and only the half above it is read.
    """
    wide()
    for first in range(0, len(vectors), VECTORS):
        for i in range(row_end - row):
            start = i + 1 if mirrored and row == column else 0
            line = state[2 * PLANE + SIDE * i + start : 2 * PLANE + SIDE * i + column_end - column]
            for k in range(first, min(first + VECTORS, len(vectors))):
                v, out, total = vectors[k], sums[k], 0.0
                right, below = v[column + start :], out[column + start :]
                for j in range(len(line)):
                    total += line[j] * right[j]
                out[row + i] += total
                if mirrored:
                    for j in range(len(line)):
                        below[j] += line[j] * v[row + i]


def by_blas(
    state: Any, vectors: Any, sums: Any, row: int, column: int, row_end: int, column_end: int,
    mirrored: bool,
) -> None:  # fmt: skip
    """As ``applied``."""
    tile = state[2 * PLANE : 3 * PLANE].reshape(SIDE, SIDE)
    tile = tile[: row_end - row, : column_end - column]
    if mirrored and row == column:
        tile = np.triu(tile, 1)
    sums[:, row:row_end] += vectors[:, column:column_end] @ tile.T
    if mirrored:
        sums[:, column:column_end] += vectors[:, row:row_end] @ tile
