"""Random networks against the infinite-width kernels, with fixed seeds.

Tolerances are five standard errors (false alarms below 1e-6 an entry) unless a check names one.
"""

import numpy as np
from scipy.special import erf

from ntksym import nngp, ntk

from ..record import Evidence, Reading
from .finite import Array, Net, band, erf_slope, gradient, gram, second_moment

X = np.array([[1.0, 0.4, -0.6], [-0.3, 1.2, 0.5]])
BETA = 0.3


def outputs(count: int, width: int, neurons: int, seed: int) -> Array:
    """Outputs (count, 2, neurons) of independent networks with one hidden layer."""
    rng = np.random.default_rng(seed)
    found = np.empty((count, 2, neurons))
    for part in np.split(np.arange(count), 20):
        W, b = rng.normal(size=(len(part), width, 3)), rng.normal(size=(len(part), width))
        hidden = erf(np.einsum("awj,xj->axw", W, X) / np.sqrt(3) + BETA * b[:, None])
        V, c = (
            rng.normal(size=(len(part), neurons, width)),
            rng.normal(size=(len(part), 1, neurons)),
        )
        found[part] = np.einsum("anw,axw->axn", V, hidden) / np.sqrt(width) + BETA * c
    return found


def covariance_of_the_outputs() -> Evidence:
    """20 000 networks, one output: the covariance is Σ⁽²⁾ at any width, and not L = 2."""
    f = outputs(20_000, 16, 1, seed=10)[:, :, 0]
    products = f[:, :, None] * f[:, None, :]
    truth, limit = products.mean(0), gram(nngp("erf", depth=2, b_std=BETA), X)
    return Evidence(
        Reading(np.full((2, 2), 2.0), truth), Reading(limit, truth), tolerance=band(products)
    )


def covariance_or_tangent_kernel() -> Evidence:
    """Two output neurons: both have the covariance Σ⁽²⁾, not Θ⁽²⁾."""
    f = outputs(20_000, 16, 2, seed=11)
    products = f[:, :, None] * f[:, None, :]
    truth = products.mean(0)
    sigma, theta = (gram(make("erf", depth=2, b_std=BETA), X) for make in (nngp, ntk))
    return Evidence(
        Reading(theta[..., None], truth), Reading(sigma[..., None], truth), band(products)
    )


def outputs_become_gaussian() -> Evidence:
    """Fourth moments of f(x) and f(x) + f(x') are 3 variances² at width 256."""
    f = outputs(20_000, 256, 1, seed=12)[:, :, 0]
    sums = np.stack([f[:, 0], f.sum(1)], 1)
    fourth = (sums / sums.std(0)) ** 4
    return Evidence(Reading([3.0, 3.0], fourth.mean(0)), tolerance=band(fourth))


def tangent_kernels(widths: tuple[int, ...], count: int, seed: int) -> Array:
    net, rng = Net(widths, BETA), np.random.default_rng(seed)
    return np.array([net.kernel(net.draw(rng), X) for _ in range(count)])


def tangent_kernel_at_start() -> Evidence:
    """Thirty-two networks with two hidden layers of 256 and two outputs: Θ⁽³⁾ ⊗ Id."""
    found = tangent_kernels((3, 256, 256, 2), 32, seed=13)
    limit = np.einsum("xy,jk->xjyk", gram(ntk("erf", depth=3, b_std=BETA), X), np.eye(2))
    return Evidence(Reading(limit, found.mean(0)), tolerance=band(found))


def finite_kernel_is_random() -> Evidence:
    """Eight networks of width 4 scatter around Θ⁽²⁾; eight of width 20 000 are within 0.04."""
    limit = gram(ntk("erf", depth=2, b_std=BETA), X)
    narrow, wide = (tangent_kernels((3, n, 1), 8, seed=14)[:, :, 0, :, 0] for n in (4, 20_000))
    return Evidence(Reading(limit, narrow), Reading(np.broadcast_to(limit, wide.shape), wide), 0.04)


def hidden_layer_scaling() -> Evidence:
    """One hidden layer of 40 000, one output: covariance over the last layer, W⁽⁰⁾ drawn."""
    rows = np.random.default_rng(15).normal(size=(40_000, 3)) @ X.T
    hidden = erf(rows / np.sqrt(3))
    products = hidden[:, :, None] * hidden[:, None, :]
    truth = gram(nngp("erf", depth=2), X)
    return Evidence(
        Reading(rows.T @ rows, truth), Reading(products.mean(0), truth), tolerance=band(products)
    )


def double_normalisation() -> Evidence:
    """Covariances of the first and second layer with W ~ N(0, 1/n_l) and with W ~ N(0, 1)."""
    W = np.random.default_rng(16).normal(size=(40_000, 3))

    def layers(first: float, second: float) -> tuple[Array, float]:
        u = first * W @ X.T / np.sqrt(3)
        products = np.stack([a[:, :, None] * a[:, None, :] for a in (u, second * erf(u))], 1)
        return products.mean(0), band(products)

    truth = np.stack([gram(nngp("erf", depth=depth), X) for depth in (1, 2)])
    printed, _ = layers(3**-0.5, 40_000**-0.5)
    corrected, tolerance = layers(1.0, 1.0)
    return Evidence(Reading(printed, truth), Reading(corrected, truth), tolerance)


def parameters_of_the_network() -> Evidence:
    """The kernel over the layers W⁽¹⁾, …, W⁽ᴸ⁾ that occur, and over W⁽⁰⁾, …, W⁽ᴸ⁻¹⁾; L = 2."""
    net = Net((3, 4, 1), BETA)
    theta = net.draw(np.random.default_rng(17))
    slopes = gradient(lambda t: net(t, X)[:, 0], theta)
    rows = net.jacobian(theta, X)[:, 0]
    late = rows[:, net.sizes[0] :]
    truth = slopes.T @ slopes
    return Evidence(Reading(late @ late.T, truth), Reading(rows @ rows.T, truth), tolerance=1e-8)


def trained(width: int) -> tuple[float, float]:
    """Largest change of K and largest distance from the linear model, least squares, t ≤ 2."""
    rng = np.random.default_rng(18)
    net, target, step = Net((3, width, 1), BETA), np.array([3.0, -3.0]), 0.05
    theta = net.draw(rng)
    rows, start = net.jacobian(theta, X)[:, 0], net(theta, X)[:, 0]
    kernel, f = rows @ rows.T, start
    drift = gap = 0.0
    for _ in range(40):
        now = net.jacobian(theta, X)[:, 0]
        drift = max(drift, float(np.abs(now @ now.T - kernel).max()))
        theta = theta - step * (net(theta, X)[:, 0] - target) @ now / 2
        f = f - step * kernel @ (f - target) / 2
        gap = max(gap, float(np.abs(net(theta, X)[:, 0] - f).max()))
    return drift, gap


def kernel_during_training() -> Evidence:
    """At width 10 000 the kernel moves less than a twentieth of what it does at width 4."""
    return Evidence(Reading(0.0, trained(10_000)[0]), tolerance=trained(4)[0] / 20)


def linear_during_training() -> Evidence:
    """At width 10 000 the linear model is twenty times closer than at width 4."""
    return Evidence(Reading(0.0, trained(10_000)[1]), tolerance=trained(4)[1] / 20)


def change_of_the_weights() -> Evidence:
    """‖∂f/∂W⁽¹⁾‖² for n × n weights, sixteen networks of n = 128: of order 1, so 1/n an entry."""
    net, rng = Net((3, 128, 128, 1), BETA), np.random.default_rng(19)
    first, second = net.sizes[0], 128 * 128
    found = np.empty((16, 2))
    for row in found:
        slopes = net.jacobian(net.draw(rng), X)[:, 0, first : first + second]
        row[:] = np.sum(slopes**2, 1)
    sigma = gram(nngp("erf", depth=2, b_std=BETA), X)
    limit = [(q - BETA**2) * second_moment(erf_slope, q) for q in np.diag(sigma)]
    return Evidence(Reading(limit, found.mean(0)), tolerance=band(found))
