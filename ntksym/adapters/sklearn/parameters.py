"""What the estimators and the kernel share: hyperparameters to a kernel, arguments checked."""

from math import inf
from numbers import Real
from typing import Any, Protocol

import numpy as np
from sklearn.utils.validation import _check_sample_weight

from ntksym.kernel import Kernel, ntk
from ntksym.networks import Activation


class Hyperparameters(Protocol):
    """The arguments of :func:`ntksym.mlp`, and which kernel of that network."""

    activation: Activation | str
    depth: int
    w_std: Any
    b_std: Any
    bias_init: str
    kind: Any


def kernel_of(of: Hyperparameters) -> Kernel:
    """The kernel; ``ValueError`` or ``TypeError`` names the hyperparameter that is wrong."""
    given = {name: getattr(of, name) for name in ("depth", "w_std", "b_std", "bias_init")}
    return Kernel(ntk(of.activation, **given).network, of.kind)


def ridge(alpha: Any, *, positive: bool = False) -> float:
    """``alpha`` as a float; ``ValueError`` unless it is finite and at least (above) 0."""
    right = isinstance(alpha, Real) and 0 <= float(alpha) < inf and not (positive and alpha == 0)
    if not right:
        least = "above 0" if positive else "of at least 0"
        raise ValueError(f"alpha: expected a finite number {least}, got {alpha!r}")
    return float(alpha)


def counted(
    X: np.ndarray, y: np.ndarray, sample_weight: Any
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """The rows of weight above 0, and their weights if they were given: of weight 0 is not there.

    ``ValueError`` for a negative weight, or where all are 0.
    """
    if sample_weight is None:
        return X, y, None
    weights = _check_sample_weight(sample_weight, X, dtype=np.float64, ensure_non_negative=True)
    some = weights > 0
    if not some.any():
        raise ValueError("sample_weight: expected a weight above 0, got zeros only")
    return X[some], y[some], weights[some]
