"""Feature maps, random linear models and the model linearised at its initial parameters."""

import numpy as np

from ..record import Evidence, Reading
from .finite import Array, Net, gradient, slope

RNG = np.random.default_rng(5)
COUNT, POINTS = 5, RNG.normal(size=3)
PHASES, THETA = RNG.normal(size=COUNT), RNG.normal(size=COUNT)
TARGET = np.array([1.0, -0.5, 0.3])


def features(x: Array) -> Array:
    """f^(p)(x), of shape (n, P)."""
    return np.cos(np.multiply.outer(x, np.arange(1, COUNT + 1)) + PHASES)


def model(theta: Array, x: Array = POINTS) -> Array:
    return features(x) @ theta / np.sqrt(COUNT)


def cost(theta: Array) -> float:
    """Least squares with the empirical distribution: d = f − y."""
    return float(np.mean((model(theta) - TARGET) ** 2) / 2)


def gradient_of_random_functions() -> Evidence:
    """P^{-1/2} (f^(1), …, f^(P)) against differences in θ."""
    return Evidence(Reading(features(POINTS) / np.sqrt(COUNT), gradient(model, THETA).T))


def velocity_of_random_functions() -> Evidence:
    """P^{-1/2} Σ_p (dθ_p/dt) f^(p) along a curved path of parameters."""
    moves = np.arange(1.0, COUNT + 1)
    truth = slope(lambda s: model(THETA + np.sin(s * moves)))
    return Evidence(Reading(features(POINTS) @ moves / np.sqrt(COUNT), truth), tolerance=1e-8)


def flow_of_random_functions() -> Evidence:
    """−P^{-1/2} ⟨d, f^(p)⟩ for each p against −∂(C∘F)/∂θ_p."""
    d = model(THETA) - TARGET
    gives = -np.array([np.mean(d * f) for f in features(POINTS).T]) / np.sqrt(COUNT)
    return Evidence(Reading(gives, -gradient(cost, THETA)))


def tangent_kernel_of_random_functions() -> Evidence:
    """−(1/P) Σ_p ⟨d, f^(p)⟩ f^(p) at an unseen point against df/dt."""
    d, x = model(THETA) - TARGET, np.array([0.4])
    gives = -sum(
        np.mean(d * seen) * unseen
        for seen, unseen in zip(features(POINTS).T, features(x).T, strict=True)
    )
    velocity = -gradient(cost, THETA)
    return Evidence(Reading(gives / COUNT, slope(lambda s: model(THETA + s * velocity, x))))


def inner_or_outer_product() -> Evidence:
    """The kernel of two points by differences in θ: a number, not a P × P matrix."""
    one, two = features(POINTS[:2])
    slopes = gradient(lambda t: model(t, POINTS[:2]), THETA)
    truth = slopes[:, 0] @ slopes[:, 1]
    return Evidence(Reading(np.outer(one, two) / COUNT, truth), Reading(one @ two / COUNT, truth))


def misplaced_brace() -> Evidence:
    """−E_x'[Θ(x, x')] C, the subscript read as kernel times cost, and −E_x'[Θ(x, x') d(x')]."""
    kernel = features(POINTS) @ features(POINTS).T / COUNT
    velocity = -gradient(cost, THETA)
    truth = slope(lambda s: model(THETA + s * velocity))
    return Evidence(
        Reading(-kernel.mean(1) * cost(THETA), truth),
        Reading(-kernel @ (model(THETA) - TARGET) / len(POINTS), truth),
    )


def parameter_and_function_steps() -> Evidence:
    """Ten finite steps on θ and ten on the function with the tangent kernel end alike."""
    theta, f, rate = THETA.copy(), model(THETA), 0.3
    kernel = features(POINTS) @ features(POINTS).T / COUNT
    for _ in range(10):
        theta = theta - rate * gradient(cost, theta)
        f = f - rate * kernel @ (f - TARGET) / len(POINTS)
    return Evidence(Reading(f, model(theta)))


def features_of_a_point() -> Evidence:
    """⟨φ(f), φ(f)⟩ is one number, the trace; K has ⟨φ(x), φ(x')⟩ in its places."""
    slopes = gradient(model, THETA)
    rows = features(POINTS) / np.sqrt(COUNT)
    truth = slopes.T @ slopes
    pairs = [[a @ b for b in rows] for a in rows]
    return Evidence(Reading(np.sum(rows * rows), truth), Reading(pairs, truth))


NET = Net((1, 1, 1), beta=1.0)
AT = np.array([0.7, -0.2, 1.1, 0.4])
X = np.array([[-1.0], [0.3], [0.8], [2.0]])


def transpose_of_the_linearisation() -> Evidence:
    """Four parameters, four points: ∇f (θ − θ₀) and ∇fᵀ (θ − θ₀) are both defined."""
    move = np.array([0.3, -0.5, 0.2, 0.9])
    columns = NET.jacobian(AT, X)[:, 0].T
    truth = slope(lambda s: NET(AT + s * move, X)[:, 0])
    return Evidence(Reading(columns @ move, truth), Reading(columns.T @ move, truth), 1e-8)


def point_of_the_linearisation() -> Evidence:
    """f(z; θ₀ + sβ) to first order in s: from the features of another point x, and of z."""
    move, s, x, z = np.array([0.3, -0.5, 0.2, 0.9]), 1e-4, X[:1], X[1:2]
    truth = NET(AT + s * move, z)[0, 0]

    def form(at: Array) -> float:
        return float((NET(AT, at)[0] + s * NET.jacobian(AT, at)[0] @ move)[0])

    return Evidence(Reading(form(x), truth), Reading(form(z), truth), tolerance=1e-7)


def linear_regression_on_features() -> Evidence:
    """The linear model trained to the end: regression of y on the features needs f(·; θ₀) = 0."""
    net, rng = Net((2, 9, 1)), np.random.default_rng(6)
    theta, data, z = net.draw(rng), 2 * rng.normal(size=(3, 2)), np.array([[1.0, -2.0]])
    rows, row = net.jacobian(theta, data)[:, 0], net.jacobian(theta, z)[0, 0]
    start, start_z = net(theta, data)[:, 0], net(theta, z)[0, 0]

    def trained(at_data: Array, at_z: float) -> float:
        """Gradient descent on ‖f₀ + rows·β − y‖²/2 from β = 0."""
        move, rate = np.zeros(len(theta)), 1 / np.linalg.norm(rows, 2) ** 2
        for _ in range(20_000):
            move -= rate * rows.T @ (at_data + rows @ move - TARGET)
        return float(at_z + row @ move)

    fit = row @ np.linalg.pinv(rows) @ TARGET
    return Evidence(
        Reading(fit, trained(start, start_z)),
        Reading(fit, trained(0 * start, 0.0)),
        tolerance=1e-6,
    )
