r"""The Cholesky factor of :math:`K+\lambda I`, with the least jitter that is proved to be enough.

A decomposition of :math:`A-c\,\mathrm{diag}(A)` in doubles that runs to its end proves A positive
definite, whatever its rounding errors [rump2006; :mod:`ntksym.theorems.data.cholesky`]. The unit of
the jitter is therefore :math:`j=c\max_iA_{ii}`: 0, j, 2j, 4j, ... are tried in turn.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Literal

import numpy as np
from scipy.linalg import cho_solve, cholesky, solve_triangular

from ntksym.kernel import Kernel
from ntksym.theorems.data.certificate import GramCertificate
from ntksym.theorems.data.cholesky import RANGE, UNIT, proves, relative_shift
from ntksym.theorems.data.gram import certify

Progress = Callable[[str, int, int], None]
Proved = Literal["exact kernel", "matrix as given"]
DOUBLINGS = 60


@dataclass(frozen=True)
class Factor:
    r"""L with :math:`LL^\top=A+(\lambda+\text{jitter})I`, A the Gram matrix in doubles.

    ``proved`` says of which matrix it is proved that it is positive definite with that shift: the
    exact kernel's, or, where the rounding of its entries is not bounded, only that of the doubles.
    ``certificate`` is what :func:`ntksym.certify` says of K alone; None where λ > 0.
    """

    lower: np.ndarray
    jitter: float
    proved: Proved
    certificate: GramCertificate | None

    def solve(self, b: np.ndarray) -> np.ndarray:
        """The solution x of L L' x = b."""
        return cho_solve((self.lower, True), b, check_finite=False)

    def halfway(self, b: np.ndarray) -> np.ndarray:
        """The solution x of L x = b."""
        return solve_triangular(self.lower, b, lower=True, check_finite=False)


@dataclass(frozen=True)
class Known:
    """What a model has seen: points, targets, the factor, and its solution for the targets."""

    points: np.ndarray
    targets: np.ndarray
    factor: Factor
    weights: np.ndarray


def factored(
    kernel: Kernel, points: np.ndarray, shift: float, largest: int, progress: Progress | None
) -> Factor:
    """The factor; ``ValueError`` where the shift is 0 and exact rows prove K singular."""
    certificate = None
    if shift == 0:
        certificate = certify(kernel, points, largest=largest, progress=progress)
        if certificate.verdict == "not positive definite":
            raise ValueError(
                f"X: the kernel is singular on these rows ({certificate.reason}); "
                "expected noise or ridge > 0, or other rows"
            )
    error, proved = _error(kernel, points)
    if certificate and certificate.verdict == "positive definite":
        proved = "exact kernel"
    matrix = kernel(points)
    done = certificate is not None and certificate.method == "float64 Cholesky"
    jitter = 0.0 if done else _least(matrix, shift, error + 4 * UNIT)
    np.fill_diagonal(matrix, matrix.diagonal() + (shift + jitter))
    lower = cholesky(matrix, lower=True, overwrite_a=True, check_finite=False)
    return Factor(lower, jitter, proved, certificate)


def _error(kernel: Kernel, points: np.ndarray) -> tuple[float, Proved]:
    """The proved rounding of the entries, or 0 for the doubles as they are."""
    try:
        return kernel.rounding(points), "exact kernel"
    except ValueError:
        return 0.0, "matrix as given"


def _least(matrix: np.ndarray, shift: float, error: float) -> float:
    diagonal = matrix.diagonal().copy()
    largest = float(diagonal.max()) + shift
    if not largest <= RANGE:
        raise ValueError(
            f"X: expected K(x, x) + ridge, or noise, of at most 2**300, got up to {largest:.3g}"
        )
    unit = relative_shift(len(matrix), error) * largest
    for jitter in chain([0.0], (unit * 2.0**k for k in range(DOUBLINGS))):
        trial = matrix.copy()
        np.fill_diagonal(trial, diagonal + (shift + jitter))
        if proves(trial, error, 0.0):
            return jitter
    raise ValueError(f"X: no jitter makes the Gram matrix positive definite, tried up to {jitter}")
