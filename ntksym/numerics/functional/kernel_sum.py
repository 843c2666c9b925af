"""``KernelSum``: an element of the space of a kernel, as a finite sum of its sections."""

from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from ntksym.arguments import instance
from ntksym.kernel import Kernel
from ntksym.lowering.inputs import array, vector

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, eq=False)
class KernelSum:
    r"""The function f = Σ_i a_i K(x_i, ·) in the reproducing kernel Hilbert space of K.

    .. math:: f(x)=\sum_ia_iK(x_i,x)=\langle f,K(x,\cdot)\rangle,\qquad
        \langle f,g\rangle=a^\top K(X,Z)\,b,\qquad \|f\|^2=\langle f,f\rangle

    ``points`` is (n, d) and ``coefficients`` (n,), both finite; g has points Z and coefficients b
    of its own. Such sums are dense in the space [aronszajn1950]. ``ValueError`` for other shapes,
    or for two functions of different kernels.

    >>> import ntksym
    >>> kernel = ntksym.ntk("relu", depth=2)
    >>> f = KernelSum(kernel, [[1.0, 2.0], [0.5, -1.0]], [2.0, -1.0])
    >>> x = [[0.3, 0.4]]
    >>> bool(np.allclose(f(x), f.inner(KernelSum(kernel, x, [1.0]))))
    True
    """

    kernel: Kernel
    points: Array
    coefficients: Array

    def __post_init__(self) -> None:
        instance("kernel", self.kernel, Kernel)
        points = array("points", self.points).copy()
        coefficients = vector("coefficients", self.coefficients, "(n,)").copy()
        if coefficients.shape != points.shape[:1]:
            raise ValueError(
                f"coefficients: expected {len(points)} finite numbers, one for each point, "
                f"got shape {coefficients.shape}"
            )
        for name, value in (("points", points), ("coefficients", coefficients)):
            value.setflags(write=False)
            object.__setattr__(self, name, value)

    def __call__(self, X: Any) -> Array:
        """F at the rows of X, shape (m,)."""
        return np.asarray(self.kernel.matmul(X, self.coefficients, self.points))

    def inner(self, other: "KernelSum") -> float:
        """⟨f, g⟩ in the space of the kernel."""
        if not isinstance(other, KernelSum) or other.kernel != self.kernel:
            raise ValueError(f"other: expected a KernelSum of the same kernel, got {other!r}")
        return float(self.coefficients @ other(self.points))

    def norm(self) -> float:
        """‖f‖; 0 where rounding makes the square negative."""
        return float(np.sqrt(max(0.0, self.inner(self))))

    def __add__(self, other: "KernelSum") -> "KernelSum":
        if not isinstance(other, KernelSum):
            return NotImplemented
        if other.kernel != self.kernel:
            raise ValueError("other: expected a KernelSum of the same kernel, got another kernel")
        points = np.concatenate([self.points, other.points])
        coefficients = np.concatenate([self.coefficients, other.coefficients])
        return KernelSum(self.kernel, points, coefficients)

    def __mul__(self, factor: float) -> "KernelSum":
        if not isinstance(factor, Real):
            return NotImplemented
        return KernelSum(self.kernel, self.points, float(factor) * self.coefficients)

    __rmul__ = __mul__

    def __neg__(self) -> "KernelSum":
        return -1.0 * self

    def __sub__(self, other: "KernelSum") -> "KernelSum":
        return self + (-other)
