"""Losses by their gradients, and what targets they take."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit, logsumexp, softmax

from ntksym.arguments import choice
from ntksym.numerics.regression.data import outputs

Array = np.ndarray
Function = Callable[[Array, Array], Any]


@dataclass(frozen=True)
class Loss:
    """ℓ(f, y) of one point, for arrays of them: f and y of shape (n, k).

    ``gradient`` by f, (n, k); ``value`` (n,), and ``curvature`` the Hessians (n, k, k), None where
    they are not known; ``targets(y, n)`` checks y, and gives it the shape of the outputs.
    """

    name: str
    gradient: Function
    value: Function | None = None
    curvature: Function | None = None
    targets: Callable[[Any, int], Array] = lambda y, count: outputs("y", y, count)


def huber(threshold: float = 1.0) -> Loss:
    """Half the square up to the threshold, linear beyond, summed over the outputs."""
    if not 0 < threshold < np.inf:
        raise ValueError(f"threshold: expected a finite number above 0, got {threshold!r}")

    def value(f: Array, y: Array) -> Array:
        size = np.abs(f - y)
        near = np.minimum(size, threshold)
        return (near * (size - near / 2)).sum(axis=1)

    return Loss(
        "huber",
        lambda f, y: np.clip(f - y, -threshold, threshold),
        value,
        lambda f, y: _diagonals((np.abs(f - y) < threshold).astype(float)),
    )


def _diagonals(rows: Array) -> Array:
    return rows[:, :, None] * np.eye(rows.shape[1])


def _signs(y: Any, count: int) -> Array:
    signs = outputs("y", y, count)
    if not (np.abs(signs) == 1).all():
        raise ValueError(
            f"y: expected -1 and 1 for the logistic loss, got {_first(signs, {1, -1})}"
        )
    return signs


def _classes(y: Any, count: int) -> Array:
    """One-hot rows of labels (n,), or rows of probabilities (n, k) as they are."""
    given = outputs("y", y, count)
    if given.ndim == 2:
        if (given < 0).any() or not np.allclose(given.sum(axis=1), 1):
            raise ValueError("y: expected rows of probabilities for the cross-entropy")
        return given
    labels = given.astype(np.intp)
    if (labels != given).any() or (labels < 0).any():
        allowed = set(range(count + 1))
        raise ValueError(f"y: expected labels 0, 1, 2, ..., got {_first(given, allowed)}")
    return np.eye(int(labels.max()) + 1)[labels]


def _first(values: Array, allowed: set[int]) -> float:
    return next(v for v in values.ravel().tolist() if v not in allowed)


def _entropy_curvature(f: Array, y: Array) -> Array:
    p = softmax(f, axis=1)
    return _diagonals(p) - p[:, :, None] * p[:, None, :]


LOSSES = {
    "squared": Loss(
        "squared",
        lambda f, y: f - y,
        lambda f, y: ((f - y) ** 2).sum(axis=1) / 2,
        lambda f, y: _diagonals(np.ones_like(f)),
    ),
    "logistic": Loss(
        "logistic",
        lambda f, y: -y * expit(-y * f),
        lambda f, y: np.logaddexp(0, -y * f).sum(axis=1),
        lambda f, y: _diagonals(expit(f) * expit(-f)),
        _signs,
    ),
    "cross_entropy": Loss(
        "cross_entropy",
        lambda f, y: softmax(f, axis=1) - y,
        lambda f, y: logsumexp(f, axis=1) - (f * y).sum(axis=1),
        _entropy_curvature,
        _classes,
    ),
    "huber": huber(),
}


def loss_of(loss: Any) -> Loss:
    """A name, a :class:`Loss`, or a user's gradient(f, y) as a loss."""
    if isinstance(loss, Loss):
        return loss
    if isinstance(loss, str):
        return LOSSES[choice("loss", loss, LOSSES)]
    if not callable(loss):
        raise TypeError(f"loss: expected a name, a Loss or a gradient, got {type(loss).__name__}")
    return Loss(getattr(loss, "__name__", "loss"), loss)
