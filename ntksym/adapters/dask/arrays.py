"""Gram matrices as lazy Dask arrays."""

from functools import partial
from typing import Any

import dask.array as da
import numpy as np
from dask.base import tokenize
from dask.highlevelgraph import HighLevelGraph

from ntksym.adapters.dask.blocks import CHUNK, check, digest, rectangle, tile
from ntksym.adapters.dask.cluster import in_one_thread
from ntksym.kernel import Kernel
from ntksym.lowering.inputs import array


def gram(kernel: Kernel, X: Any, Y: Any = None, *, chunk: int = CHUNK) -> da.Array:
    """K(X, Y) of shape (n, m) as a Dask array of tiles chunk × chunk; K(X, X) without Y.

    Lazy. K(X, X) computes each tile above the diagonal once; the one below is its transpose. X
    (n, d) and Y (m, d) are arrays, or Dask arrays that need not fit in memory. The names of the
    tasks are digests of kernel and points: the same matrix asked for twice is computed once.
    Each task is one thread and holds a tile and two blocks of points. Equal to ``kernel(X, Y)`` up
    to the order in which BLAS sums x·y. TypeError and ValueError as ``kernel(X)`` raises them, for
    the values of Dask arrays when they are computed.

    >>> from ntksym import ntk
    >>> X, kernel = np.random.default_rng(0).normal(size=(50, 3)), ntk("relu", depth=3)
    >>> K = gram(kernel, X, chunk=20)
    >>> bool(np.allclose(K[:5, 30:].compute(), kernel(X[:5], X[30:]), rtol=1e-14))
    True
    """
    check(kernel, chunk)
    left = points("X", X, chunk)
    right = left if Y is None else points("Y", Y, chunk)
    if left.shape[1] != right.shape[1]:
        raise ValueError(f"Y: expected {left.shape[1]} columns as in X, got shape {right.shape}")
    compute, symmetric = partial(in_one_thread, tile, kernel), Y is None
    name = "gram-" + tokenize(digest(kernel), left.name, right.name, symmetric)
    tasks: dict[Any, Any] = {}
    for i in range(left.numblocks[0]):
        for j in range(right.numblocks[0]):
            if symmetric and i > j:
                tasks[name, i, j] = np.transpose, (name, j, i)
            elif symmetric and i == j:
                tasks[name, i, j] = compute, (left.name, i, 0)
            else:
                tasks[name, i, j] = compute, (left.name, i, 0), (right.name, j, 0)
    graph = HighLevelGraph.from_collections(name, tasks, dependencies=[left, right])
    return da.Array(graph, name, (left.chunks[0], right.chunks[0]), dtype=np.float64)


def points(name: str, X: Any, chunk: int) -> da.Array:
    """Rows of doubles in blocks of ``chunk``."""
    found = rectangle(name, X)
    if not isinstance(found, da.Array):
        found = da.from_array(array(name, found), chunks=(chunk, -1))
    return found.rechunk((chunk, -1)).astype(np.float64)
