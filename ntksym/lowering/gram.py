"""Gram matrices, diagonals and products with vectors: what the tiles are written to."""

from typing import Any

import numpy as np

from ntksym.lowering.code.load import code
from ntksym.lowering.inputs import finite, pair_of_arrays, points, real
from ntksym.lowering.program import program
from ntksym.lowering.tiles import Engine
from ntksym.networks import Network


def engine(network: Network, tangent: bool) -> Engine:
    """The engine of a network's kernel, its activations compiled or loaded."""
    operations = program(network)
    return Engine(operations, {a: code(a, tangent) for a in network.activations}, tangent)


def gram(engine: Engine, x: Any, y: Any, dtype: Any, out: np.ndarray | None) -> np.ndarray:
    """K(X, Y), or the exactly symmetric K(X, X), into ``out`` or a new array."""
    first, second = pair_of_arrays(x, y)
    shape = len(first), len(first if second is None else second)
    matrix = _target(shape, dtype, out)
    if matrix.size == 0:
        return matrix

    def write(rows: slice, cols: slice, values: np.ndarray) -> None:
        matrix[rows, cols] = values
        if second is None and rows != cols:
            matrix[cols, rows] = values.T

    left = points(first)
    engine.gram(left, None if second is None else points(second), write)
    if second is None:
        upper = np.arange(len(first))
        for start in range(0, len(first), 128):
            block = matrix[start : start + 128, start : start + 128]
            block[:] = np.triu(block) + np.triu(block, 1).T
        matrix[upper, upper] = engine.diagonal(left)
    return matrix


def diagonal(engine: Engine, x: Any) -> np.ndarray:
    """K(x, x) of each row."""
    first, _ = pair_of_arrays(x, None)
    return engine.diagonal(points(first))


def product(engine: Engine, x: Any, v: Any, y: Any) -> np.ndarray:
    """K(X, Y) @ V, tile by tile: memory for X, Y, V and the result only."""
    first, second = pair_of_arrays(x, y)
    vectors = real("V", v, "(m,) or (m, k)")
    count = len(first if second is None else second)
    if vectors.ndim not in (1, 2) or len(vectors) != count:
        raise ValueError(f"V: expected shape ({count},) or ({count}, k), got shape {vectors.shape}")
    finite("V", vectors)
    result = np.zeros((len(first), *vectors.shape[1:]))
    if result.size == 0 or count == 0:
        return result

    def write(rows: slice, cols: slice, values: np.ndarray) -> None:
        result[rows] += values @ vectors[cols]

    left = points(first)
    engine.gram(left, left if second is None else points(second), write)
    return result


def _target(shape: tuple[int, int], dtype: Any, out: np.ndarray | None) -> np.ndarray:
    if out is not None and not isinstance(out, np.ndarray):
        raise TypeError(f"out: expected an ndarray of shape {shape}, got {type(out).__name__}")
    kind = _kind(dtype if dtype is not None else np.float64 if out is None else out.dtype)
    if out is None:
        return np.empty(shape, kind)
    if out.shape != shape or out.dtype != kind:
        got = f"{out.dtype} {out.shape}"
        raise ValueError(f"out: expected a {kind} array of shape {shape}, got {got}")
    if not out.flags.writeable:
        raise ValueError("out: expected a writeable array, got a read-only one")
    return out


def _kind(dtype: Any) -> np.dtype[Any]:
    try:
        kind = np.dtype(dtype)
    except TypeError as error:
        raise TypeError(f"dtype: expected float64 or float32: {error}") from None
    if kind not in (np.float64, np.float32):
        raise TypeError(f"dtype: expected float64 or float32, got {kind}")
    return kind
