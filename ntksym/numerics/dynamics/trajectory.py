r"""Gradient flow of any convex cost, by SciPy's integrators.

With :math:`C=s\sum_i\ell(f(x_i),y_i)` the flow :math:`\dot f_t(x)=-K(x,X)\,\nabla C` stays in
:math:`f_t(x)=f_0(x)-K(x,X)\,a_t`: only :math:`\dot a=s\,\nabla\ell(f_0(X)-Ka)` is integrated, at
the n training points, and f follows at all others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import integrate

from ntksym.numerics.dynamics.losses import Loss
from ntksym.numerics.dynamics.task import Progress, Task

Stop = Callable[[float, np.ndarray], bool]
IMPLICIT = ("LSODA", "BDF", "Radau")
METHODS = (*IMPLICIT, "DOP853", "RK45", "RK23")


@dataclass(frozen=True, eq=False)
class Trajectory:
    """f_t at the times (T,): what :func:`gradient_flow` returns for other losses than the squared.

    ``train_mean`` (T, n) or (T, n, k) is f_t at X, ``mean`` that at X_test, or at X without it;
    ``loss`` (T,) the cost, NaN for a loss that is known by its gradient alone. ``stopped``: whether
    ``stop`` ended it; ``times`` are then those that were reached. ``evaluations``: of the gradient.
    """

    times: np.ndarray
    train_mean: np.ndarray
    mean: np.ndarray
    loss: np.ndarray
    stopped: bool
    evaluations: int

    def __repr__(self) -> str:
        end = "stopped" if self.stopped else "ended"
        last = self.times[-1] if len(self.times) else 0.0
        return f"<Trajectory: {len(self.times)} times, {end} at t = {last:.6g}>"


@dataclass(frozen=True, eq=False)
class Problem:
    """da/dt = s ∇ℓ(f0 - K a), for a and f of shape (n, k)."""

    gram: np.ndarray
    start: np.ndarray
    targets: np.ndarray
    loss: Loss
    scale: float
    shape: tuple[int, ...]
    """Of f where users see it: (n,) or (n, k)."""

    def outputs(self, a: np.ndarray) -> np.ndarray:
        """Those at X, (n, k), from a in one row."""
        return self.start - self.gram @ a.reshape(self.start.shape)

    def slope(self, t: float, a: np.ndarray) -> np.ndarray:
        gradient = self.gradient(self.outputs(a))
        if gradient.size != a.size or not np.isfinite(gradient).all():
            raise ValueError(f"loss: expected a finite gradient of shape {self.shape} at t = {t}")
        return self.scale * gradient.reshape(-1)

    def gradient(self, f: np.ndarray) -> np.ndarray:
        if self.loss.value is not None:
            return np.asarray(self.loss.gradient(f, self.targets))
        seen = (values.reshape(self.shape) for values in (f, self.targets))
        return np.asarray(self.loss.gradient(*seen), dtype=float)

    def jacobian(self, t: float, a: np.ndarray) -> np.ndarray:
        assert self.loss.curvature is not None
        blocks = self.loss.curvature(self.outputs(a), self.targets)
        return np.einsum("icd,ij->icjd", -self.scale * blocks, self.gram).reshape(a.size, a.size)

    def cost(self, a: np.ndarray) -> float:
        if self.loss.value is None:
            return np.nan
        return self.scale * float(np.sum(self.loss.value(self.outputs(a), self.targets)))


@dataclass(frozen=True)
class Integrator:
    """One of SciPy's, with its tolerances."""

    method: str
    rtol: float
    atol: float


def followed(
    task: Task, loss: Loss, by: Integrator, stop: Stop | None, progress: Progress | None
) -> Trajectory:
    """The trajectory from f_0 to the last time, or until ``stop``."""
    gram, two = task.kernel(task.points), (len(task.points), -1)
    shape = task.targets.shape
    problem = Problem(
        gram, task.start.reshape(two), task.targets.reshape(two), loss, task.scale, shape
    )
    found, stopped, calls = integrated(problem, task.times, by, stop, progress)
    duals = found.reshape(len(found), *shape)
    train = test = task.start - _pulled(gram, duals)
    if task.others is not None and task.ahead is not None:
        test = task.ahead - _pulled(task.kernel(task.others, task.points), duals)
    costs = np.array([problem.cost(a) for a in found])
    return Trajectory(task.times[: len(found)], train, test, costs, stopped, calls)


def integrated(
    problem: Problem, times: np.ndarray, by: Integrator, stop: Stop | None,
    progress: Progress | None,
) -> tuple[np.ndarray, bool, int]:  # fmt: skip
    """The a at the times reached (T, n k), whether it was stopped, the number of evaluations."""
    curved = problem.loss.curvature is not None and by.method in IMPLICIT
    extra: dict[str, Any] = {"jac": problem.jacobian} if curved else {}
    zero = np.zeros(problem.start.size)
    found = [zero] * int((times == 0).sum())
    if len(found) == len(times):
        return np.array(found), False, 0
    solver = getattr(integrate, by.method)(
        problem.slope, 0.0, zero, float(times[-1]), rtol=by.rtol, atol=by.atol, **extra
    )
    while solver.status == "running":
        said = solver.step()
        if solver.status == "failed":
            raise ArithmeticError(f"{by.method} failed at t = {solver.t:.6g}: {said}")
        reached = times[len(found) : np.searchsorted(times, solver.t, side="right")]
        if len(reached):
            found += list(solver.dense_output()(reached).T)
        if progress:
            progress("gradient flow", len(found), len(times))
        if stop and stop(solver.t, problem.outputs(solver.y).reshape(problem.shape)):
            return np.array(found).reshape(-1, zero.size), True, solver.nfev
    return np.array(found), False, solver.nfev


def _pulled(kernel: np.ndarray, duals: np.ndarray) -> np.ndarray:
    """K a for each time: (T, m) or (T, m, k)."""
    return np.einsum("mn,tn...->tm...", kernel, duals, optimize=True)
