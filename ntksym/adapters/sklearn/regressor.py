"""Kernel ridge regression with the kernel of an infinitely wide network."""

from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, MultiOutputMixin, RegressorMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from ntksym.adapters.sklearn.least_squares import coefficients
from ntksym.adapters.sklearn.parameters import counted, kernel_of, ridge
from ntksym.networks import Activation


class NTKRegressor(MultiOutputMixin, RegressorMixin, BaseEstimator):
    r"""The function of least :math:`\sum_i w_i(y_i-f(x_i))^2+\alpha\|f\|^2`, the norm that of K.

    K is ``ntksym.ntk(activation, depth=..., ...)``, or ``nngp`` with ``kind="nngp"``: the tangent
    kernel with ``alpha=0`` gives the mean of infinitely wide networks trained to the end by
    gradient flow on the squared error [jacot2018]; the covariance, the mean of the posterior of
    Gaussian noise of variance α.

    ``activation``, ``depth``, ``w_std``, ``b_std``, ``bias_init``: as in :func:`ntksym.mlp`.
    ``alpha``: the ridge, in units of K. ``normalize_y``: y less its mean is fitted (for least
    squares its scale plays no part).

    Fitted: ``kernel_``, ``X_fit_`` (n, d), ``dual_coef_`` (n,) or (n, k), ``y_mean_``. Errors as
    scikit-learn has them, and ``LinAlgError`` where K + α is not positive definite in floating
    point.

    >>> X = np.linspace(-1, 1, 9)[:, None]
    >>> model = NTKRegressor("erf", depth=2, b_std=1.0, alpha=1e-6).fit(X, X[:, 0] ** 2)
    >>> bool(abs(model.predict([[0.4]])[0] - 0.16) < 1e-3)
    True
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
        normalize_y: bool = False,
    ) -> None:
        self.activation = activation
        self.depth = depth
        self.w_std = w_std
        self.b_std = b_std
        self.bias_init = bias_init
        self.kind = kind
        self.alpha = alpha
        self.normalize_y = normalize_y

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> "NTKRegressor":
        """Points (n, d), targets (n,) or (n, k), weights (n,) of at least 0."""
        kernel, alpha = kernel_of(self), ridge(self.alpha)
        X, y = validate_data(
            self, X, y, dtype=np.float64, copy=True, multi_output=True, y_numeric=True
        )
        X, y, weights = counted(X, np.asarray(y, dtype=np.float64), sample_weight)
        mean = np.average(y, axis=0, weights=weights)
        self.y_mean_ = mean if self.normalize_y else np.zeros_like(mean)
        self.dual_coef_ = coefficients(kernel(X), y - self.y_mean_, alpha, weights)
        self.kernel_, self.X_fit_ = kernel, X
        return self

    def predict(self, X: Any) -> np.ndarray:
        """The values of f at X (m, d), shape (m,) or (m, k), without storing ``K(X, X_fit_)``."""
        check_is_fitted(self)
        X = validate_data(self, X, dtype=np.float64, reset=False)
        return self.kernel_.matmul(X, self.dual_coef_, self.X_fit_) + self.y_mean_
