"""Conjugate gradients on matrix-free products."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any

import numpy as np

from ntksym.adapters.dask.blocks import CHUNK, check
from ntksym.adapters.dask.preconditioner import preconditioner
from ntksym.adapters.dask.products import product
from ntksym.arguments import number
from ntksym.kernel import Kernel
from ntksym.numerics.regression.data import outputs, points
from ntksym.numerics.regression.factor import Progress

Apply = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Solution:
    """``weights`` of the shape of y; ``residual`` ‖y - (K + ridge) w‖/‖y‖ of each column (k,).

    The residual is computed anew at the end. ``iterations`` counts products with K.
    """

    weights: np.ndarray
    residual: np.ndarray
    iterations: int
    converged: bool


def conjugate_gradients(
    kernel: Kernel,
    X: Any,
    y: Any,
    ridge: float,
    *,
    rank: int | None = None,
    rtol: float = 1e-6,
    maxiter: int = 1000,
    chunk: int = CHUNK,
    seed: int = 0,
    progress: Progress | None = None,
) -> Solution:
    r"""The solution w of :math:`(K(X,X)+\lambda I)w=y` for y (n,) or (n, k), without storing K.

    Each column to a relative residual of ``rtol``, with at most ``maxiter`` products with K, spread
    over the workers; all columns share them. The preconditioner has rank ``rank`` (⌈√n⌉ unless
    given, 0 for none) and is computed in this process, with n·rank doubles, from rows drawn by
    ``seed`` [chen2022; diaz2023]. ``progress("residual 1.2e-03", done, maxiter)``. A RuntimeWarning
    where ``rtol`` was not reached: by then the residual no longer fell, or ``maxiter`` was too few.

    >>> from ntksym import ntk
    >>> X, kernel = np.random.default_rng(0).normal(size=(50, 3)), ntk("relu", depth=3)
    >>> found = conjugate_gradients(kernel, X, X[:, 0], 0.1, rtol=1e-9)
    >>> found.converged, bool(np.allclose(kernel(X) @ found.weights + 0.1 * found.weights, X[:, 0]))
    (True, True)
    """
    check(kernel, chunk)
    rows, shift = points(kernel, X), number("ridge", ridge)
    targets, goal = outputs("y", y, len(rows)), number("rtol", rtol)
    size = _count("rank", ceil(sqrt(len(rows))) if rank is None else rank)
    products = _count("maxiter", maxiter)
    inverse = preconditioner(kernel, rows, shift, min(size, len(rows)), seed, progress)
    times = product(kernel, rows, None, chunk)
    b = targets.reshape(len(rows), -1)
    x, r, n = iterate(lambda v: times(v) + shift * v, inverse, b, goal, products, progress)
    residual = _relative(r, _scale(b))
    if not (converged := bool((residual <= goal).all())):
        warnings.warn(
            f"conjugate_gradients: residual {residual.max():.1e} after {n} products, "
            f"expected {goal:.1e}; a larger ridge or rank helps",
            RuntimeWarning,
            stacklevel=2,
        )
    return Solution(x.reshape(targets.shape), residual, n, converged)


def iterate(
    times: Apply, inverse: Apply, b: np.ndarray, rtol: float, most: int, progress: Progress | None
) -> tuple[np.ndarray, np.ndarray, int]:
    """x, the residual b - Ax as computed from x, and the number of products.

    The residual that the recursion carries drifts from the true one: it is computed anew when it
    seems small, and the recursion starts again from it as long as that halves it.
    """
    x, r, n = np.zeros(b.shape), b.copy(), 0
    scale, before = _scale(b), np.inf
    while n < most and rtol < (worst := _relative(r, scale).max()) <= before / 2:
        before = worst
        x, r, n = _sweep(times, inverse, x, r, n, scale, rtol, most - 1, progress)
        if n < most:
            r, n = b - times(x), n + 1
    return x, r, n


def _sweep(
    times: Apply, inverse: Apply, x: np.ndarray, r: np.ndarray, n: int, scale: np.ndarray,
    rtol: float, most: int, progress: Progress | None,
) -> tuple[np.ndarray, np.ndarray, int]:  # fmt: skip
    """The recursion of Hestenes and Stiefel on each column, until all seem done."""
    z = inverse(r)
    p, rz = z.copy(), _dots(r, z)
    while n < most and (going := _relative(r, scale) > rtol).any():
        q = np.zeros(p.shape)
        q[:, going] = times(p[:, going])
        step = np.divide(rz, pq := _dots(p, q), out=np.zeros(len(rz)), where=going & (pq > 0))
        if not step.any():
            break
        x, r, n = x + step * p, r - step * q, n + 1
        z = inverse(r)
        p, rz = z + p * np.divide(new := _dots(r, z), rz, out=np.zeros(len(rz)), where=rz > 0), new
        if progress:
            progress(f"residual {_relative(r, scale).max():.1e}", n, most)
    return x, r, n


def _dots(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.einsum("ij,ij->j", a, b)


def _scale(b: np.ndarray) -> np.ndarray:
    norms = np.linalg.norm(b, axis=0)
    return np.where(norms > 0, norms, 1.0)


def _relative(r: np.ndarray, scale: np.ndarray) -> np.ndarray:
    return np.linalg.norm(r, axis=0) / scale


def _count(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{name}: expected an integer of at least 0, got {value!r}")
    return value
