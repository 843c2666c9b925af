"""The kernel of a tile into a matrix, and its mirror image."""

import math
from typing import Any

import numpy as np

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered
from ntksym.lowering.machine.instructions import LINE, ask_for, finish, turn, write_past

LARGE = 16 * 2**20
"""Bytes of a matrix that is written past the cache: it would not stay there."""


def aligned(shape: tuple[int, ...], dtype: Any) -> np.ndarray:
    """An array that begins with a line of the cache: no line of numbers lies in two."""
    size = np.dtype(dtype).itemsize
    room = np.empty(math.prod(shape) + LINE // size, dtype)
    first = -room.ctypes.data % LINE // size
    return room[first : first + math.prod(shape)].reshape(shape)


def streamed(out: np.ndarray) -> int:
    """How many numbers before the first of ``out`` a line of the cache begins; -1: it is small."""
    if out.nbytes < LARGE or not out.flags.c_contiguous or out.ctypes.data % out.itemsize:
        return -1
    return out.ctypes.data % LINE // out.itemsize


@compiled
def store(state, out, row, column, row_end, column_end, mirrored, start):
    """The kernel of a tile into ``out`` at (row, column); if ``mirrored``, at (column, row) too.

    On a tile of the diagonal only the upper half is read. The first gaps make room for what is
    turned. ``start``: ``streamed`` of ``out``.
    """
    rows, columns = row_end - row, column_end - column
    if mirrored and row == column:
        for i in range(rows):
            for j in range(i, columns):
                out[row + i, column + j] = state[2 * PLANE + SIDE * i + j]
                out[column + j, row + i] = state[2 * PLANE + SIDE * i + j]
        return
    for i in range(rows):
        line(out, row + i, column, columns, state, 2 * PLANE + SIDE * i, start)
    if mirrored:
        width = LINE // state.itemsize
        for first in range(0, columns, width):
            for i in range(0, rows, width):
                turn(state, 2 * PLANE + SIDE * i + first, state, i, SIDE)
            for j in range(min(width, columns - first)):
                line(out, column + first + j, row, rows, state, SIDE * j, start)
    if start >= 0:
        finish()


@ordered
def line(out, i, j, count, numbers, at, start):
    """``out[i, j : j + count]`` from ``numbers[at:]``; lines at the ends are shared with others."""
    if start < 0:
        for k in range(count):
            out[i, j + k] = numbers[at + k]
        return
    width = LINE // out.itemsize
    before = min(count, -(start + i * out.shape[1] + j) % width)
    whole = (count - before) // width
    behind = before + whole * width
    ahead = min(i + 8, out.shape[0] - 1)
    if before:
        ask_for(out, ahead, j)
        ask_for(out, ahead, j + count - 1)
    for k in range(before):
        out[i, j + k] = numbers[at + k]
    for k in range(whole):
        write_past(out, i, j + before + width * k, numbers, at + before + width * k)
    for k in range(behind, count):
        out[i, j + k] = numbers[at + k]
