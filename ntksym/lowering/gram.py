"""Gram matrices, diagonals and products with vectors: what the tiles are written to."""

from typing import Any

import numpy as np

from ntksym.arguments import shown
from ntksym.lowering.code.load import code
from ntksym.lowering.inputs import finite, pair_of_arrays, real
from ntksym.lowering.machine.calls import Calls
from ntksym.lowering.memory import blank, store, streamed, times
from ntksym.lowering.program import program
from ntksym.lowering.stages import stages
from ntksym.lowering.threads.sweep import Sums
from ntksym.lowering.tiles import Engine
from ntksym.networks import Network


def engine(network: Network, tangent: bool) -> Engine:
    """The engine of a network's kernel, its activations compiled or loaded."""
    codes = {a: code(a, tangent) for a in network.activations}
    return Engine(tuple(stages(program(network), tangent)), codes)


def gram(engine: Engine, x: Any, y: Any, dtype: Any, out: np.ndarray | None) -> np.ndarray:
    """K(X, Y), or the exactly symmetric K(X, X), into ``out`` or a new array."""
    first, second = pair_of_arrays(x, y, single=True)
    shape = len(first), len(first if second is None else second)
    matrix = _target(shape, dtype, out)
    if matrix.size == 0:
        return matrix
    left, right = engine.sheets(first, second, matrix.dtype)
    start = streamed(matrix)

    def write(do: Calls, state: np.ndarray, rows: slice, cols: slice) -> None:
        corners = rows.start, cols.start, rows.stop, cols.stop
        do(store, state, matrix, *corners, right is None, start)

    engine.run(left, right, write)
    if right is None:
        np.fill_diagonal(matrix, left.diagonal)
    return matrix


def diagonal(engine: Engine, x: Any) -> np.ndarray:
    """K(x, x) of each row."""
    first, _ = pair_of_arrays(x, None)
    return engine.sheets(first, None)[0].diagonal


def product(engine: Engine, x: Any, v: Any, y: Any) -> np.ndarray:
    """K(X, Y) @ V, tile by tile: memory for X, Y, V and the result only."""
    first, second = pair_of_arrays(x, y)
    vectors = real("V", v, "(m,) or (m, k)")
    count = len(first if second is None else second)
    if vectors.ndim not in (1, 2) or len(vectors) != count:
        raise ValueError(f"V: expected shape ({count},) or ({count}, k), got shape {vectors.shape}")
    finite("V", vectors)
    if not len(first) or not vectors.size:
        return np.zeros((len(first), *vectors.shape[1:]))
    left, right = engine.sheets(first, second)
    across = np.ascontiguousarray(vectors.reshape(count, -1).T)
    sums = Sums((len(across), len(first)))

    def write(do: Calls, state: np.ndarray, rows: slice, cols: slice) -> None:
        """Into a sum of the thread's own: a tile and its mirror image are in different rows."""
        corners = rows.start, cols.start, rows.stop, cols.stop
        do(times(len(across)), state, across, sums.mine(), *corners, right is None)

    engine.run(left, right, write)
    total = sums.total()
    if right is None:
        total += left.diagonal * across
    return np.ascontiguousarray(total.T).reshape(len(first), *vectors.shape[1:])


def _target(shape: tuple[int, int], dtype: Any, out: np.ndarray | None) -> np.ndarray:
    if out is not None and not isinstance(out, np.ndarray):
        raise TypeError(f"out: expected an ndarray of shape {shape}, got {type(out).__name__}")
    kind = _kind(dtype if dtype is not None else np.float64 if out is None else out.dtype)
    if out is None:
        return blank(shape, kind)
    if out.shape != shape or out.dtype != kind:
        got = f"{out.dtype} {out.shape}"
        raise ValueError(f"out: expected a {kind} array of shape {shape}, got {got}")
    if not out.flags.writeable:
        raise ValueError("out: expected a writeable array, got a read-only one")
    return out


def _kind(dtype: Any) -> np.dtype[Any]:
    try:
        kind = np.dtype(dtype)
    except (TypeError, ValueError):
        raise TypeError(f"dtype: expected float64 or float32, got {shown(dtype)}") from None
    if kind not in (np.float64, np.float32):
        raise TypeError(f"dtype: expected float64 or float32, got {kind}")
    return kind
