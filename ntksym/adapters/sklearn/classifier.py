"""Classification with the kernel of an infinitely wide network."""

from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.preprocessing import label_binarize
from sklearn.svm import SVC
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from ntksym.adapters.sklearn.least_squares import coefficients
from ntksym.adapters.sklearn.parameters import counted, kernel_of, ridge
from ntksym.networks import Activation

METHODS = ("least_squares", "svc")


class NTKClassifier(ClassifierMixin, BaseEstimator):
    r"""One function of K for each class, or a support vector machine on the Gram matrix.

    ``method="least_squares"``: a class against the rest, targets 1 and -1, fitted as by
    :class:`NTKRegressor`. ``"svc"``: :class:`sklearn.svm.SVC` with C = 1/(2α), so that α is the
    penalty of :math:`\|f\|^2` beside a sum of losses in both.

    The other parameters are those of :class:`NTKRegressor`. There are no probabilities:
    ``sklearn.calibration.CalibratedClassifierCV`` adds honest ones.

    Fitted: ``classes_``, ``kernel_``, ``X_fit_`` (n, d), and ``dual_coef_`` (n, k) or ``svc_``.
    Errors as scikit-learn has them, and ``LinAlgError`` where K + α is not positive definite in
    floating point.

    >>> X = np.array([[0.0, 1.0], [0.2, 1.0], [1.0, 0.0], [1.0, 0.1]])
    >>> NTKClassifier(depth=2).fit(X, ["up", "up", "right", "right"]).predict([[0.1, 2.0]])
    array(['up'], dtype='<U5')
    """

    def __init__(
        self,
        activation: Activation | str = "relu",
        depth: int = 3,
        w_std: Any = 1.0,
        b_std: Any = 0.0,
        bias_init: str = "gaussian",
        kind: str = "ntk",
        alpha: float = 1e-3,
        method: str = "least_squares",
    ) -> None:
        self.activation = activation
        self.depth = depth
        self.w_std = w_std
        self.b_std = b_std
        self.bias_init = bias_init
        self.kind = kind
        self.alpha = alpha
        self.method = method

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> "NTKClassifier":
        """Points (n, d), labels (n,) of two classes or more, weights (n,) of at least 0."""
        if self.method not in METHODS:
            raise ValueError(f"method: expected one of {METHODS}, got {self.method!r}")
        kernel, alpha = kernel_of(self), ridge(self.alpha, positive=self.method == "svc")
        X, y = validate_data(self, X, y, dtype=np.float64, copy=True)
        check_classification_targets(y)
        X, y, weights = counted(X, y, sample_weight)
        classes = np.unique(y)
        if len(classes) < 2:
            raise ValueError(f"y: expected at least two classes, got one class, {classes[0]!r}")
        if self.method == "svc":
            machine = SVC(C=1 / (2 * alpha), kernel="precomputed", tol=1e-8)
            self.svc_ = machine.fit(kernel(X), y, weights)
        else:
            targets = label_binarize(y, classes=classes, neg_label=-1).astype(np.float64)
            self.dual_coef_ = coefficients(kernel(X), targets, alpha, weights)
        self.classes_, self.kernel_, self.X_fit_ = classes, kernel, X
        return self

    def decision_function(self, X: Any) -> np.ndarray:
        """(m, k), the largest of which decides; (m,) for two classes: above 0 the second one."""
        check_is_fitted(self)
        X = validate_data(self, X, dtype=np.float64, reset=False)
        if self.method == "svc":
            rows = np.zeros((len(X), len(self.X_fit_)))
            support = self.svc_.support_  # what the machine reads
            rows[:, support] = self.kernel_(X, self.X_fit_[support])
            return self.svc_.decision_function(rows)
        scores = self.kernel_.matmul(X, self.dual_coef_, self.X_fit_)
        return scores[:, 0] if len(self.classes_) == 2 else scores

    def predict(self, X: Any) -> np.ndarray:
        """The class of each row of X, shape (m,)."""
        scores = self.decision_function(X)
        return self.classes_[scores.argmax(axis=1) if scores.ndim > 1 else (scores > 0).astype(int)]
