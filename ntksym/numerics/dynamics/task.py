"""What is to be learned, checked before any work."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ntksym.arguments import choice
from ntksym.kernel import Kernel
from ntksym.lowering.inputs import real
from ntksym.numerics.dynamics.losses import Loss
from ntksym.numerics.regression.data import others, outputs, points

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, eq=False)
class Task:
    """Training points (n, d) with targets (n,) or (n, k), other points (m, d), times (T,).

    ``start`` and ``ahead`` are E f_0 at both; ``scale`` is 1/n for a cost that is a mean, or 1.
    """

    kernel: Kernel
    points: np.ndarray
    targets: np.ndarray
    others: np.ndarray | None
    times: np.ndarray
    start: np.ndarray
    ahead: np.ndarray | None
    scale: float

    @classmethod
    def of(
        cls, kernel: Any, X: Any, y: Any, times: Any, X_test: Any, loss: Loss, reduction: Any,
        initial: Any, initial_test: Any,
    ) -> "Task":  # fmt: skip
        """From what a user passes; TypeError and ValueError name the argument."""
        rows = points(kernel, X)
        targets = loss.targets(y, len(rows))
        choice("reduction", reduction, ("mean", "sum"))
        if X_test is None and initial_test is not None:
            raise ValueError("initial_test: expected X_test with it")
        seen = ahead = None
        if X_test is not None:
            seen = others("X_test", X_test, rows)
            ahead = _start("initial_test", initial_test, (len(seen), *targets.shape[1:]))
        start = _start("initial", initial, targets.shape)
        scale = 1 / len(rows) if reduction == "mean" else 1.0
        return cls(kernel, rows, targets, seen, _times(times), start, ahead, scale)


def _times(times: Any) -> np.ndarray:
    when = np.atleast_1d(real("times", times, "(T,)")).copy()
    if when.ndim != 1 or not len(when) or not (when >= 0).all():
        raise ValueError(f"times: expected numbers t >= 0 of shape (T,), got {times!r:.80}")
    return when


def _start(name: str, value: Any, shape: tuple[int, ...]) -> np.ndarray:
    if value is None:
        return np.zeros(shape)
    given = outputs(name, value, shape[0])
    if given.shape != shape:
        raise ValueError(f"{name}: expected shape {shape}, got shape {given.shape}")
    return given
