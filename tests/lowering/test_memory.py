"""A matrix that is written past the cache is the matrix, wherever it begins."""

import platform
import re
from types import FunctionType
from typing import Any

import numpy as np
import pytest

from ntksym.lowering.code.options import PLANE, SIDE
from ntksym.lowering.machine.instructions import LINE
from ntksym.lowering.memory import store, streamed
from ntksym.lowering.memory.matrix import line

N = 2 * SIDE + 37


def inside(shape: tuple[int, int], dtype: Any, start: int) -> np.ndarray:
    """A matrix that begins ``start`` numbers behind a line, in a frame of NaN."""
    size = np.dtype(dtype).itemsize
    frame = np.full(shape[0] * shape[1] + 4 * LINE, np.nan, dtype)
    first = -frame.ctypes.data % LINE // size + LINE + start
    return frame[first : first + shape[0] * shape[1]].reshape(shape)


@pytest.mark.parametrize(("dtype", "of_tile"), [("f8", "f8"), ("f4", "f4"), ("f4", "f8")])
@pytest.mark.parametrize("start", [0, 3, 7])
@pytest.mark.parametrize("mirrored", [True, False])
def test_a_tile_of_any_size_at_any_place(monkeypatch, dtype, of_tile, start, mirrored) -> None:
    monkeypatch.setattr("ntksym.lowering.memory.matrix.LARGE", 0)
    rng = np.random.default_rng(start)
    tile = rng.normal(size=3 * PLANE).astype(of_tile)
    values = tile[2 * PLANE :].reshape(SIDE, SIDE)
    for rows, columns, row, column in [(SIDE, SIDE, 0, SIDE), (SIDE, 37, SIDE, 2 * SIDE),
                                       (5, 1, 3, 200), (1, SIDE, 60, 101)]:  # fmt: skip
        out = inside((N, N), dtype, start)
        assert streamed(out) == start
        store(tile, out, row, column, row + rows, column + columns, mirrored, streamed(out))
        expected = np.full((N, N), np.nan, dtype)
        expected[row : row + rows, column : column + columns] = values[:rows, :columns]
        if mirrored:
            expected[column : column + columns, row : row + rows] = values[:rows, :columns].T
        assert np.array_equal(out, expected, equal_nan=True)
        frame = out.base
        assert np.isfinite(frame).sum() == rows * columns * (1 + mirrored)


def test_a_tile_of_the_diagonal_is_mirrored_at_it() -> None:
    tile = np.random.default_rng(0).normal(size=3 * PLANE)
    half = np.triu(tile[2 * PLANE :].reshape(SIDE, SIDE)[:37, :37])
    out = inside((N, N), np.float64, 0)
    store(tile, out, 5, 5, 42, 42, True, -1)
    assert np.array_equal(out[5:42, 5:42], half + np.triu(half, 1).T)
    assert np.isfinite(out).sum() == 37 * 37


def test_small_or_scattered_matrices_go_through_the_cache(monkeypatch) -> None:
    assert streamed(np.empty((100, 100))) == -1
    monkeypatch.setattr("ntksym.lowering.memory.matrix.LARGE", 0)
    assert streamed(np.empty((100, 200))[:, ::2]) == streamed(np.empty((100, 100)).T) == -1
    unaligned = np.empty(100 * 100 * 8 + 1, np.uint8)[1:].view(np.float64).reshape(100, 100)
    assert streamed(unaligned) == -1


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="its instructions")
def test_whole_lines_are_written_past_the_cache() -> None:
    out = inside((N, N), np.float64, 0)
    numbers = np.zeros(3 * PLANE)
    form = store.dispatcher
    form(numbers, out, 0, SIDE, SIDE, 2 * SIDE, True, 0)
    code = form.inspect_asm()[form.signatures[0]]
    assert re.search(r"v?movnt", code)
    assert re.search(r"prefetch", code)


def test_what_python_does_in_their_place_is_the_same(monkeypatch) -> None:
    """The instructions as they are documented."""
    monkeypatch.setattr("ntksym.lowering.memory.matrix.LARGE", 0)
    tile = np.random.default_rng(1).normal(size=3 * PLANE)
    plain, fast = (inside((N, N), np.float64, 3) for _ in range(2))
    names = dict(store.py_func.__globals__)
    names["line"] = FunctionType(line.py_func.__code__, names)
    FunctionType(store.py_func.__code__, names)(tile.copy(), plain, 2, 40, 39, 61, True, 3)
    store(tile.copy(), fast, 2, 40, 39, 61, True, 3)
    assert np.array_equal(plain, fast, equal_nan=True)
