"""Kernel regression, with or without a ridge."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ntksym.kernel import Kernel
from ntksym.numerics.regression.data import others
from ntksym.numerics.regression.factor import Known
from ntksym.numerics.regression.fitted import Fitted


@dataclass(eq=False)
class KernelRegression(Fitted):
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

    @property
    def _added(self) -> tuple[str, Any]:
        return "ridge", self.ridge

    def predict(self, X: Any) -> np.ndarray:
        """Values f(x) at the rows of X (m, d), (m,) or (m, k); K(X, X_train) is never stored."""
        known = self._known()
        return self.kernel.matmul(others("X", X, known.points), known.weights, known.points)
