"""Training: convergence, least squares with a constant kernel, and the law of what is trained."""

import numpy as np
from scipy.integrate import solve_ivp
from scipy.linalg import expm

from ntksym import nngp, ntk

from ..record import Evidence, Reading
from .finite import Array, Net, gram

RNG = np.random.default_rng(9)
KERNEL = (lambda root: root @ root.T / 3 + np.eye(3) / 5)(RNG.normal(size=(3, 3)))
TARGET = np.array([1.0, -2.0, 0.5])


def flow(field, start: Array, time: float) -> Array:
    return solve_ivp(
        lambda t, y: field(t, y), (0, time), start, method="LSODA", rtol=1e-11, atol=1e-12
    ).y[:, -1]


def well(f: Array) -> Array:
    """(f² − 1)² + f/2: a global and a local minimum."""
    return (f**2 - 1) ** 2 + f / 2


def well_slope(f: Array) -> Array:
    return 4 * f * (f**2 - 1) + 0.5


GLOBAL = float(np.min(well(np.roots([4, 0, -4, 0.5]).real)))


def _convex() -> tuple[float, float]:
    """Final cost of Σ log cosh(f − y) under a constant kernel, and its worst excess over a bound.

    The bound is ‖f₀ − f*‖² / (2t) in the norm of K⁻¹, along the way.
    """
    start, excess, f = np.zeros(3), 0.0, np.zeros(3)
    for t in range(1, 101):
        f = flow(lambda _, g: -KERNEL @ np.tanh(g - TARGET), f, 1.0)
        away = start - TARGET
        bound = away @ np.linalg.solve(KERNEL, away) / (2 * t)
        excess = max(excess, float(np.sum(np.log(np.cosh(f - TARGET)))) - bound)
    return float(np.sum(np.log(np.cosh(f - TARGET)))), excess


def positive_definite_is_not_enough() -> Evidence:
    """K = 1 and a double well; then a convex cost and K(t) = e^{-t}, positive at each t."""
    trapped = flow(lambda _, f: -well_slope(f), np.array([1.5]), 40.0)[0]
    stalled = flow(lambda t, f: -np.exp(-t) * f, np.array([2.0]), 40.0)[0]
    printed = Reading([GLOBAL, 0.0], [well(trapped), stalled**2 / 2])
    return Evidence(printed, Reading([0.0, 0.0], _convex()), tolerance=1e-6)


def convexity_is_needed() -> Evidence:
    """K = 1, constant: the double well keeps the local minimum; a convex cost reaches its own."""
    trapped = flow(lambda _, f: -well_slope(f), np.array([1.5]), 40.0)[0]
    return Evidence(Reading(GLOBAL, well(trapped)), Reading(0.0, _convex()[0]), tolerance=1e-6)


NET, SEEN = Net((2, 5, 4, 2)), 3
THETA, X = NET.draw(RNG), RNG.normal(size=(5, 2))
GOAL, TIME = RNG.normal(size=(5, 2)), 2.0


def operator(kernel: Array) -> Array:
    """Π on five points and two outputs, three of the points with data; kernel (x, k, x_i, k')."""
    matrix = kernel.copy()
    matrix[:, :, SEEN:] = 0
    return matrix.reshape(10, 10) / SEEN


def evolved(matrix: Array, start: Array) -> Array:
    return GOAL + (expm(-TIME * matrix) @ (start - GOAL).reshape(-1)).reshape(5, 2)


def linear_model(rows: Array, start: Array) -> Array:
    """The model start + rows·θ, its parameters by gradient flow on the least squares cost."""

    def field(_: float, move: Array) -> Array:
        residual = (start + rows @ move - GOAL)[:SEEN]
        return -np.einsum("xk,xkp->p", residual, rows[:SEEN]) / SEEN

    return start + rows @ flow(field, np.zeros(rows.shape[2]), TIME)


def order_of_the_indices() -> Evidence:
    """Π with K_kk'(x_i, x) and with K_kk'(x, x_i); for a kernel ⊗ Id the first is right as well."""
    start, rows = NET(THETA, X), NET.jacobian(THETA, X)
    general = np.einsum("xkp,yjp->xkyj", rows, rows)
    one = rows[:, :1]
    split = np.zeros((5, 2, 2 * one.shape[2]))
    split[:, 0, : one.shape[2]] = split[:, 1, one.shape[2] :] = one[:, 0]
    scalar = np.einsum("xkp,yjp->xkyj", split, split)
    flipped = [kernel.transpose(2, 1, 0, 3) for kernel in (general, scalar)]
    truth = linear_model(rows, start)
    corrected = [evolved(operator(general), start), evolved(operator(flipped[1]), start)]
    return Evidence(
        Reading(evolved(operator(flipped[0]), start), truth),
        Reading(corrected, [truth, linear_model(split, start)]),
        tolerance=1e-7,
    )


def decay_by_components() -> Evidence:
    """f* + f⁽⁰⁾ + Σ e^{-tλ_i} f⁽ⁱ⁾ at seen and unseen points against e^{-tΠ}."""
    kernel = NET.kernel(THETA, X)
    start = NET(THETA, X)
    columns = kernel.reshape(10, 10)[:, : 2 * SEEN] / SEEN
    values, vectors = np.linalg.eigh(columns[: 2 * SEEN])
    weights = vectors.T @ (start - GOAL)[:SEEN].reshape(-1)
    parts = (columns @ vectors) * (weights / values)
    rest = (start - GOAL).reshape(-1) - parts.sum(1)
    gives = GOAL + (rest + parts @ np.exp(-TIME * values)).reshape(5, 2)
    return Evidence(Reading(gives, linear_model(NET.jacobian(THETA, X), start)), tolerance=1e-7)


def law_during_training() -> Evidence:
    """The law at an unseen point of f_t, f_0 ~ N(0, Σ), under the flow of Θ towards y.

    Variances at t = 0 and t = 2, and the mean at t = 2, where a corrected form gives one.
    """
    points = np.array([[1.0, 0.2], [-0.3, 0.9], [0.5, -1.1], [0.6, 0.7]])
    theta, sigma = (gram(make("erf", depth=2, b_std=0.3), points) for make in (ntk, nngp))

    def moved(start: Array, goal: Array, t: float) -> Array:
        return flow(lambda _, f: -theta[:, :3] @ (f[:3] - goal) / 3, start, t) if t else start

    def variance(t: float) -> float:
        row = np.array([moved(e, np.zeros(3), t)[3] for e in np.eye(4)])
        return float(row @ sigma @ row)

    def weights(t: float) -> Array:
        decay = np.eye(3) - expm(-t * theta[:3, :3] / 3)
        return np.append(-theta[3, :3] @ np.linalg.solve(theta[:3, :3], decay), 1.0)

    variances = [variance(0.0), variance(2.0)]
    corrected = [weights(t) @ sigma @ weights(t) for t in (0.0, 2.0)]
    mean = moved(np.zeros(4), TARGET, 2.0)[3]
    return Evidence(
        Reading([theta[3, 3], theta[3, 3]], variances),
        Reading([*corrected, -weights(2.0)[:3] @ TARGET], [*variances, mean]),
        tolerance=1e-8,
    )
