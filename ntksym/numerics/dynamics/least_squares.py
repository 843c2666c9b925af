r"""Gradient flow of the least squares cost, in closed form at any time."""

from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any

import numpy as np
from scipy.optimize import brentq

from ntksym.kernel import Kernel, nngp
from ntksym.numerics.dynamics.law import Law, Prior
from ntksym.numerics.dynamics.modes import Modes
from ntksym.numerics.dynamics.task import Progress, Task


@dataclass(frozen=True, eq=False)
class LeastSquaresFlow:
    """f_t at the times (T,): what :func:`gradient_flow` returns for the squared loss.

    ``train`` and ``test`` are the laws of f_t at X and at X_test, each with ``mean``,
    ``covariance``, ``std`` and the same at any other time (``mean_at``, ``covariance_at``,
    ``std_at``); ``test`` is None without X_test. ``mean``, ``covariance`` and ``std`` here are
    those at X_test, or at X without it.
    """

    kernel: Kernel
    times: np.ndarray
    prior: Prior
    aim: np.ndarray
    train: Law
    test: Law | None

    def __repr__(self) -> str:
        count, moving = len(self.aim), int((self.eigenvalues > 0).sum())
        seen = "" if self.test is None else f", {len(self.test.points)} others"
        return (
            f"<LeastSquaresFlow: {self.kernel.kind} at {count} points{seen}, {len(self.times)} "
            f"times, {moving} of {count} directions learn>"
        )

    @property
    def mean(self) -> np.ndarray:
        """E f_t, of shape (T, m) or (T, m, k)."""
        return self._shown.mean

    @property
    def covariance(self) -> np.ndarray:
        """Cov f_t over random initialisation, (T, m, m), the same for each output."""
        return self._shown.covariance

    @property
    def std(self) -> np.ndarray:
        """The standard deviation of f_t over random initialisation, (T, m)."""
        return self._shown.std

    @property
    def train_mean(self) -> np.ndarray:
        """E f_t at X, of shape (T, n) or (T, n, k)."""
        return self.train.mean

    @property
    def eigenvalues(self) -> np.ndarray:
        """Those of Θ(X, X), from the largest; 0 where they cannot be told from it."""
        return self.modes.eigenvalues

    @property
    def rates(self) -> np.ndarray:
        """How fast each direction learns: the eigenvalues over n, or as they are for a sum."""
        return self.modes.scale * self.eigenvalues

    @property
    def modes(self) -> Modes:
        """The eigendirections."""
        return self.prior.modes

    def weights(self, times: Any) -> np.ndarray:
        r""":math:`e^{-t\cdot\text{rate}_i}`, what is left of the residual in each direction.

        (n,) for a number, (T, n) for (T,).
        """
        return self.modes.decay(np.asarray(times, dtype=float))

    def residuals(self, times: Any) -> np.ndarray:
        r""":math:`u_i\cdot(y-\mathbb E f_t(X))`, the residual in each direction.

        (n,) or (n, k) for a number, with the axis of the times in front for (T,).
        """
        left = self.weights(times)
        return left.reshape(left.shape + (1,) * (self.aim.ndim - 1)) * self.aim

    @cached_property
    def loss(self) -> np.ndarray:
        """The cost C of E f_t at each time, (T,)."""
        squares = self.residuals(self.times) ** 2
        return self.modes.scale / 2 * squares.reshape(len(self.times), -1).sum(axis=1)

    @cached_property
    def expected_loss(self) -> np.ndarray:
        """E C(f_t) at each time, (T,): ``loss`` and the part of the random initialisation."""
        outputs = self.aim.size // len(self.aim)
        random = self.weights(self.times) ** 2 @ self.prior.gram.diagonal()
        return self.loss + self.modes.scale / 2 * outputs * random

    @property
    def largest_stable_rate(self) -> float:
        """2 / the largest rate: gradient descent on C diverges at larger learning rates.

        A step of the learning rate η advances t by η.
        """
        return 2 / float(self.rates[0])

    def early_stopping_time(self, fit: float) -> float:
        r"""When the share ``fit`` of the initial squared residual is learned, infinity if never.

        The t at which :math:`\sum_ie^{-2t\,\text{rate}_i}r_i^2=(1-\text{fit})\sum_ir_i^2`.
        """
        if not 0 <= fit <= 1:
            raise ValueError(f"fit: expected a share between 0 and 1, got {fit!r}")
        energy = (self.aim.reshape(len(self.aim), -1) ** 2).sum(axis=1)
        total, moving = energy.sum(), self.eigenvalues > 0
        wanted = (1 - fit) * total
        if fit == 0 or total == 0:
            return 0.0
        if energy[~moving].sum() >= wanted:
            return inf

        def left(exponent: float) -> float:
            return float(energy @ self.weights(np.exp(exponent)) ** 2 - wanted)

        rates = self.rates[moving]
        first, last = (
            np.log(level / rate) for level, rate in ((1e-20, rates[0]), (800, rates[-1]))
        )
        return float(np.exp(brentq(left, first, last))) if left(first) > 0 else 0.0

    @property
    def _shown(self) -> Law:
        return self.train if self.test is None else self.test


def closed(task: Task, progress: Progress | None) -> LeastSquaresFlow:
    """The flow by one eigendecomposition; ``progress`` hears of its three parts."""
    kernel, rows = task.kernel, task.points
    say = progress or (lambda what, done, total: None)
    say("Gram matrix", 0, 3)
    gram = kernel(rows)
    say("eigenvectors", 1, 3)
    modes = Modes.of(gram, task.scale)
    say("other points", 2, 3)
    prior = Prior(nngp(kernel.network), rows, modes, kernel.kind == "nngp")
    aim = modes.vectors.T @ (task.targets - task.start)
    train = Law(rows, task.times, prior, modes.vectors * modes.eigenvalues, task.start, aim)
    test = None
    if task.others is not None and task.ahead is not None:
        pull = kernel(task.others, rows) @ modes.vectors
        test = Law(task.others, task.times, prior, pull, task.ahead, aim)
    say("other points", 3, 3)
    return LeastSquaresFlow(kernel, task.times, prior, aim, train, test)
