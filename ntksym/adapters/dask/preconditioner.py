r"""A low-rank preconditioner for :math:`K+\lambda I` by randomly pivoted Cholesky.

Rows are drawn with probabilities proportional to the diagonal of what is left of K, a block at a
time, and give :math:`K\approx FF^\top` of rank r from n(r + 1) entries [chen2022]. For a kernel
whose eigenvalues decay, :math:`P=FF^\top+\lambda I` leaves few iterations to conjugate gradients
[diaz2023]. With :math:`\begin{pmatrix}F\\\sqrt\lambda I\end{pmatrix}=QR` and :math:`Q_1` the first
n rows of Q, :math:`P^{-1}=\frac1\lambda(I-Q_1Q_1^\top)`.
"""

from collections.abc import Callable

import numpy as np
from scipy.linalg import qr, solve_triangular
from scipy.linalg.lapack import dpstrf

from ntksym.kernel import Kernel
from ntksym.numerics.regression.factor import Progress

BLOCK = 64
Apply = Callable[[np.ndarray], np.ndarray]


def preconditioner(
    kernel: Kernel, X: np.ndarray, ridge: float, rank: int, seed: int, progress: Progress | None
) -> Apply:
    """The map v ↦ P⁻¹v for v (n, k), in memory for n·rank doubles; the identity for rank 0.

    Without a ridge λ is the mean of what F leaves of the diagonal.
    """
    factor, left = low_rank(kernel, X, rank, seed, progress)
    shift = ridge or float(left.mean())
    if not factor.shape[1] or shift == 0:
        return lambda v: v
    stacked = np.vstack([factor, np.sqrt(shift) * np.eye(factor.shape[1])])
    basis = qr(stacked, mode="economic", overwrite_a=True, check_finite=False)[0][: len(X)]
    return lambda v: (v - basis @ (basis.T @ v)) / shift


def low_rank(
    kernel: Kernel, X: np.ndarray, rank: int, seed: int, progress: Progress | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """F (n, r), r at most ``rank``, and the diagonal of K - FF', (n,)."""
    random, left = np.random.default_rng(seed), kernel.diag(X)
    factor, done, least = np.empty((len(X), rank)), 0, left.sum() * 1e-14
    while done < rank and left.sum() > least:
        wanted = min(BLOCK, rank - done, int(np.count_nonzero(left)))
        chosen = random.choice(len(X), wanted, replace=False, p=left / left.sum())
        known = factor[:, :done]
        columns = kernel(X, X[chosen]) - known @ known[chosen].T
        lower, order, found, _ = dpstrf(columns[chosen], lower=1, tol=least / len(X))
        kept = order[:found] - 1
        if not found:
            break
        triangle = lower[:found, :found]
        new = solve_triangular(triangle, columns[:, kept].T, lower=True, check_finite=False).T
        factor[:, done : done + found] = new
        left = np.maximum(left - np.einsum("ij,ij->i", new, new), 0.0)
        left[chosen[kept]] = 0.0
        done += found
        if progress:
            progress("preconditioner", done, rank)
    return factor[:, :done], left
