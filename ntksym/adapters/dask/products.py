"""K(X, Y) @ V without storing K, spread over pairs of blocks of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from dask.delayed import Delayed

from ntksym.adapters.dask.blocks import CHUNK, check, slices, upper
from ntksym.adapters.dask.cluster import results, shared, task
from ntksym.kernel import Kernel
from ntksym.lowering.inputs import pair_of_arrays
from ntksym.numerics.regression.data import outputs
from ntksym.numerics.regression.factor import Progress

SIDE = 1024
"""Rows of the part of K that exists at one time in a task."""


def matmul(
    kernel: Kernel,
    X: Any,
    V: Any,
    Y: Any = None,
    *,
    chunk: int = CHUNK,
    progress: Progress | None = None,
) -> np.ndarray:
    """K(X, Y) @ V as ``kernel.matmul`` has it, on all workers: V is (m,) or (m, k).

    K(X, X) computes each pair of rows once. A worker holds at most the points X (n, d), Y and V,
    2k doubles a row for each block of its tiles, and for each of its threads 24 MiB of K. The sums
    have a fixed order: the result does not depend on which worker did what.
    ``progress("product", done, total)`` counts blocks of rows.

    >>> from ntksym import ntk
    >>> X, kernel = np.random.default_rng(0).normal(size=(50, 3)), ntk("relu", depth=3)
    >>> bool(np.allclose(matmul(kernel, X, X, chunk=20), kernel(X) @ X))
    True
    """
    check(kernel, chunk)
    left, right = pair_of_arrays(X, Y)
    vectors = outputs("V", V, len(left if right is None else right))
    return product(kernel, left, right, chunk)(vectors, progress)


@dataclass(frozen=True)
class Product:
    """The operator V ↦ K(X, Y) V, its points where the workers find them."""

    kernel: Delayed
    left: Sequence[Delayed]
    right: Sequence[Delayed] | None
    columns: Sequence[slice]

    def __call__(self, V: np.ndarray, progress: Progress | None = None) -> np.ndarray:
        """For V of shape (m,) or (m, k)."""
        parts = shared(*(np.ascontiguousarray(V[rows]) for rows in self.columns))
        rows = self._mirrored(parts) if self.right is None else self._plain(self.right, parts)
        return np.concatenate(results(rows, "product", progress))

    def _plain(self, right: Sequence[Delayed], parts: Sequence[Delayed]) -> list[Delayed]:
        pairs = [list(zip(right, parts, strict=True)) for _ in self.left]
        terms = [
            [task(_product, self.kernel, x, v, y) for y, v in row]
            for x, row in zip(self.left, pairs, strict=True)
        ]
        return [task(_sum, row) for row in terms]

    def _mirrored(self, parts: Sequence[Delayed]) -> list[Delayed]:
        """Tile (i, j) serves row i with V_j, and transposed row j with V_i."""
        terms: list[list[Delayed]] = [[] for _ in self.left]
        for i, j in upper(len(self.left)):
            if i == j:
                terms[i].append(task(_product, self.kernel, self.left[i], parts[i]))
            else:
                ends = (self.left[i], self.left[j], parts[i], parts[j])
                both = task(_both, self.kernel, *ends)
                terms[i].append(both[0])
                terms[j].append(both[1])
        return [task(_sum, row) for row in terms]


def product(kernel: Kernel, X: np.ndarray, Y: np.ndarray | None, chunk: int) -> Product:
    """Points and kernel go to the workers."""
    rows = slices(len(X), chunk)
    columns = rows if Y is None else slices(len(Y), chunk)
    of, *blocks = shared(kernel, *(X[r] for r in rows), *(Y[c] for c in columns if Y is not None))
    left, right = blocks[: len(rows)], blocks[len(rows) :]
    return Product(of, left, right if Y is not None else None, columns)


def _product(kernel: Kernel, x: np.ndarray, v: np.ndarray, y: np.ndarray | None = None) -> Any:
    return kernel.matmul(x, v, y)


def _both(
    kernel: Kernel, x: np.ndarray, y: np.ndarray, v: np.ndarray, w: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """K(x, y) w and K(y, x) v, each part of K(x, y) formed once."""
    first, second = np.zeros(v.shape), np.zeros(w.shape)
    for rows in slices(len(x), SIDE):
        for columns in slices(len(y), SIDE):
            part = kernel(x[rows], y[columns])
            first[rows] += part @ w[columns]
            second[columns] += part.T @ v[rows]
    return first, second


def _sum(terms: list[np.ndarray]) -> np.ndarray:
    """In the order given, so that it is the same each time."""
    return reduce(np.add, terms)
