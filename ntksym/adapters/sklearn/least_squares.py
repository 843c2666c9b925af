"""Least squares in the space of a kernel, by one Cholesky factor."""

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve


def coefficients(
    gram: np.ndarray, y: np.ndarray, alpha: float, weights: np.ndarray | None = None
) -> np.ndarray:
    r"""The a of :math:`f=\sum_j a_jK(\cdot,x_j)` that fits ``y``, shape (n,) or (n, k).

    It minimises :math:`\sum_i w_i(y_i-f(x_i))^2+\alpha\|f\|^2`: with W the diagonal matrix of
    the weights, which are above 0 (all 1 where there are none)

    .. math:: a=\left(K+\alpha W^{-1}\right)^{-1}y.

    ``gram`` is overwritten. ``LinAlgError`` where the matrix is not positive definite in
    floating point.

    >>> K, y = np.array([[2.0, 1.0], [1.0, 2.0]]), np.array([3.0, 0.0])
    >>> np.allclose(K @ coefficients(K.copy(), y, 0.0), y)
    True
    """
    noise = alpha if weights is None else alpha / weights
    np.fill_diagonal(gram, np.diagonal(gram) + noise)
    try:  # the transpose: LAPACK takes it as it is
        factor = cho_factor(gram.T, lower=True, overwrite_a=True, check_finite=False)
    except LinAlgError as error:
        raise LinAlgError(
            f"alpha: K + alpha is not positive definite in floating point at alpha = {alpha:g}; "
            "expected a larger one, or points of which no two are equal "
            "(ntksym.certify(kernel, X) tells which rows are to blame)"
        ) from error
    return cho_solve(factor, y, check_finite=False)
