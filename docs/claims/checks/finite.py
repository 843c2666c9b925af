"""Finite networks in the NTK parametrisation, and the infinite-width kernels beside them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import erf

from ntksym import Kernel

Array = np.ndarray


def erf_slope(x: Array) -> Array:
    return 2 / np.sqrt(np.pi) * np.exp(-(x**2))


@dataclass(frozen=True)
class Net:
    """Affine layers W a/√n + β b with erf between them; ``theta`` is one flat vector."""

    widths: tuple[int, ...]
    beta: float = 0.3

    @property
    def sizes(self) -> list[int]:
        """The number of parameters of each affine layer."""
        return [(n + 1) * m for n, m in zip(self.widths, self.widths[1:], strict=False)]

    def draw(self, rng: np.random.Generator) -> Array:
        return rng.normal(size=sum(self.sizes))

    def layers(self, theta: Array) -> list[tuple[Array, Array]]:
        """(W, b) of each affine layer, W of shape (n_{l+1}, n_l)."""
        parts = np.split(theta, np.cumsum(self.sizes)[:-1])
        shapes = zip(self.widths, self.widths[1:], strict=False)
        return [
            (p[: n * m].reshape(m, n), p[n * m :]) for p, (n, m) in zip(parts, shapes, strict=True)
        ]

    def preactivations(self, theta: Array, X: Array) -> list[Array]:
        """Those of layers 0 to L, the input in the place of layer 0."""
        found = [X]
        for level, (W, b) in enumerate(self.layers(theta)):
            before = erf(found[-1]) if level else X
            found.append(before @ W.T / np.sqrt(W.shape[1]) + self.beta * b)
        return found

    def __call__(self, theta: Array, X: Array) -> Array:
        """Outputs of shape (n, n_L)."""
        return self.preactivations(theta, X)[-1]

    def jacobian(self, theta: Array, X: Array) -> Array:
        """∂f_k(x)/∂θ_p of shape (n, n_L, P), by back-propagation."""
        found, layers, n = self.preactivations(theta, X), self.layers(theta), len(X)
        outputs = self.widths[-1]
        back, parts = np.tile(np.eye(outputs), (n, 1, 1)), []
        for level in reversed(range(len(layers))):
            W = layers[level][0]
            before = erf(found[level]) if level else X
            weights = back[..., None] * before[:, None, None, :] / np.sqrt(W.shape[1])
            parts.append(np.concatenate([weights.reshape(n, outputs, -1), self.beta * back], 2))
            if level:
                back = (back @ W / np.sqrt(W.shape[1])) * erf_slope(found[level])[:, None, :]
        return np.concatenate(parts[::-1], 2)

    def kernel(self, theta: Array, X: Array) -> Array:
        """The tangent kernel, (n, n_L, n, n_L)."""
        rows = self.jacobian(theta, X)
        flat = rows.reshape(-1, rows.shape[2])
        return (flat @ flat.T).reshape(rows.shape[:2] * 2)


def slope(function: Callable[[float], Any], step: float = 1e-5) -> Any:
    """The derivative at 0, by central differences."""
    return (np.asarray(function(step)) - np.asarray(function(-step))) / (2 * step)


def gradient(function: Callable[[Array], Any], at: Array) -> Array:
    """∂function/∂θ_p, p first, by central differences."""
    return np.array([slope(lambda s, e=e: function(at + s * e)) for e in np.eye(len(at))])


def gram(kernel: Kernel, X: Array) -> Array:
    """The infinite-width kernel on the rows of X."""
    return np.array([[float(kernel.evaluate(x, y, 20)) for y in X] for x in X])


def expectation(function: Callable[[Array], Array], covariance: Array, nodes: int = 80) -> float:
    """E[function(u) function(v)] for (u, v) ~ N(0, covariance), by Gauss-Hermite quadrature."""
    x, w = np.polynomial.hermite_e.hermegauss(nodes)
    first, second = np.meshgrid(x, x, indexing="ij")
    root = np.linalg.cholesky(covariance)
    u, v = root[0, 0] * first, root[1, 0] * first + root[1, 1] * second
    return float(w @ (function(u) * function(v)) @ w / (2 * np.pi))


def second_moment(function: Callable[[Array], Array], variance: float, nodes: int = 80) -> float:
    """E[function(u)²] for u ~ N(0, variance)."""
    x, w = np.polynomial.hermite_e.hermegauss(nodes)
    return float(w @ function(np.sqrt(variance) * x) ** 2 / np.sqrt(2 * np.pi))


def band(samples: Array) -> float:
    """Five standard errors of the mean, relative where it is above 1: false alarms below 1e-6."""
    scale = max(1.0, float(np.abs(samples.mean(0)).max()))
    return float(5 * np.std(samples, axis=0).max() / np.sqrt(len(samples)) / scale)
