"""The numerical stages of the tour: Gram matrix against exact values, and regression."""

from dataclasses import dataclass

import numpy as np

from ntksym.kernel import Kernel

DIGITS = 50
TRAIN = 1200


@dataclass(frozen=True)
class Comparison:
    """Random entries of a Gram matrix against values of ``digits`` digits."""

    entries: int
    digits: int
    worst_ulp: float
    """The largest difference, in units of the last place of the exact value as a double."""


@dataclass(frozen=True)
class Regression:
    """Kernel regression on one-hot labels, by a Cholesky factor of the Gram matrix."""

    train: int
    test: int
    correct: int
    ridge: float
    smallest_eigenvalue: float

    @property
    def accuracy(self) -> float:
        return self.correct / self.test


def compare(kernel: Kernel, points: np.ndarray, gram: np.ndarray) -> Comparison:
    """20 entries off the diagonal and 5 on it, the same at each call."""
    rng = np.random.default_rng(0)
    pairs = [tuple(rng.choice(len(points), 2, replace=False)) for _ in range(20)]
    pairs += [(k, k) for k in rng.choice(len(points), 5, replace=False)]
    return Comparison(len(pairs), DIGITS, max(_ulp(kernel, points, gram, *pair) for pair in pairs))


def _ulp(kernel: Kernel, points: np.ndarray, gram: np.ndarray, i: int, j: int) -> float:
    exact = kernel.evaluate(points[i], points[j], DIGITS)
    return float(abs(exact - float(gram[i, j])) / np.spacing(abs(float(exact))))


def regress(gram: np.ndarray, labels: np.ndarray) -> Regression:
    """A fixed shuffle into training and test points; no ridge, so Cholesky needs K > 0 as it is."""
    from scipy.linalg import cho_factor, cho_solve, eigvalsh

    order = np.random.default_rng(0).permutation(len(labels))
    train, test = order[:TRAIN], order[TRAIN:]
    inside = gram[np.ix_(train, train)]
    weights = cho_solve(cho_factor(inside, lower=True), np.eye(10)[labels[train]])
    guess = np.argmax(gram[np.ix_(test, train)] @ weights, axis=1)
    smallest = float(eigvalsh(inside, subset_by_index=[0, 0])[0])
    return Regression(len(train), len(test), int((guess == labels[test]).sum()), 0.0, smallest)
