"""Gaussian processes: posterior, evidence, samples."""

from dataclasses import dataclass, field
from math import log, pi
from typing import Any, Literal, overload

import numpy as np
from scipy.linalg import eigh

from ntksym.arguments import integer
from ntksym.kernel import Kernel
from ntksym.lowering.inputs import array
from ntksym.numerics.regression.data import others, points
from ntksym.numerics.regression.factor import Known
from ntksym.numerics.regression.fitted import Fitted

MANY = 10**9
"""Functions of a sample."""


@dataclass(eq=False)
class GaussianProcess(Fitted):
    r"""Gaussian process regression with :math:`f\sim N(0,K)` and noise of variance σ² = ``noise``.

    .. math:: \mathbb E f(x)=K(x,X)(K+\sigma^2)^{-1}y,\qquad
        \mathrm{Cov}(x,x')=K(x,x')-K(x,X)(K+\sigma^2)^{-1}K(X,x')

    for ``y = f(X) + noise``; several outputs (n, k) are independent with the same covariance. With
    ``nngp`` it is the Bayesian network of infinite width [williams1997], and at noise 0 the law of
    a network of which the last layer alone was trained to the end [lee2019]. The posterior is that
    of f, without the noise. ``jitter``, ``certificate`` and ``proved`` are those of
    :class:`KernelRegression`.

    >>> from ntksym import nngp
    >>> process = GaussianProcess(nngp("relu", depth=2), noise=0.01)
    >>> _ = process.fit([[1.0, 0.0], [0.0, 2.0]], [1.0, -1.0])
    >>> mean, std = process.predict([[1.0, 1.0]], return_std=True)
    >>> mean.shape, std.shape, process.sample([[1.0, 1.0]], 5, seed=0).shape
    ((1,), (1,), (5, 1))
    """

    kernel: Kernel
    noise: float = 0.0
    _seen: Known | None = field(default=None, init=False, repr=False)

    @property
    def _added(self) -> tuple[str, Any]:
        return "noise", self.noise

    @overload
    def predict(self, X: Any) -> np.ndarray: ...
    @overload
    def predict(self, X: Any, *, return_std: Literal[True]) -> tuple[np.ndarray, np.ndarray]: ...
    @overload
    def predict(self, X: Any, *, return_cov: Literal[True]) -> tuple[np.ndarray, np.ndarray]: ...
    def predict(self, X: Any, *, return_std: bool = False, return_cov: bool = False) -> Any:
        """The posterior mean (m,) or (m, k); with ``return_std`` (mean, std of shape (m,)).

        With ``return_cov`` (mean, covariance of shape (m, m)); not both.
        """
        if return_std and return_cov:
            raise ValueError("return_std, return_cov: expected at most one of them")
        known = self._known()
        rows = others("X", X, known.points)
        if not return_std and not return_cov:
            return self.kernel.matmul(rows, known.weights, known.points)
        cross = self.kernel(known.points, rows)
        mean, half = cross.T @ known.weights, known.factor.halfway(cross)
        if return_cov:
            return mean, self.kernel(rows) - half.T @ half
        left = self.kernel.diag(rows) - np.einsum("ij,ij->j", half, half)
        return mean, np.sqrt(np.maximum(left, 0.0))

    @property
    def log_marginal_likelihood(self) -> float:
        r"""The log density of y, :math:`-\frac12y^\top A^{-1}y-\frac12\log\det A-\frac n2\log2\pi`.

        A = K + σ² + jitter; summed over the outputs.
        """
        known = self._known()
        count, outputs_ = len(known.targets), known.targets.size // len(known.targets)
        determinant = 2 * float(np.log(known.factor.lower.diagonal()).sum())
        fit = float(np.vdot(known.targets, known.weights))
        return -0.5 * (fit + outputs_ * (determinant + count * log(2 * pi)))

    def sample(
        self, X: Any, count: int = 1, seed: int | np.random.Generator | None = None
    ) -> np.ndarray:
        """``count`` functions at the rows of X: (count, m), or (count, m, k) for k outputs.

        From the posterior, or from the prior before ``fit``. ``seed`` as of
        ``numpy.random.default_rng``.
        """
        count = integer("count", count, 1, MANY)
        if self._seen is None:
            points(self.kernel, X)
            covariance = self.kernel(X)
            mean = np.zeros(len(covariance))
        else:
            mean, covariance = self.predict(array("X", X), return_cov=True)
        values, vectors = eigh(covariance, check_finite=False)
        root = vectors * np.sqrt(np.maximum(values, 0.0))
        noise = np.random.default_rng(seed).normal(size=(count, *mean.shape))
        return mean + np.einsum("ij,cj...->ci...", root, noise, optimize=True)
