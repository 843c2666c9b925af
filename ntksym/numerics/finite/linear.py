"""The linearised network: as a function of its parameters, and trained without them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ntksym.numerics.finite.draw import Parameters
from ntksym.numerics.finite.job import Job, Loss, prepared, square
from ntksym.numerics.finite.tangents import Progress
from ntksym.numerics.finite.training import Record, Training

if TYPE_CHECKING:
    from ntksym.numerics.finite.network import FiniteNetwork


@dataclass(frozen=True)
class LinearisedNetwork:
    r""":math:`f_{\rm lin}(x)=f(x;\theta_0)+\nabla_\theta f(x;\theta_0)\,(\theta-\theta_0)`.

    ``net`` has the parameters θ₀; ``displacement`` is θ - θ₀, or ``None`` for 0. The derivative is
    a forward pass with tangents: no Jacobian is formed.
    """

    net: "FiniteNetwork"
    displacement: Parameters | None = None

    def __call__(self, X: Any) -> np.ndarray:
        """Outputs of shape (n, outputs)."""
        outputs = self.net(X)
        return (
            outputs if self.displacement is None else outputs + self.net.jvp(X, self.displacement)
        )

    def moved(self, displacement: Parameters) -> "LinearisedNetwork":
        """The same expansion at θ₀ + ``displacement``."""
        return LinearisedNetwork(self.net, displacement)

    def train(
        self,
        X: Any,
        y: Any,
        steps: int,
        *,
        rate: float | None = None,
        test: Any = None,
        record: Sequence[int] | None = None,
        loss: Loss | None = None,
        progress: Progress | None = None,
    ) -> Training:
        """Gradient descent from θ₀, as of a finite network, with the kernel at θ₀.

        The gradients span what the parameters can reach: θ - θ₀ = ∇f(X)ᵀc, and c is trained.
        Raises as :func:`ntksym.numerics.finite.training.train` does.
        """
        net = self.net
        job = prepared(net, X, y, steps, rate, test, record, (), loss)
        both = np.concatenate([job.x, job.test])
        kernel = square(net.ntk(both, job.x), net.plan.outputs)
        done, sums = descend(kernel, net(both), job, progress)
        return done.training(self.moved(net.gradient(job.x, sums)))


def descend(
    kernel: np.ndarray, start: np.ndarray, job: Job, progress: Progress | None = None
) -> tuple[Record, np.ndarray]:
    """F ← f - rate K(·, X) ∂C/∂f(X) on the points of training and test; and minus the sum of rates.

    ``kernel`` ((n + m)k, nk) holds the k outputs of a point together, ``start`` is (n + m, k).
    """
    f, sums, n = start, np.zeros_like(job.y), len(job.x)
    record = Record(job)
    for step in range(job.steps + 1):
        cost, slope = job.cost(f[:n], step)
        if step in job.record:
            record.note(step, cost, f[:n], f[n:])
        if step < job.steps:
            sums = sums - job.rate * slope
            f = f - job.rate * (kernel @ slope.reshape(-1)).reshape(f.shape)
            if progress:
                progress(step + 1, job.steps)
    return record, sums
