"""The recursions of Σ and Θ, by quadrature and by finite differences, and positive definiteness."""

import numpy as np
from scipy.special import erf

from ntksym import nngp, ntk

from ..record import Evidence, Reading
from .finite import Array, Net, band, erf_slope, expectation, gradient, gram, second_moment

X = np.array([[1.0, 0.4, -0.6], [-0.3, 1.2, 0.5]])
BETA = 0.3


def kernels(make, depth: int, beta: float = BETA) -> Array:
    return gram(make("erf", depth=depth, b_std=beta), X)


def over(function, sigma: Array) -> Array:
    """E[function(f(x)) function(f(x'))], f ~ N(0, sigma), on the two points."""
    mixed = expectation(function, sigma)
    first, second = (second_moment(function, variance) for variance in np.diag(sigma))
    return np.array([[first, mixed], [mixed, second]])


def _first_layer(beta: float) -> Array:
    """E[f(x) f(x')] over the parameters of one layer, by a quadrature exact for quadratics."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(2)
    grid = np.stack(np.meshgrid(*[nodes] * 4), -1).reshape(-1, 4)
    mass = np.prod(np.stack(np.meshgrid(*[weights] * 4), -1).reshape(-1, 4), 1) / (2 * np.pi) ** 2
    f = np.array([Net((3, 1), beta)(theta, X)[:, 0] for theta in grid])
    return np.einsum("t,tx,ty->xy", mass, f, f)


def first_covariance() -> Evidence:
    """x·x'/n₀ + β² against the expectation over the parameters."""
    return Evidence(Reading(X @ X.T / 3 + BETA**2, _first_layer(BETA)))


def first_covariance_without_bias() -> Evidence:
    """x·x'/n₀ against the expectation over the weights."""
    return Evidence(Reading(X @ X.T / 3, _first_layer(0.0)))


def _second_and_third(beta: float, seed: int) -> Evidence:
    """Σ⁽²⁾, Σ⁽³⁾ by quadrature against a random network with two hidden layers of 40 000.

    Given a layer, the preactivations of the next are independent Gaussian vectors whose covariance
    is the empirical one: they are drawn from it, which saves the matrix between the layers.
    """
    rng = np.random.default_rng(seed)
    limit = empirical = X @ X.T / 3 + beta**2
    gives, truth, tolerance = [], [], 0.0
    for _ in range(2):
        limit = over(erf, limit) + beta**2
        hidden = erf(rng.normal(size=(40_000, 2)) @ np.linalg.cholesky(empirical).T)
        products = hidden[:, :, None] * hidden[:, None, :]
        empirical = products.mean(0) + beta**2
        gives, truth = [*gives, limit], [*truth, empirical]
        tolerance += band(products)
    return Evidence(Reading(gives, truth), tolerance=tolerance)


def covariance_recursion() -> Evidence:
    """Two steps with β = 0.3 against a wide random network."""
    return _second_and_third(BETA, seed=21)


def covariance_recursion_without_bias() -> Evidence:
    """Two steps with β = 0 against a wide random network."""
    return _second_and_third(0.0, seed=22)


def derivative_covariance() -> Evidence:
    """E[σ'(u)σ'(v)] by quadrature is ∂E[σ(u)σ(v)]/∂c (Price)."""
    covariance, step = kernels(nngp, 1), 1e-5
    move = step * np.array([[0.0, 1.0], [1.0, 0.0]])
    truth = (expectation(erf, covariance + move) - expectation(erf, covariance - move)) / (2 * step)
    return Evidence(Reading(expectation(erf_slope, covariance), truth), tolerance=1e-8)


def first_tangent_kernel() -> Evidence:
    """One affine layer: the tangent kernel by finite differences is Σ⁽¹⁾ at once."""
    net = Net((3, 1), BETA)
    theta = net.draw(np.random.default_rng(20))
    slopes = gradient(lambda t: net(t, X)[:, 0], theta)
    return Evidence(Reading(X @ X.T / 3 + BETA**2, slopes.T @ slopes))


def index_of_the_recursion() -> Evidence:
    """Θ⁽⁴⁾ as printed with L = 3, l = 1, and with l = 3, by quadrature, against ntk."""

    def step(level: int) -> Array:
        sigma = kernels(nngp, level)
        return kernels(ntk, level) * over(erf_slope, sigma) + over(erf, sigma) + BETA**2

    truth = kernels(ntk, 4)
    return Evidence(Reading(step(1), truth), Reading(step(3), truth), tolerance=1e-8)


def rank(matrix: Array) -> int:
    values = np.linalg.eigvalsh(matrix)
    return int(np.count_nonzero(values > 1e-12 * values[-1]))


def hexagon_without_bias() -> Evidence:
    """ReLU, L = 2, the regular hexagon on S¹: rank 5 of 6 without bias, 6 with β² = 0.1."""
    angles = np.pi / 3 * np.arange(6)
    points = np.stack([np.cos(angles), np.sin(angles)], 1)
    bare, biased = (rank(gram(ntk("relu", depth=2, b_std=b), points)) for b in (0.0, 0.1**0.5))
    return Evidence(Reading(6, bare), Reading(6, biased))


def antipodes_without_bias() -> Evidence:
    """Erf at L = 4 on three antipodal pairs: rank 3 without bias, 6 with β = 0.3."""
    half = np.array([[1.0, 0.0], [0.6, 0.8], [-0.28, 0.96]])
    points = np.concatenate([half, -half])
    bare, biased = (rank(gram(ntk("erf", depth=4, b_std=b), points)) for b in (0.0, 0.3))
    return Evidence(Reading(6, bare), Reading(6, biased))
