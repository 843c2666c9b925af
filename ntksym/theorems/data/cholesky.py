r"""A floating-point Cholesky decomposition that runs to its end, as a proof (rump2006).

Let A be symmetric with :math:`|A_{ij}-K_{ij}|\le\varepsilon\sqrt{K_{ii}K_{jj}}`, and let A' be A
with the diagonal :math:`\mathrm{fl}(a_{ii}-ca_{ii}-\sigma)`. If the factor L of A' is computed and
all its diagonal is positive, then, by lemma 8.4 and theorem 10.3 of higham2002,

.. math:: |LL^\top-A'|_{ij}\le\gamma_{k+1}\|l_i\|\|l_j\|
          \le\sqrt{\varphi_i\varphi_j\,a_{ii}a_{jj}},\qquad k=\min(i,j),\quad
          \varphi_j=\frac{\gamma_{j+2}}{1-\gamma_{j+2}},\quad\gamma_k=\frac{ku}{1-ku},

in any order of summation, blocked or not, fused or not; one unit more is for libraries that divide
by multiplying with a reciprocal. :math:`|x|^\top(\sqrt{v_iv_ja_{ii}a_{jj}})_{ij}|x|\le
\bigl(\sum_jv_j\bigr)\sum_ia_{ii}x_i^2`, so if

.. math:: c\ge\sum_j\varphi_j+n\varepsilon(1+2\varepsilon)+9u

then :math:`K\succeq LL^\top+\sigma I`, and σ bounds the smallest eigenvalue of K from below. 8
units are the rounding of the diagonal, 1 is underflow: with :math:`2^{-300}\le a_{ii}\le2^{300}`
and n <= 2**20 it changes an entry by less than :math:`2n(n+2+2^{150})2^{-1074}<2^{-353}/n`. In
terms of each :math:`a_{ii}` the condition does not depend on the scales of the rows.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh_tridiagonal
from scipy.linalg.blas import dtrsv
from scipy.linalg.lapack import dpotrf

UNIT = 2.0**-53
SAFE = 1 + 1e-9
"""More than the rounding of the sums below."""
RANGE = 2.0**300
LARGEST = 2**20
"""Rows, so that no γ is near 1."""
STEPS = 8
SHARES = 0.95, 0.75, 0.4
"""Of the estimate: the first one fits nearly always, the others need the matrix again."""


def relative_shift(count: int, error: float) -> float:
    """The least c above, rounded up, for ``count`` rows with entries within ``error``."""
    steps = np.arange(3, count + 3) * UNIT
    return (
        float((steps / (1 - 2 * steps)).sum() + count * error * (1 + 2 * error) + 9 * UNIT) * SAFE
    )


@dataclass(frozen=True)
class Factorings:
    """A symmetric matrix that is used up: one factor in each of its triangles."""

    matrix: np.ndarray
    diagonal: np.ndarray

    @classmethod
    def of(cls, matrix: np.ndarray) -> "Factorings":
        """``matrix``, C-contiguous float64, is overwritten."""
        return cls(matrix, matrix.diagonal().copy())

    @property
    def usable(self) -> bool:
        """Whether the matrix is of a size and a range for which the theorem is stated."""
        d = self.diagonal
        return len(d) <= LARGEST and bool(((d >= 1 / RANGE) & (d <= RANGE)).all())

    def factor(self, c: float, sigma: float, lower: bool) -> np.ndarray | None:
        """The factor of the matrix less c times its diagonal and sigma; None if there is none."""
        np.fill_diagonal(self.matrix, self.diagonal - c * self.diagonal - sigma)
        factor, failed = dpotrf(self.matrix.T, lower=lower, clean=0, overwrite_a=1)
        found = factor.diagonal()
        return None if failed or not (np.isfinite(found) & (found > 0)).all() else factor


def smallest(factor: np.ndarray) -> float:
    """About the smallest eigenvalue of L L', from a few steps of Lanczos with its inverse."""
    count = len(factor)
    rng = np.random.default_rng(0)
    basis = [rng.choice([-1.0, 1.0], count) / count**0.5]
    alpha: list[float] = []
    beta: list[float] = []
    for _ in range(min(STEPS, count)):
        x = dtrsv(factor, dtrsv(factor, basis[-1], lower=1), lower=1, trans=1)
        alpha.append(float(x @ basis[-1]))
        for known in basis * 2:
            x = x - (x @ known) * known
        beta.append(float(np.linalg.norm(x)))
        if not beta[-1] > 1e-9 * abs(alpha[0]):
            break
        basis.append(x / beta[-1])
    top, vectors = eigh_tridiagonal(alpha, beta[: len(alpha) - 1])
    residual = beta[-1] * abs(vectors[-1, -1])
    return float(1 / (top[-1] + 0.5 * residual))


def lower_bound(matrix: Callable[[], np.ndarray], error: float) -> float | None:
    r"""A lower bound > 0 of the smallest eigenvalue of K, or None where doubles cannot tell.

    Of each K with :math:`|K_{ij}-A_{ij}|\le\text{error}\sqrt{K_{ii}K_{jj}}`; A = ``matrix()`` is
    symmetric, in C order, and overwritten. Two Cholesky decompositions: at the least shift that
    proves something, and a little below the eigenvalue that the first one lets see.
    """
    work = Factorings.of(matrix())
    if not work.usable:
        return None
    c = relative_shift(len(work.diagonal), error)
    spare = c / 64
    first = work.factor(c + spare, 0.0, lower=True)
    if first is None:
        return None
    least = float(work.diagonal.min()) * spare * (1 - 1e-9)
    seen = smallest(first)
    for share in SHARES:
        if share * seen <= least:
            break
        if work.factor(c, share * seen, lower=False) is not None:
            return share * seen
        work = Factorings.of(matrix())
    return least


def proves(matrix: np.ndarray, error: float, sigma: float) -> bool:
    """Whether one decomposition proves ``sigma`` a lower bound; ``matrix`` is overwritten."""
    work = Factorings.of(matrix)
    c = relative_shift(len(matrix), error)
    return work.usable and work.factor(c, sigma, lower=True) is not None
