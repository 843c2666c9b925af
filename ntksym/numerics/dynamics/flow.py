"""``gradient_flow``: training in function space with a constant kernel."""

from typing import Any, Literal, overload

import numpy as np

from ntksym.arguments import choice, number
from ntksym.kernel import Kernel
from ntksym.numerics.dynamics.least_squares import LeastSquaresFlow, closed
from ntksym.numerics.dynamics.losses import LOSSES, Function, Loss, loss_of
from ntksym.numerics.dynamics.task import Progress, Task
from ntksym.numerics.dynamics.trajectory import METHODS, Integrator, Stop, Trajectory, followed

Reduction = Literal["mean", "sum"]

LEAST = 1e-13
"""Of ``rtol``: the integrators of SciPy go no further."""


@overload
def gradient_flow(
    kernel: Kernel, X: Any, y: Any, times: Any, X_test: Any = None, *,
    loss: Literal["squared"] = "squared", reduction: Reduction = "mean", initial: Any = None,
    initial_test: Any = None, progress: Progress | None = None,
) -> LeastSquaresFlow: ...  # fmt: skip
@overload
def gradient_flow(
    kernel: Kernel, X: Any, y: Any, times: Any, X_test: Any = None, *,
    loss: str | Loss | Function, reduction: Reduction = "mean", initial: Any = None,
    initial_test: Any = None, method: str = "LSODA", rtol: float = 1e-8, atol: float = 1e-10,
    stop: Stop | None = None, progress: Progress | None = None,
) -> Trajectory: ...  # fmt: skip
def gradient_flow(
    kernel: Kernel, X: Any, y: Any, times: Any, X_test: Any = None, *,
    loss: Any = "squared", reduction: Reduction = "mean", initial: Any = None,
    initial_test: Any = None, method: str = "LSODA", rtol: float = 1e-8, atol: float = 1e-10,
    stop: Stop | None = None, progress: Progress | None = None,
) -> LeastSquaresFlow | Trajectory:  # fmt: skip
    r"""Gradient flow of the cost C with a constant kernel, at times t ≥ 0.

    .. math:: \dot f_t(x)=-\sum_iK(x,x_i)\,\frac{\partial C}{\partial f(x_i)},\qquad
        C=\frac1n\sum_i\ell(f(x_i),y_i)

    (``reduction="sum"`` leaves 1/n out). An infinitely wide network in the NTK parametrisation
    follows it when all its parameters follow -∇C and K is its ``ntk``, or when the last layer alone
    is trained and K is its ``nngp`` [jacot2018, lee2019]. A small learning rate η is t = η · steps.

    ``loss="squared"``, :math:`\ell=\frac12|f-y|^2`, is solved in closed form by the eigenvectors
    of K(X, X): exact in time, ``inf`` allowed, times in any order. With f_0 the random network,
    f_0 ~ N(initial, Σ), Σ the ``nngp`` of the network, f_t is Gaussian, and the
    :class:`LeastSquaresFlow` has its mean and covariance at X and at X_test:

    .. math:: f_t(x)=f_0(x)-\Theta(x,X)\,\Theta^{-1}\,(I-e^{-t\Theta/n})\,(f_0(X)-y)

    Other losses give a :class:`Trajectory` from f_0 = ``initial``, integrated by ``method`` of
    scipy.integrate within ``rtol`` and ``atol``, at increasing finite times: ``"logistic"`` (y of
    -1 and 1), ``"cross_entropy"`` (labels 0, 1, ... or rows of probabilities), ``"huber"``,
    ``numerics.dynamics.huber(threshold)``, or your gradient(f, y) of ℓ by f, for f of the shape of
    y. Stiff methods factor matrices of n k rows; "DOP853" does not. ``stop(t, f)`` is asked after
    each step, with f at X.

    X is (n, d), y (n,) or (n, k), X_test (m, d); ``initial`` (of the shape of y) and
    ``initial_test`` are 0 by default; ``progress(what, done, total)``. Raises TypeError and
    ValueError for bad arguments, ArithmeticError where the integrator fails.

    >>> from ntksym import ntk
    >>> X, y = [[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]], [1.0, 0.0, -1.0]
    >>> flow = gradient_flow(ntk("relu", depth=3, b_std=0.1), X, y, [0, 1, np.inf])
    >>> bool(np.allclose(flow.mean[-1], y)), bool(np.allclose(flow.std[-1], 0, atol=1e-6))
    (True, True)
    >>> flow.mean.shape, flow.covariance.shape
    ((3, 3), (3, 3, 3))
    """
    chosen = loss_of(loss)
    task = Task.of(kernel, X, y, times, X_test, chosen, reduction, initial, initial_test)
    if chosen is LOSSES["squared"]:
        return closed(task, progress)
    choice("method", method, METHODS)
    rtol, atol = number("rtol", rtol, positive=True), number("atol", atol, positive=True)
    if rtol < LEAST:
        raise ValueError(f"rtol: expected at least {LEAST}, got {rtol}")
    if not np.isfinite(task.times).all() or (np.diff(task.times) <= 0).any():
        raise ValueError("times: expected increasing finite numbers for this loss")
    return followed(task, chosen, Integrator(method, rtol, atol), stop, progress)
