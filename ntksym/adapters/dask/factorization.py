r"""The Cholesky decomposition of a stored matrix, tile by tile, each written once.

.. math:: K+\lambda I=R^\top R,\qquad
    R_{ij}=R_{ii}^{-\top}\Bigl((K+\lambda I)_{ij}-\sum_{k<i}R_{ki}^\top R_{kj}\Bigr),\quad i\le j,

where for i = j the bracket is decomposed instead [golub2013, section 4.2]. A tile waits for the
tiles above it, and is read by those that need it from the folder: nothing large travels between
workers, and what is finished when one is killed stays finished.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.linalg
import zarr
from dask.delayed import Delayed

from ntksym.adapters.dask.blocks import slices, upper
from ntksym.adapters.dask.cluster import results, task
from ntksym.adapters.dask.stores import complete, created, finished, opened, read, write
from ntksym.arguments import number
from ntksym.numerics.regression.data import outputs
from ntksym.numerics.regression.factor import Progress


@dataclass(frozen=True)
class Factor:
    """R with R'R = K + ridge, its tiles on and above the diagonal in ``folder``/``name``."""

    folder: str
    name: str

    def solve(self, b: Any) -> np.ndarray:
        """(K + ridge)^{-1} b for b (n,) or (n, k), in this process: two passes over the tiles."""
        count, chunk = self._shape()
        x, blocks = outputs("b", b, count), slices(count, chunk)
        for i, rows in enumerate(blocks):
            x[rows] = scipy.linalg.solve_triangular(self._tile(i, i), x[rows], trans=1)
            for j in range(i + 1, len(blocks)):
                x[blocks[j]] -= self._tile(i, j).T @ x[rows]
        for i, rows in reversed(list(enumerate(blocks))):
            for j in range(i + 1, len(blocks)):
                x[rows] -= self._tile(i, j) @ x[blocks[j]]
            x[rows] = scipy.linalg.solve_triangular(self._tile(i, i), x[rows])
        return x

    def log_determinant(self) -> float:
        """The logarithm of det (K + ridge)."""
        count, chunk = self._shape()
        tiles = range(len(slices(count, chunk)))
        return 2 * sum(float(np.log(self._tile(i, i).diagonal()).sum()) for i in tiles)

    def _shape(self) -> tuple[int, int]:
        array = opened(self.folder, self.name)
        return array.shape[0], array.chunks[0]

    def _tile(self, i: int, j: int) -> np.ndarray:
        return np.asarray(read(self.folder, self.name, i, j))


def cholesky(path: str | Path, ridge: float = 0.0, *, progress: Progress | None = None) -> Factor:
    """Decompose K + ridge, K what ``store`` has written to the folder ``path``.

    The factor is another array there, as large again, one for each ridge. Called again after it
    was killed it computes what is missing. A worker holds, for each of its threads, at most 7 tiles
    (7·8·chunk² bytes). ``progress("Cholesky", done, total)`` counts tiles. ValueError where tiles
    of K are missing, ``LinAlgError`` where K + ridge is not positive definite in floating point.
    """
    shift, folder = number("ridge", ridge), str(Path(path).absolute())
    matrix, name = complete(folder), f"cholesky-{shift!r}"
    attributes = {**matrix.attrs, "ridge": shift}
    group = zarr.open_group(folder, mode="r+")
    if name not in group or dict(group[name].attrs) != attributes:
        created(group, name, matrix.shape, matrix.chunks, attributes)
    tasks: dict[tuple[int, int], Delayed] = {}
    for i, j in upper(matrix.cdata_shape[0]):
        above = [tasks[place] for place in ((i - 1, j), (i - 1, i)) if i > 0]
        before = [*above, tasks[i, i]] if i < j else above
        tasks[i, j] = task(_compute, folder, name, i, j, shift, before)
    results(list(tasks.values()), "Cholesky", progress)
    return Factor(folder, name)


def _compute(folder: str, name: str, i: int, j: int, ridge: float, before: list[None]) -> None:
    if finished(folder, name, i, j):
        return
    rest = read(folder, "gram", i, j)
    for k in range(i):
        left = read(folder, name, k, i)
        rest -= left.T @ (left if i == j else read(folder, name, k, j))
    if i < j:
        top = read(folder, name, i, i)
        write(folder, name, i, j, scipy.linalg.solve_triangular(top, rest, trans=1))
        return
    rest[np.diag_indices_from(rest)] += ridge
    try:
        factor = scipy.linalg.cholesky(rest, overwrite_a=True)
    except scipy.linalg.LinAlgError as error:
        raise scipy.linalg.LinAlgError(
            f"ridge: K + {ridge} is not positive definite in floating point "
            f"({error} of block {i}); expected a larger ridge, or other rows"
        ) from None
    write(folder, name, i, j, factor)
