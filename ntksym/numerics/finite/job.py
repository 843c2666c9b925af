"""What is trained on what, and how far: the arguments of a training, checked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.linalg import eigh

from ntksym.arguments import integer

if TYPE_CHECKING:
    from ntksym.numerics.finite.network import FiniteNetwork

Loss = Callable[[np.ndarray, np.ndarray], tuple[float, np.ndarray]]
"""Of outputs and targets (n, k): the cost C and its derivative ∂C/∂f (n, k)."""


def least_squares(f: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    r""":math:`C=\frac1{2n}\sum_i|f(x_i)-y_i|^2` over the n points, and :math:`(f-y)/n`."""
    error = f - y
    return float(np.sum(error.astype(np.float64) ** 2)) / (2 * len(f)), error / len(f)


@dataclass(frozen=True)
class Job:
    """``x`` (n, d), ``y`` (n, k), ``test`` (m, d); the steps at which to record what."""

    x: np.ndarray
    y: np.ndarray
    test: np.ndarray
    steps: int
    rate: float
    record: tuple[int, ...]
    kernels: tuple[int, ...]
    loss: Loss

    def cost(self, f: np.ndarray, step: int) -> tuple[float, np.ndarray]:
        """C and ∂C/∂f; ``ArithmeticError`` where C is no number."""
        with np.errstate(over="ignore", invalid="ignore"):
            cost, slope = self.loss(f, self.y)
        if not np.isfinite(cost):
            raise ArithmeticError(
                f"rate: expected less than 2/(largest eigenvalue of K/n), got {self.rate}: "
                f"the cost is {cost} at step {step}"
            )
        return cost, slope


def prepared(
    net: "FiniteNetwork", X: Any, y: Any, steps: int, rate: float | None, test: Any,
    record: Sequence[int] | None, kernels: Sequence[int], loss: Loss | None,
) -> Job:  # fmt: skip
    """A job; ``ValueError`` or ``TypeError`` for bad arguments."""
    x = net.points("X", X)
    if not len(x):
        raise ValueError(f"X: expected at least one point, got shape {x.shape}")
    targets = net.targets("y", y, len(x))
    others = x[:0] if test is None else net.points("test", test)
    steps = integer("steps", steps, 0)
    noted = _steps("record", range(steps + 1) if record is None else record, steps)
    if not noted:
        raise ValueError("record: expected at least one step, got none")
    tracked = _steps("kernels", kernels, int(steps))
    if rate is None and loss is not None:
        raise ValueError("rate: expected a number beside a loss of your own, got None")
    chosen = float(stable_rate(net, x) if rate is None else rate)
    if not (np.isfinite(chosen) and chosen > 0):
        raise ValueError(f"rate: expected a finite number above 0, got {rate}")
    return Job(x, targets, others, int(steps), chosen, noted, tracked, loss or least_squares)


def stable_rate(net: "FiniteNetwork", x: np.ndarray) -> float:
    """N over the largest eigenvalue of K(x, x): no direction of least squares overshoots."""
    kernel = square(net.ntk(x), net.plan.outputs).astype(np.float64)
    last = len(kernel) - 1
    return len(x) / float(eigh(kernel, eigvals_only=True, subset_by_index=[last, last])[0])


def square(kernel: np.ndarray, outputs: int) -> np.ndarray:
    """(n, m) or (n, m, k, k) as a matrix on points and outputs."""
    if outputs == 1:
        return kernel
    n, m = kernel.shape[:2]
    return kernel.transpose(0, 2, 1, 3).reshape(n * outputs, m * outputs)


def _steps(name: str, given: Sequence[int], last: int) -> tuple[int, ...]:
    chosen = tuple(sorted({int(step) for step in given}))
    if chosen and not 0 <= chosen[0] <= chosen[-1] <= last:
        raise ValueError(f"{name}: expected steps from 0 to {last}, got {list(given)}")
    return chosen
