"""Gradient flow: the chain rule from parameters to functions to the cost."""

import numpy as np

from ..record import Evidence, Reading
from .finite import Array, Net, gradient, slope

NODES, WEIGHTS = np.polynomial.legendre.leggauss(6)
NET = Net((1, 4, 2))
THETA = NET.draw(np.random.default_rng(1))
X = NODES[:, None]
Y = np.stack([np.sin(3 * NODES), np.cos(NODES)], 1)


def functional(f: Array) -> float:
    """C[f] = ∫ Σ_j log cosh(f_j − y_j) dx on [−1, 1]."""
    return float(WEIGHTS @ np.log(np.cosh(f - Y)).sum(1))


def derivative(f: Array) -> Array:
    """δC/δf."""
    return np.tanh(f - Y)


def cost(theta: Array) -> float:
    return functional(NET(theta, X))


def functional_derivative() -> Evidence:
    """∫ (δC/δf)·φ dx against the difference quotient, for φ of six values."""
    f = NET(THETA, X)
    phi = np.stack([NODES**2, np.exp(NODES)], 1)
    gives = WEIGHTS @ (derivative(f) * phi).sum(1)
    return Evidence(Reading(gives, slope(lambda s: functional(f + s * phi))), tolerance=1e-8)


def representer_of_a_point() -> Evidence:
    """The squared L² norm of the representer among polynomials of degree ≤ n, n = 20 and 80.

    A functional with a derivative in L² has a fixed one; that of g ↦ g(0) grows like (n + 1)/π.
    """

    def growth(coefficients: Array) -> float:
        squares = coefficients**2
        return float(squares.sum() / squares[:21].sum())

    k = np.arange(81)
    at_zero = np.polynomial.legendre.legvander(np.zeros(1), 80)[0] * np.sqrt(k + 0.5)
    x, w = np.polynomial.legendre.leggauss(100)
    smooth = (np.polynomial.legendre.legvander(x, 80) * np.sqrt(k + 0.5)).T @ (w * np.exp(x))
    return Evidence(Reading(1.0, growth(at_zero)), Reading(1.0, growth(smooth)), tolerance=1e-2)


def chain_rule() -> Evidence:
    """Along f^θ = (θ, θ²) a cost whose Gateaux derivative at 0 is zero still has slope 1."""

    def steep(a: float, b: float) -> float:
        return a**9 / ((b - a**2) ** 2 + a**8) if a else 0.0

    step = 1e-3
    gateaux = [slope(lambda s, v=v: steep(s * v[0], s * v[1]), step) for v in np.eye(2)]
    along = slope(lambda s: steep(s, s**2), step)
    eta = np.random.default_rng(2).normal(size=len(THETA))
    rows = NET.jacobian(THETA, X)
    gives = eta @ np.einsum("x,xj,xjp->p", WEIGHTS, derivative(NET(THETA, X)), rows)
    truth = slope(lambda s: cost(THETA + s * eta))
    return Evidence(Reading(gateaux[0], along), Reading(gives, truth), tolerance=1e-7)


def _rate() -> float:
    """dC/dt along gradient flow, from differences of the cost alone."""
    velocity = -gradient(cost, THETA)
    return float(slope(lambda s: cost(THETA + s * velocity)))


def cost_rate_by_parameters() -> Evidence:
    """−Σ_i (∫ (δC/δf)·∂f/∂θ_i dx)² against dC/dt."""
    rows = NET.jacobian(THETA, X)
    parts = np.einsum("x,xj,xjp->p", WEIGHTS, derivative(NET(THETA, X)), rows)
    return Evidence(Reading(-parts @ parts, _rate()), tolerance=1e-7)


def cost_rate_by_kernel() -> Evidence:
    """−∬ (δC/δf)(x)ᵀ K(x, x') (δC/δf)(x') dx dx' against dC/dt."""
    d = WEIGHTS[:, None] * derivative(NET(THETA, X))
    gives = -np.einsum("xj,xjyk,yk->", d, NET.kernel(THETA, X), d)
    return Evidence(Reading(gives, _rate()), tolerance=1e-7)


_SMALL = Net((2, 4, 1))
_RNG = np.random.default_rng(3)
_AT, _DATA, _Z = _SMALL.draw(_RNG), _RNG.normal(size=(3, 2)), _RNG.normal(size=(1, 2))
_TARGET, _ETA = np.array([0.5, -1.0, 2.0]), 0.7


def _value(theta: Array) -> float:
    return float(np.mean((_SMALL(theta, _DATA)[:, 0] - _TARGET) ** 2) / 2)


def gradient_of_the_cost() -> Evidence:
    """(1/n) Σ_i (f(x_i) − y_i) ∇f(x_i) against differences of V."""
    residual = _SMALL(_AT, _DATA)[:, 0] - _TARGET
    gives = residual @ _SMALL.jacobian(_AT, _DATA)[:, 0] / 3
    return Evidence(Reading(gives, gradient(_value, _AT)), tolerance=1e-8)


def _velocity_at_z() -> float:
    """df(z)/dt along dθ/dt = −η ∇V, from differences of V and f."""
    step = -_ETA * gradient(_value, _AT)
    return float(slope(lambda s: _SMALL(_AT + s * step, _Z)[0, 0]))


def sign_of_the_flow() -> Evidence:
    """±η ∇Vᵀ ∇f(z) against df(z)/dt."""
    form = _ETA * gradient(_value, _AT) @ _SMALL.jacobian(_AT, _Z)[0, 0]
    truth = _velocity_at_z()
    return Evidence(Reading(form, truth), Reading(-form, truth), tolerance=1e-7)


def sign_of_the_kernel_flow() -> Evidence:
    """±(η/n) Σ_i (f(x_i) − y_i) K(x_i, z) against df(z)/dt."""
    kernel = _SMALL.kernel(_AT, np.concatenate([_DATA, _Z]))[:3, 0, 3, 0]
    form = _ETA / 3 * (_SMALL(_AT, _DATA)[:, 0] - _TARGET) @ kernel
    truth = _velocity_at_z()
    return Evidence(Reading(form, truth), Reading(-form, truth), tolerance=1e-7)


def kernel_gradient_descent() -> Evidence:
    """−K ∇_f L on the three data points against df/dt along dθ/dt = −∇L."""
    velocity = -gradient(_value, _AT)
    truth = slope(lambda s: _SMALL(_AT + s * velocity, _DATA)[:, 0])
    columns = _SMALL.jacobian(_AT, _DATA)[:, 0].T
    gives = -columns.T @ columns @ (_SMALL(_AT, _DATA)[:, 0] - _TARGET) / 3
    return Evidence(Reading(gives, truth), tolerance=1e-7)


def transpose_of_the_loss_rate() -> Evidence:
    """Two columns side by side give a vector of products; dL/dt is their inner product."""
    velocity = -gradient(_value, _AT)
    truth = slope(lambda s: _value(_AT + s * velocity))
    slopes = (_SMALL(_AT, _DATA)[:, 0] - _TARGET) / 3
    moves = slope(lambda s: _SMALL(_AT + s * velocity, _DATA)[:, 0])
    return Evidence(Reading(slopes * moves, truth), Reading(slopes @ moves, truth), tolerance=1e-7)


def loss_rate() -> Evidence:
    """−∇Lᵀ K ∇L against dL/dt for a fixed kernel and a convex loss of fourth degree."""
    rng = np.random.default_rng(4)
    root, f = rng.normal(size=(2, 4, 4))[0], rng.normal(size=4)
    kernel, slopes = root @ root.T, f**3
    truth = slope(lambda s: float(np.sum((f - s * kernel @ slopes) ** 4) / 4), 1e-6)
    return Evidence(Reading(-slopes @ kernel @ slopes, truth), tolerance=1e-6)
