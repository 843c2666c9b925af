"""The kernel of a network as scikit-learn's Gaussian processes want it."""

from typing import Any

import numpy as np
from sklearn.gaussian_process.kernels import Hyperparameter, Kernel

from ntksym.adapters.sklearn.parameters import kernel_of
from ntksym.lowering.derivatives.load import Refused
from ntksym.networks import Activation

Bounds = tuple[float, float] | str


class NTKernel(Kernel):
    r"""A ``sklearn.gaussian_process.kernels.Kernel``, to be added, multiplied and fitted.

    Its hyperparameters are ln w and ln β, one w and one β for all layers, with the derivatives

    .. math:: \frac{\partial K}{\partial\ln w}=w\frac{\partial K}{\partial w},\qquad
              \frac{\partial K}{\partial\ln\beta}=\beta\frac{\partial K}{\partial\beta}

    from the derived expression, in one pass with K. One that is 0 has no logarithm: it is fixed,
    and so is one whose bounds are ``"fixed"``. ``activation``, ``depth``, ``w_std``, ``b_std``,
    ``bias_init``: as in :func:`ntksym.mlp`; ``kind``: ``"ntk"`` or ``"nngp"``. Not stationary.

    >>> X = np.array([[1.0, 2.0], [0.5, -1.0]])
    >>> K, gradient = NTKernel("relu", depth=3)(X, eval_gradient=True)
    >>> np.allclose(gradient[:, :, 0], 6 * K)  # without bias K is homogeneous in w
    True
    """

    def __init__(
        self,
        activation: Activation | str = "relu",
        depth: int = 3,
        w_std: float = 1.0,
        b_std: float = 0.0,
        bias_init: str = "gaussian",
        kind: str = "ntk",
        w_std_bounds: Bounds = (1e-2, 1e2),
        b_std_bounds: Bounds = (1e-3, 1e2),
    ) -> None:
        self.activation = activation
        self.depth = depth
        self.w_std = w_std
        self.b_std = b_std
        self.bias_init = bias_init
        self.kind = kind
        self.w_std_bounds = w_std_bounds
        self.b_std_bounds = b_std_bounds

    @property
    def hyperparameter_w_std(self) -> Hyperparameter:
        """The logarithm of w, or fixed."""
        return Hyperparameter("w_std", "numeric", self.w_std_bounds if self.w_std else "fixed")

    @property
    def hyperparameter_b_std(self) -> Hyperparameter:
        """The logarithm of β, or fixed."""
        return Hyperparameter("b_std", "numeric", self.b_std_bounds if self.b_std else "fixed")

    def __call__(self, X: Any, Y: Any = None, eval_gradient: bool = False) -> Any:
        """K(X, Y) of shape (n, m); with ``eval_gradient`` K(X, X) and its derivatives (n, n, p).

        p counts what is not fixed, in the order of ``hyperparameters``. ``ValueError`` for a
        gradient with Y, or of an activation whose dual has Φ₂ (ELU, SELU).
        """
        kernel = kernel_of(self)
        if not eval_gradient:
            return kernel(X, Y)
        if Y is not None:
            raise ValueError("Y: expected None with eval_gradient=True, got an array")
        free = [known.name for known in self.hyperparameters if not known.fixed]
        if not free:
            gram = kernel(X)
            return gram, np.empty((*gram.shape, 0))
        try:
            found = kernel.gradients(X)
        except Refused as error:
            raise ValueError(
                f"{error}. In a Gaussian process: optimizer=None, or "
                "w_std_bounds='fixed' and b_std_bounds='fixed'"
            ) from error
        by_log = [getattr(self, name) * getattr(found, name) for name in free]
        return found.value, np.stack(by_log, axis=-1)

    def diag(self, X: Any) -> np.ndarray:
        """K(x, x) of each row, shape (n,), without the matrix."""
        return kernel_of(self).diag(X)

    def is_stationary(self) -> bool:
        """No: K(x, y) depends on more than x - y."""
        return False

    def __repr__(self) -> str:
        shown = f"{getattr(self.activation, 'name', self.activation)}, depth={self.depth}"
        shown += f", w_std={self.w_std:.3g}, b_std={self.b_std:.3g}"
        if self.bias_init != "gaussian":
            shown += f", bias_init={self.bias_init!r}"
        if self.kind != "ntk":
            shown += f", kind={self.kind!r}"
        return f"{type(self).__name__}({shown})"
