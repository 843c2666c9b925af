"""Kernel regression, with or without a ridge."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ntksym.arguments import number
from ntksym.kernel import Kernel
from ntksym.numerics.regression.data import others, outputs, points
from ntksym.numerics.regression.factor import Known, Progress, factored
from ntksym.theorems.data.certificate import GramCertificate

LARGEST = 50
"""Rows up to which Arb is asked, where doubles have no proved error."""


@dataclass(eq=False)
class KernelRegression:
    r"""Kernel ridge regression, the minimiser of :math:`\sum_i|f(x_i)-y_i|^2+\lambda\|f\|_K^2`.

    .. math:: f(x)=K(x,X)\,(K(X,X)+\lambda I)^{-1}y

    With ``ridge`` λ = 0 and an NTK it is what an infinitely wide network has learned after training
    to the end by least squares from f = 0 [jacot2018]; see :func:`ntksym.gradient_flow`.

    No jitter is guessed. With λ = 0 :func:`ntksym.certify` decides whether K(X, X) is positive
    definite: for singular rows ``fit`` raises, naming them; otherwise ``jitter`` is 0, or the least
    multiple of the rounding bound for which a verified Cholesky decomposition succeeds. ``proved``
    is ``"exact kernel"``, or ``"matrix as given"`` where no bound of the entries is known (an
    activation that is not homogeneous, more than ``largest`` rows); then the proof is of the matrix
    of doubles alone. ``certificate`` is None with λ > 0, which needs none.

    >>> from ntksym import ntk
    >>> X, y = [[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]], [1.0, 0.0, -1.0]
    >>> model = KernelRegression(ntk("relu", depth=3, b_std=0.1)).fit(X, y)
    >>> bool(np.allclose(model.predict(X), y)), model.jitter, model.proved
    (True, 0.0, 'exact kernel')
    """

    kernel: Kernel
    ridge: float = 0.0
    _seen: Known | None = field(default=None, init=False, repr=False)

    def fit(
        self, X: Any, y: Any, *, largest: int = LARGEST, progress: Progress | None = None
    ) -> "KernelRegression":
        """Learn from X (n, d) and y (n,) or (n, k): one Cholesky decomposition beside the proof.

        ``largest``: rows up to which the certificate may use Arb, of which
        ``progress(what, done, total)`` hears. Raises ValueError for wrong shapes, NaN or infinity,
        a negative ridge, and for rows on which the kernel is singular where the ridge is 0.
        """
        rows, ridge = points(self.kernel, X), number("ridge", self.ridge)
        targets = outputs("y", y, len(rows))
        factor = factored(self.kernel, rows, ridge, largest, progress)
        self._seen = Known(rows, targets, factor, factor.solve(targets))
        return self

    def predict(self, X: Any) -> np.ndarray:
        """Values f(x) at the rows of X (m, d), (m,) or (m, k); K(X, X_train) is never stored."""
        known = self._known()
        return self.kernel.matmul(others("X", X, known.points), known.weights, known.points)

    @property
    def weights(self) -> np.ndarray:
        """(K + λ)^{-1} y, of the shape of y."""
        return self._known().weights

    @property
    def jitter(self) -> float:
        """What was added to the diagonal beside the ridge."""
        return self._known().factor.jitter

    @property
    def certificate(self) -> GramCertificate | None:
        """Of K(X, X), where the ridge is 0."""
        return self._known().factor.certificate

    @property
    def proved(self) -> str:
        """Of which matrix positive definiteness is proved."""
        return self._known().factor.proved

    def _known(self) -> Known:
        if self._seen is None:
            raise ValueError("KernelRegression: expected fit(X, y) before")
        return self._seen
