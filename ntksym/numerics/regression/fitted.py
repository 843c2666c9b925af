"""What kernel regression and Gaussian processes share: a Gram matrix, decomposed once."""

from abc import ABC, abstractmethod
from typing import Any, Self

import numpy as np

from ntksym.arguments import number
from ntksym.kernel import Kernel
from ntksym.numerics.regression.data import outputs, points
from ntksym.numerics.regression.factor import Known, Progress, factored
from ntksym.theorems.data.certificate import GramCertificate

LARGEST = 50
"""Rows up to which Arb is asked, where doubles have no proved error."""


class Fitted(ABC):
    """A kernel, what is added to its diagonal, and the rows that were seen."""

    kernel: Kernel
    _seen: Known | None

    @property
    @abstractmethod
    def _added(self) -> tuple[str, Any]:
        """What is added to the diagonal: the name of the argument, and its value."""

    def fit(
        self, X: Any, y: Any, *, largest: int = LARGEST, progress: Progress | None = None
    ) -> Self:
        """Learn from X (n, d) and y (n,) or (n, k): one Cholesky decomposition beside the proof.

        ``largest``: rows up to which the certificate may use Arb, of which
        ``progress(what, done, total)`` hears. Raises ValueError for wrong shapes, NaN or infinity,
        a negative ridge or noise, and for rows on which the kernel is singular where that is 0.
        """
        rows, added = points(self.kernel, X), number(*self._added)
        targets = outputs("y", y, len(rows))
        factor = factored(self.kernel, rows, added, largest, progress)
        self._seen = Known(rows, targets, factor, factor.solve(targets))
        return self

    @property
    def weights(self) -> np.ndarray:
        """(K + λ)^{-1} y with λ what is added to the diagonal, of the shape of y."""
        return self._known().weights

    @property
    def jitter(self) -> float:
        """What was added to the diagonal beside the ridge or the noise."""
        return self._known().factor.jitter

    @property
    def certificate(self) -> GramCertificate | None:
        """Of K(X, X), where the ridge or the noise is 0."""
        return self._known().factor.certificate

    @property
    def proved(self) -> str:
        """Of which matrix positive definiteness is proved."""
        return self._known().factor.proved

    def _known(self) -> Known:
        if self._seen is None:
            raise ValueError(f"{type(self).__name__}: expected fit(X, y) before")
        return self._seen
