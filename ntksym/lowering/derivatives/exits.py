"""The derivatives of Gram matrices: by the hyperparameters, by the points."""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from ntksym.lowering.code.options import PLANE
from ntksym.lowering.derivatives import inputs
from ntksym.lowering.derivatives.load import code
from ntksym.lowering.derivatives.tiles import Tangents
from ntksym.lowering.inputs import Points, finite, pair_of_arrays, points, real
from ntksym.lowering.machine.calls import Calls
from ntksym.lowering.memory import blank, store, streamed
from ntksym.lowering.program import program
from ntksym.lowering.stages import stages
from ntksym.lowering.threads.sweep import Sums
from ntksym.networks import Network

TINY = 2.0**-200
"""The standard deviation of a first point 0 that is on its way to the second one."""


class Gradients(NamedTuple):
    """The kernel and its derivatives by ``w_std`` and ``b_std``, each of shape (n, m)."""

    value: np.ndarray
    w_std: np.ndarray
    b_std: np.ndarray


def _engine(network: Network, tangent: bool, hyper: bool) -> Tangents:
    """The engine of the derivatives of a network's kernel, its activations compiled or loaded."""
    codes = {a: code(a, tangent) for a in network.activations}
    return Tangents(tuple(stages(program(network), tangent)), codes, hyper)


def gradients(network: Network, tangent: bool, x: Any, y: Any) -> Gradients:
    """All three matrices in one pass; K(X, X) and its derivatives are exactly symmetric."""
    first, second = pair_of_arrays(x, y)
    shape = len(first), len(first if second is None else second)
    engine = _engine(network, tangent, hyper=True)
    found = Gradients(*(blank(shape, float) for _ in range(3)))
    if not found.value.size:
        return found
    left, *others = engine.sheets(*(points(rows) for rows in (first, second) if rows is not None))
    right = others[0] if others else None
    starts = [streamed(matrix) for matrix in found]

    def write(do: Calls, state: np.ndarray, rows: slice, cols: slice) -> None:
        corners = rows.start, cols.start, rows.stop, cols.stop
        for n, (matrix, start) in enumerate(zip(found, starts, strict=True)):
            do(store, state[2 * n * PLANE :], matrix, *corners, right is None, start)

    engine.run(left, right, write)
    if right is None:
        for matrix, diagonal in zip(found, left.diagonal, strict=True):
            np.fill_diagonal(matrix, diagonal)
    return found


def input_gradient(network: Network, tangent: bool, x: Any, y: Any, weights: Any) -> np.ndarray:
    """Of shape (n, m, d); with ``weights`` its sum over the second axis, without the terms."""
    first, second = pair_of_arrays(x, y)
    second = first if second is None else second
    if weights is not None:
        weights = real("weights", weights, "(m,)")
        if weights.shape != (len(second),):
            got = f"got shape {weights.shape}"
            raise ValueError(f"weights: expected shape ({len(second)},), {got}")
        finite("weights", weights)
    engine = _engine(network, tangent, hyper=False)
    n, d = first.shape
    out = blank((n, len(second), d), float) if weights is None else np.zeros((n, d))
    if not n or not len(second):
        return out
    at, to = points(first), points(second)
    at = replace(at, spread=np.where(at.spread > 0, at.spread, TINY))
    left, right = engine.sheets(at, to)
    pairs = *_vectors(first, at), *_vectors(second, to)
    sums, rooms = Sums((n, d)), Sums((d,))

    def write(do: Calls, state: np.ndarray, rows: slice, cols: slice) -> None:
        """A sum into one of the thread's own."""
        place = rows.start, cols.start, rows.stop, cols.stop
        if weights is None:
            do(inputs.store, state, *pairs, out, *place)
        else:
            do(inputs.add, state, *pairs, weights, rooms.mine(), sums.mine(), *place)

    engine.run(left, right, write)
    return out if weights is None else sums.total()


def _vectors(rows: np.ndarray, of: Points) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return rows, of.unit, of.spread * np.sqrt(rows.shape[1])
