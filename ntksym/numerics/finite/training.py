"""Full-batch gradient descent on the parameters of a finite network."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.linalg.blas import get_blas_funcs

from ntksym.numerics.finite.draw import Weights
from ntksym.numerics.finite.job import Job, Loss, prepared
from ntksym.numerics.finite.passes import backward, forward
from ntksym.numerics.finite.plan import Affine
from ntksym.numerics.finite.tangents import Progress

if TYPE_CHECKING:
    from ntksym.numerics.finite.linear import LinearisedNetwork
    from ntksym.numerics.finite.network import FiniteNetwork


@dataclass(frozen=True)
class Training:
    """What gradient descent went through, at the ``steps`` recorded (r of them).

    ``times`` = rate * steps; ``costs`` (r,); ``outputs`` (r, n, k) on the data, ``test_outputs``
    (r, m, k); ``kernels``, the empirical ones on the data at ``kernel_steps``; ``final``, the
    network that came out.
    """

    rate: float
    steps: np.ndarray
    times: np.ndarray
    costs: np.ndarray
    outputs: np.ndarray
    test_outputs: np.ndarray
    kernel_steps: np.ndarray
    kernels: np.ndarray
    final: "FiniteNetwork | LinearisedNetwork"


@dataclass(frozen=True)
class Record:
    """What is written down on the way."""

    job: Job
    rows: list[tuple[int, float, np.ndarray, np.ndarray]] = field(default_factory=list)
    kernels: list[np.ndarray] = field(default_factory=list)

    def note(self, step: int, cost: float, f: np.ndarray, test: np.ndarray) -> None:
        self.rows.append((step, cost, f.copy(), test.copy()))

    def training(self, final: "FiniteNetwork | LinearisedNetwork") -> Training:
        steps, costs, outputs, test = (np.array(column) for column in zip(*self.rows, strict=True))
        at = np.array(self.job.kernels, int)[: len(self.kernels)]
        kernels, rate = np.array(self.kernels), self.job.rate
        return Training(rate, steps, rate * steps, costs, outputs, test, at, kernels, final)


def train(
    net: "FiniteNetwork", X: Any, y: Any, steps: int, rate: float | None = None, test: Any = None,
    record: Sequence[int] | None = None, kernels: Sequence[int] = (), loss: Loss | None = None,
    progress: Progress | None = None,
) -> Training:  # fmt: skip
    r"""θ ← θ - rate ∂C/∂θ, ``steps`` times, on X (n, d) and y (n, outputs), or (n,) for one output.

    The cost is ``least_squares``, or what ``loss(f, y) -> (C, ∂C/∂f)`` says. ``rate`` is then by
    default the inverse of the largest eigenvalue of K(X, X)/n, so that no direction overshoots.
    ``record`` names the steps to record (all), ``kernels`` those at which the tangent kernel on X
    is kept, ``test`` other points (m, d). The parameters are copied once and then moved in place,
    layer by layer on the way back. ``progress(done, total)`` follows the steps. ``ValueError`` for
    bad arguments, ``ArithmeticError`` where the cost diverges.
    """
    job = prepared(net, X, y, steps, rate, test, record, kernels, loss)
    moving = tuple(Weights(w.copy(), b.copy()) for w, b in net.parameters(job.x.shape[1]))
    current, record_ = net.replace(moving), Record(job)
    for step in range(job.steps + 1):
        with np.errstate(over="ignore", invalid="ignore"):
            f, tape = forward(net.plan.operations, moving, job.x)
        cost, slope = job.cost(f, step)
        if step in job.record:
            record_.note(step, cost, f, forward(net.plan.operations, moving, job.test)[0])
        if step in job.kernels:
            record_.kernels.append(current.ntk(job.x))
        if step < job.steps:
            _descend(current, moving, tape, np.asarray(slope, net.dtype), job.rate)
            if progress:
                progress(step + 1, job.steps)
    return record_.training(current)


def _descend(
    net: "FiniteNetwork", moving: tuple[Weights, ...], tape: Any, slope: np.ndarray, rate: float
) -> None:
    def move(level: int, layer: Affine, a: np.ndarray, delta: np.ndarray) -> None:
        weight, bias = moving[level]
        _add_product(weight, delta[:, 0], a, -rate * layer.scale(a.shape[1]))
        bias[...] -= rate * layer.b * delta[:, 0].sum(0)

    backward(net.plan.operations, moving, tape, slope[:, None], move)


def _add_product(weight: np.ndarray, left: np.ndarray, right: np.ndarray, factor: float) -> None:
    """Weight += factor leftᵀ right, in place, by one call of BLAS."""
    (gemm,) = get_blas_funcs(("gemm",), (weight,))
    gemm(factor, right.T, left.T, beta=1.0, c=weight.T, trans_b=True, overwrite_c=True)
