"""``Cost``: a mean loss on data as a functional, with its derivative in the space of a kernel."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import sympy
from sympy import Abs, Expr, Max, Symbol, exp, log, tanh

from ntksym.arguments import symbolic
from ntksym.check.floats import floats
from ntksym.kernel import Kernel
from ntksym.lowering.inputs import array, real, vector
from ntksym.numerics.functional.kernel_sum import Array, KernelSum

_F, _Y = Symbol("f", real=True), Symbol("y", real=True)
Function = Callable[[Any], Array] | Array
"""A function of the rows of X, or its values there."""


class _Softplus(sympy.Function):
    """log(1 + exp(x)), which keeps its name until it is a number: so nothing overflows."""

    def fdiff(self, argindex: int = 1) -> Expr:
        return (1 + tanh(self.args[0] / 2)) / 2


@dataclass(frozen=True, eq=False)
class Cost:
    r"""The mean loss on N examples, as a functional of f.

    .. math:: C[f]=\frac1N\sum_i\ell(f(x_i),y_i),\qquad
        \frac{\delta C}{\delta f}=\frac1N\sum_i\ell'(f(x_i),y_i)\,K(x_i,\cdot)

    ``loss`` is a SymPy expression in symbols named f and y, differentiable in f (twice for
    ``second_variation``); that it is convex is not checked, and needed only for a minimum to be
    global. ``X`` is (N, d), ``y`` (N,). Along the gradient flow of the parameters of a function
    with tangent kernel K, C changes at the rate :math:`-\|\delta C/\delta f\|_K^2` (``rate``), by
    the chain rule [jacot2018]; derivations/kernel_gradient_flow.py derives it. A function is a
    ``KernelSum``, any other callable of X, or its N values on X. ``ValueError`` for other shapes
    or symbols.

    >>> import ntksym
    >>> from sympy import cosh, log, symbols
    >>> f, y = symbols("f y")
    >>> X, kernel = np.array([[1.0, 2.0], [0.5, -1.0]]), ntksym.ntk("relu", depth=2)
    >>> cost = Cost(log(cosh(f - y)), X, [1.0, -1.0])
    >>> gradient = cost.gradient(kernel, np.zeros(2))
    >>> bool(np.isclose(cost.rate(kernel, np.zeros(2)), -(gradient.norm() ** 2)))
    True
    """

    loss: Expr
    X: Array
    y: Array

    def __post_init__(self) -> None:
        loss = symbolic("loss", self.loss)
        strange = sorted({s.name for s in loss.free_symbols} - {"f", "y"})
        if strange or not loss.free_symbols:
            raise ValueError(f"loss: expected an expression in symbols f and y, got {loss}")
        names = {"f": _F, "y": _Y}
        X, y = array("X", self.X).copy(), vector("y", self.y, "(N,)").copy()
        if not len(X):
            raise ValueError(f"X: expected at least one row, got shape {X.shape}")
        if y.shape != X.shape[:1]:
            raise ValueError(f"y: expected {len(X)} finite numbers, got shape {y.shape}")
        known = loss.xreplace({s: names[s.name] for s in loss.free_symbols})
        for name, value in (("loss", known), ("X", X), ("y", y)):
            object.__setattr__(self, name, value)

    def __call__(self, f: Function) -> float:
        """C[f]."""
        return float(np.mean(self._of(self.loss, f)))

    def gradient(self, kernel: Kernel, f: Function) -> KernelSum:
        """δC/δf in the space of ``kernel``, a sum of its sections at the data."""
        return KernelSum(kernel, self.X, self._of(self._slope, f) / len(self.X))

    def rate(self, kernel: Kernel, f: Function) -> float:
        """−‖δC/δf‖²_K: dC/dt along the gradient flow with tangent kernel K."""
        gradient = self.gradient(kernel, f)
        return -gradient.inner(gradient)

    def second_variation(self, f: Function, direction: Function) -> float:
        r""":math:`\frac{d^2}{d\varepsilon^2}C[f+\varepsilon g]` at 0; not negative for convex ℓ."""
        curvature = self._of(self._slope.diff(_F), f)
        return float(np.mean(curvature * self._values("direction", direction) ** 2))

    @cached_property
    def _slope(self) -> Expr:
        return self.loss.diff(_F)

    def _of(self, expr: Expr, f: Function) -> Array:
        values = self._values("f", f)
        with np.errstate(all="ignore"):
            found = floats(expr.replace(_Softplus, _stable), {_F: values, _Y: self.y})
        return np.asarray(np.broadcast_to(found, values.shape), dtype=float)

    def _values(self, name: str, f: Function) -> Array:
        values = real(name, f(self.X) if callable(f) else f, f"({len(self.y)},)")
        if values.shape != self.y.shape:
            raise ValueError(
                f"{name}: expected a function with {len(self.y)} values on X, "
                f"got shape {values.shape}"
            )
        return values


def _stable(x: Expr) -> Expr:
    return Max(0, x) + log(1 + exp(-Abs(x)))


def least_squares(X: Any, y: Any) -> Cost:
    r"""C[f] = 1/(2N) Σ (f(x_i) − y_i)², whose gradient is 1/N Σ (f(x_i) − y_i) K(x_i, ·).

    >>> least_squares([[1.0], [2.0]], [0.0, 3.0])(np.array([1.0, 1.0]))
    1.25
    """
    return Cost((_F - _Y) ** 2 / 2, X, y)


def logistic(X: Any, y: Any) -> Cost:
    r"""C[f] = 1/N Σ log(1 + exp(−y_i f(x_i))) for labels ±1, written so that nothing overflows.

    ``ValueError`` for other labels.

    >>> logistic([[1.0], [2.0]], [1, -1])(np.array([1000.0, 1000.0]))
    500.0
    """
    labels = vector("y", y, "(N,)")
    if not np.isin(labels, (-1.0, 1.0)).all():
        raise ValueError(f"y: expected labels -1 and 1, got {np.unique(labels)[:5].tolist()}")
    return Cost(_Softplus(-_Y * _F), X, y)
