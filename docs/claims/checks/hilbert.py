"""Ridge regression, reproducing kernel Hilbert spaces, and Gaussian conditioning."""

import numpy as np
from scipy.integrate import quad

from ..record import Evidence, Reading
from .finite import Array, gradient

RNG = np.random.default_rng(7)
X, Y, W = RNG.normal(size=(4, 3)), RNG.normal(size=4), RNG.normal(size=3)


def ridge(w: Array) -> float:
    return float(np.sum((Y - X @ w) ** 2) + w @ w)


def ridge_gradient() -> Evidence:
    """Σ −2 x_i (y_i − wᵀx_i) + 2w against differences of L."""
    gives = sum(-2 * x * (y - w) for x, y, w in zip(X, Y, X @ W, strict=True)) + 2 * W
    return Evidence(Reading(gives, gradient(ridge, W)), tolerance=1e-8)


def ridge_gradient_expanded() -> Evidence:
    """2 w ‖x_i‖² as printed, and 2 x_i x_iᵀ w."""
    truth, linear = gradient(ridge, W), -2 * Y @ X + 2 * W
    printed = linear + sum(2 * W * (x @ x) for x in X)
    corrected = linear + sum(2 * np.outer(x, x) @ W for x in X)
    return Evidence(Reading(printed, truth), Reading(corrected, truth), tolerance=1e-8)


def missing_square() -> Evidence:
    """For the linear kernel, f = wᵀx and ‖f‖ = ‖w‖, L(f) must be the ridge loss."""
    residual = Y - X @ W
    return Evidence(
        Reading(np.sum(residual) + W @ W, ridge(W)), Reading(np.sum(residual**2) + W @ W, ridge(W))
    )


def functional_step() -> Evidence:
    """F − α(−2 Σ_i (y_i − f(x_i)) k(x_i, ·) + 2f) with k = x·x' is the step on w."""
    rate, z = 0.05, RNG.normal(size=(6, 3))
    gives = z @ W - rate * (-2 * (z @ X.T) @ (Y - X @ W) + 2 * z @ W)
    return Evidence(Reading(gives, z @ (W - rate * gradient(ridge, W))), tolerance=1e-8)


def coordinates(x: Array) -> Array:
    """An orthonormal frame of H for k(x, y) = 1 + xy + x²y²."""
    return np.stack([np.ones_like(x), x, x**2], -1)


def k(x: Array, y: Array) -> Array:
    return 1 + np.multiply.outer(x, y) + np.multiply.outer(x, y) ** 2


ALPHA, BETA = np.array([1.0, -2.0, 0.5]), np.array([0.3, 1.5, -1.0])
XF, XG = np.array([-1.0, 0.2, 0.7]), np.array([0.4, 1.3, -0.6])
F, G = ALPHA @ coordinates(XF), BETA @ coordinates(XG)


def inner_product_transposed() -> Evidence:
    """α·Kᵀβ and αᵀKβ with K_ij = k(x_i, x'_j) against the inner product in H."""
    kernel = k(XF, XG)
    return Evidence(Reading(ALPHA @ kernel.T @ BETA, F @ G), Reading(ALPHA @ kernel @ BETA, F @ G))


def norm_with_other_coefficients() -> Evidence:
    """αᵀKβ with the coefficients of g, and αᵀKα, against ‖f‖² in H."""
    kernel = k(XF, XF)
    return Evidence(Reading(ALPHA @ kernel @ BETA, F @ F), Reading(ALPHA @ kernel @ ALPHA, F @ F))


def finite_sums_are_only_dense() -> Evidence:
    """K = min on [0, 1], f(t) = t²: the squared distance to the span of n sections is 1/(3n²)."""
    counts = (2, 4, 8, 16)
    distances = []
    for n in counts:
        t = np.arange(1, n + 1) / n
        fit = np.linalg.solve(np.minimum.outer(t, t), t**2)
        distances.append(4 / 3 - t**2 @ fit)
    return Evidence(
        Reading(np.zeros(4), distances), Reading([1 / (3 * n**2) for n in counts], distances), 1e-6
    )


def reproducing_property() -> Evidence:
    """f·k(x, ·) against the function f on a grid, and against its value at x."""
    x, grid = np.array([0.9]), np.linspace(-1, 1, 5)
    product = F @ coordinates(x)[0]
    return Evidence(Reading(ALPHA @ k(XF, grid), product), Reading(ALPHA @ k(XF, x), product))


def gradient_of_evaluation() -> Evidence:
    """⟨k(x, ·), df⟩ against the change of f(x), in coordinates of H."""
    x = np.array([0.9])
    truth = gradient(lambda f: float(f @ coordinates(x)[0]), F)
    return Evidence(Reading(coordinates(x)[0], truth))


def square_of_the_norm() -> Evidence:
    """‖f‖ + 2f·df + ‖df‖² as printed, and with ‖f‖², against ‖f + df‖²."""
    rest, truth = 2 * F @ G + G @ G, (F + G) @ (F + G)
    return Evidence(Reading(np.sqrt(F @ F) + rest, truth), Reading(F @ F + rest, truth))


def gradient_of_the_norm() -> Evidence:
    """2f against differences of ‖f‖²."""
    return Evidence(Reading(2 * F, gradient(lambda f: f @ f, F)), tolerance=1e-8)


def chain_rule_of_functionals() -> Evidence:
    """∇E g'(E) for E = ‖f‖², g = sin."""
    truth = gradient(lambda f: np.sin(f @ f), F)
    return Evidence(Reading(2 * F * np.cos(F @ F), truth), tolerance=1e-7)


def conditioning() -> Evidence:
    """Mean and variance of X given Y = y, by integrals of the joint density."""
    covariance, y = np.array([[1.5, 0.8], [0.8, 0.9]]), 0.7
    inverse = np.linalg.inv(covariance)

    def density(x: float) -> float:
        at = np.array([x, y])
        return float(np.exp(-at @ inverse @ at / 2))

    mass, first, second = (quad(lambda x, n=n: x**n * density(x), -15, 15)[0] for n in range(3))
    mean = covariance[0, 1] / covariance[1, 1] * y
    variance = covariance[0, 0] - covariance[0, 1] ** 2 / covariance[1, 1]
    truth = [first / mass, second / mass - (first / mass) ** 2]
    return Evidence(Reading([mean, variance], truth))


def bilinear_form() -> Evidence:
    """Twice the first argument: ⟨x, K(x, x') x'⟩ with K = (x·x')² is not linear in x."""
    x, y = X[0], X[1]

    def pointwise(a: Array, b: Array) -> float:
        return float(a @ b * (a @ b) ** 2)

    def form(f: Array, g: Array) -> float:
        return float(f @ (X @ X.T) ** 2 @ g / 16)

    f, g = X[:, 0], X[:, 1]
    return Evidence(
        Reading(2 * pointwise(x, y), pointwise(2 * x, y)), Reading(2 * form(f, g), form(2 * f, g))
    )


def diagonal_is_not_enough() -> Evidence:
    """Is K positive definite on five points: K = ‖x − x'‖, which is not, and K = exp(−‖x − x'‖).

    Decided by the diagonal, by the form on a thousand random f, and by the eigenvalues.
    """
    rng = np.random.default_rng(8)
    points, functions = rng.normal(size=(5, 2)), rng.normal(size=(1000, 5))
    distance = np.linalg.norm(points[:, None] - points[None], axis=2)
    kernels = (distance, np.exp(-distance))
    diagonal = [np.all(np.diag(kernel) * np.sum(points**2, 1) >= 0) for kernel in kernels]
    forms = [np.all(np.sum(functions @ kernel * functions, 1) > 0) for kernel in kernels]
    truth = [np.all(np.linalg.eigvalsh(kernel) > 0) for kernel in kernels]
    return Evidence(Reading(diagonal, truth), Reading(forms, truth))
