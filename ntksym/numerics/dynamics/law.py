r"""The law of f_t at some points, over random initialisation.

.. math:: f_t(x)=f_0(x)+P\,g(t)\,U^\top(y-f_0(X)),\qquad P=\Theta(x,X)U,

is linear in :math:`f_0\sim N(m,\Sigma)`, so with :math:`W=P\,g(t)` [lee2019]

.. math:: \mathrm{Cov}=\Sigma(x,x')-WR-(WR)^\top+WSW^\top,\qquad
    R=U^\top\Sigma(X,x),\quad S=U^\top\Sigma(X,X)U.

With Θ = Σ it is :math:`\Sigma(x,x')-P\,g(2t)P^\top`, in which nothing cancels.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ntksym.kernel import Kernel
from ntksym.numerics.dynamics.modes import Modes


@dataclass(frozen=True, eq=False)
class Prior:
    """Σ of f_0 and the training points, in the eigendirections of Θ."""

    kernel: Kernel
    points: np.ndarray
    modes: Modes
    last_layer: bool
    """Whether Θ = Σ: the last layer alone is trained."""

    @cached_property
    def gram(self) -> np.ndarray:
        """S, of shape (n, n)."""
        if self.last_layer:
            return np.diag(self.modes.eigenvalues)
        vectors = self.modes.vectors
        return vectors.T @ self.kernel(self.points) @ vectors


@dataclass(frozen=True, eq=False)
class Law:
    """Mean (T, m) or (T, m, k), covariance (T, m, m) and std (T, m) of f_t at m points.

    Outputs are independent with the same covariance; all of it is computed when first asked for.
    """

    points: np.ndarray
    times: np.ndarray
    prior: Prior
    pull: np.ndarray
    """P = Θ(x, X) U, of shape (m, n)."""
    start: np.ndarray
    """E f_0, of shape (m,) or (m, k)."""
    aim: np.ndarray
    """The projections of y - E f_0(X) on the eigendirections, (n,) or (n, k)."""

    @cached_property
    def mean(self) -> np.ndarray:
        """E f_t at the points."""
        return self.mean_at(self.times)

    @cached_property
    def covariance(self) -> np.ndarray:
        """Cov f_t between the points, the same for each output."""
        return np.stack([self.covariance_at(t) for t in self.times])

    @cached_property
    def std(self) -> np.ndarray:
        """The standard deviation of f_t at each point."""
        return np.stack([self.std_at(t) for t in self.times])

    def mean_at(self, times: np.ndarray) -> np.ndarray:
        """E f_t for times (T,), with that axis in front."""
        gains = self.prior.modes.gain(times).reshape(*np.shape(times), *self._ones)
        learned = np.moveaxis(gains * self.aim, 0, 1)  # (n, T) or (n, T, k)
        found = self.pull @ learned.reshape(len(learned), -1)
        return self.start + np.moveaxis(found.reshape(-1, *learned.shape[1:]), 1, 0)

    def covariance_at(self, time: float) -> np.ndarray:
        """Cov f_t at one time, (m, m)."""
        start = self._before
        if self.prior.last_layer:
            return start - (self.pull * self.prior.modes.gain(2 * time)) @ self.pull.T
        pulled = self.pull * self.prior.modes.gain(time)
        change = pulled @ (self.prior.gram @ pulled.T / 2 - self._cross)
        return start + change + change.T

    def std_at(self, time: float) -> np.ndarray:
        """The roots of the diagonal of ``covariance_at``, without the rest."""
        start = self.prior.kernel.diag(self.points)
        if self.prior.last_layer:
            gain = self.prior.modes.gain(2 * time)
            variance = start - np.einsum("mn,n,mn->m", self.pull, gain, self.pull, optimize=True)
        else:
            pulled = self.pull * self.prior.modes.gain(time)
            moved = pulled @ self.prior.gram - 2 * self._cross.T
            variance = start + np.einsum("mn,mn->m", moved, pulled)
        return np.sqrt(np.maximum(variance, 0.0))

    @cached_property
    def _before(self) -> np.ndarray:
        return self.prior.kernel(self.points)

    @cached_property
    def _cross(self) -> np.ndarray:
        """R, of shape (n, m)."""
        return self.prior.modes.vectors.T @ self.prior.kernel(self.prior.points, self.points)

    @property
    def _ones(self) -> tuple[int, ...]:
        """The axes of the modes, and of outputs where there are any."""
        return (-1, *(1,) * (self.aim.ndim - 1))
