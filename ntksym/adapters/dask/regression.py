"""Kernel ridge regression on a cluster."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ntksym.adapters.dask.blocks import CHUNK, check
from ntksym.adapters.dask.factorization import cholesky
from ntksym.adapters.dask.iteration import conjugate_gradients
from ntksym.adapters.dask.products import matmul
from ntksym.adapters.dask.stores import store
from ntksym.arguments import number
from ntksym.kernel import Kernel
from ntksym.numerics.regression.data import others, outputs, points
from ntksym.numerics.regression.factor import Progress


@dataclass(eq=False)
class KernelRegression:
    r"""Kernel ridge regression on the workers: :math:`f(x)=K(x,X)(K(X,X)+\lambda I)^{-1}y`.

    With ``path``, a folder, the matrix is stored there and decomposed (``store``, ``cholesky``);
    a fit that was killed goes on where it stopped. Without, nothing is stored and the weights are
    found by ``conjugate_gradients`` to the relative residual ``rtol``. No jitter is added and
    nothing is proved, unlike with :class:`ntksym.KernelRegression`.

    >>> from ntksym import ntk
    >>> X = np.random.default_rng(0).normal(size=(40, 3))
    >>> model = KernelRegression(ntk("relu", depth=3), ridge=1e-3, rtol=1e-9).fit(X, X[:, 0])
    >>> float(np.abs(model.predict(X) + 1e-3 * model.weights - X[:, 0]).max()) < 1e-8
    True
    """

    kernel: Kernel
    ridge: float
    path: str | Path | None = None
    chunk: int = CHUNK
    rtol: float = 1e-6
    _seen: tuple[np.ndarray, np.ndarray] | None = field(default=None, init=False, repr=False)

    def fit(self, X: Any, y: Any, *, progress: Progress | None = None) -> "KernelRegression":
        """Learn from X (n, d) and y (n,) or (n, k); errors as of the functions it calls."""
        check(self.kernel, self.chunk)
        rows, ridge = points(self.kernel, X), number("ridge", self.ridge)
        targets, options = outputs("y", y, len(rows)), {"chunk": self.chunk, "progress": progress}
        if self.path is None:
            wanted: Any = {"rtol": self.rtol, **options}
            weights = conjugate_gradients(self.kernel, rows, targets, ridge, **wanted).weights
        else:
            store(self.kernel, rows, self.path, chunk=self.chunk, progress=progress)
            weights = cholesky(self.path, ridge, progress=progress).solve(targets)
        self._seen = rows, weights
        return self

    def predict(self, X: Any, *, progress: Progress | None = None) -> np.ndarray:
        """Values f(x) at the rows of X (m, d): (m,) or (m, k)."""
        known, weights = self._known()
        rows = others("X", X, known)
        return matmul(self.kernel, rows, weights, known, chunk=self.chunk, progress=progress)

    @property
    def weights(self) -> np.ndarray:
        """(K + ridge)^{-1} y, of the shape of y."""
        return self._known()[1]

    def _known(self) -> tuple[np.ndarray, np.ndarray]:
        if self._seen is None:
            raise ValueError("KernelRegression: expected fit(X, y) before")
        return self._seen
