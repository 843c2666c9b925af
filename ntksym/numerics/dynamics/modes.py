r"""The eigendirections of a Gram matrix, and what they have learned by time t.

.. math:: Ku_i=\lambda_iu_i,\qquad \text{decay}_i=e^{-st\lambda_i},\qquad
    \text{gain}_i=\frac{1-e^{-st\lambda_i}}{\lambda_i}\to st\quad(\lambda_i\to0)

s is 1/n where the cost is a mean and 1 where it is a sum. A computed eigenvalue is off by up to
about :math:`\delta=nu\lambda_1`, and one of at most δ cannot be told from 0, the least of a Gram
matrix. It counts as 0: its direction keeps what it has at the training points. At other points the
exact kernel has :math:`K(x,X)u=0` there if λ = 0, and rounding of size δ; the gain
:math:`st\,e^{-st\delta}` is st as long as that matters, then lets the rounding go, and is 0 at
:math:`t=\infty`, where it leaves the pseudoinverse.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import eigh

UNIT = 2.0**-52


@dataclass(frozen=True, eq=False)
class Modes:
    """Eigenvalues (n,), from the largest, and eigenvectors (n, n), in columns."""

    eigenvalues: np.ndarray
    vectors: np.ndarray
    scale: float
    floor: float

    @classmethod
    def of(cls, matrix: np.ndarray, scale: float) -> "Modes":
        """Those of a symmetric matrix, which is used up; ValueError if it has negative ones."""
        values, vectors = eigh(matrix, driver="evd", overwrite_a=True, check_finite=False)
        values, vectors = values[::-1], np.ascontiguousarray(vectors[:, ::-1])
        floor = len(values) * UNIT * float(values[0])
        if not values[-1] >= -floor:
            raise ValueError(
                f"kernel: expected no eigenvalue below 0 but for rounding of {floor:.1e}, "
                f"got {values[-1]:.3g}"
            )
        return cls(np.where(values > floor, values, 0.0), vectors, scale, floor)

    def decay(self, times: ArrayLike) -> np.ndarray:
        """What is left of each direction: (T, n) for (T,)."""
        return np.exp(-self._exponents(times))

    def gain(self, times: ArrayLike) -> np.ndarray:
        """(1 - decay)/λ, of shape (T, n)."""
        moving = self.eigenvalues > 0
        st = self.scale * np.asarray(times)[..., None]
        learned = -np.expm1(-self._exponents(times))
        finite = np.where(np.isinf(st), 0.0, st)
        still = finite * np.exp(-finite * self.floor)
        return np.where(moving, learned / np.where(moving, self.eigenvalues, 1.0), still)

    def _exponents(self, times: ArrayLike) -> np.ndarray:
        st = self.scale * np.asarray(times)[..., None]
        moving = self.eigenvalues > 0
        return np.multiply(st, self.eigenvalues, out=np.zeros(np.broadcast_shapes(
            st.shape, moving.shape)), where=moving)  # fmt: skip
