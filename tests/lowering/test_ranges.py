"""Norms from 1e-150 to 1e150, alike and beside each other, against Arb; beyond, an error."""

import numpy as np
import pytest

from ntksym import ntk
from tests.lowering.points import ulps

PAIRS = [(0, 0), (0, 1), (0, 2), (0, 3), (2, 2), (2, 3)]
FAR = [(1e-150, 1.0), (1e-8, 1e-3), (1e-100, 1e-90), (1e-3, 1e3), (1.0, 1e20), (1e-150, 1e150)]


def beside(a: float, b: float) -> np.ndarray:
    """Two directions, each of two norms."""
    x = np.random.default_rng(4).normal(size=(2, 4))
    return np.concatenate([a * x, b * x])


@pytest.mark.parametrize("name", ["sin", "erf", "gelu", "relu", "snake"])
def test_unlike_norms(name: str) -> None:
    """Of sin the difference of two exponentials is that of their exponents; snake has a mean."""
    kernel = ntk(name, depth=2)
    for norms in FAR:
        assert ulps(kernel, beside(*norms), PAIRS, scaled=True) <= 16, norms


@pytest.mark.parametrize("name", ["gelu", "gaussian", "erf", "relu", "sin"])
def test_large_norms(name: str) -> None:
    """No power of a variance is formed: the variance itself is near the largest double."""
    kernel = ntk(name, depth=3)
    for norm in (1e60, 1e100, 1e150):
        x = beside(norm, norm)[:2]
        assert ulps(kernel, x, [(0, 0), (0, 1), (1, 1)], scaled=True) <= 16, norm


@pytest.mark.parametrize("depth", [2, 3, 10])
@pytest.mark.parametrize("name", ["gelu", "gaussian", "normal_cdf"])
def test_large_parallel_and_opposite_points(name: str, depth: int) -> None:
    """Σ̇ has a root below that is near 0, and above it what is nearer still; 1 - ρ is a difference
    of angles that are nearly alike."""
    kernel = ntk(name, depth=depth)
    for norm in (1e3, 1e8, 1e50, 1e100, 1e150):
        x = norm * np.outer([1.0, 2.0, -1.0], beside(1.0, 1.0)[0])
        assert ulps(kernel, x, [(0, 0), (0, 1), (0, 2), (1, 2)], scaled=True) <= 16, norm


def test_what_no_number_holds_is_refused() -> None:
    """By the name of the points: never infinity or NaN."""
    kernel, x = ntk("relu", depth=2), np.ones((3, 2))
    x[1] = 1e160
    message = (
        r"expected K\(x, x\) in the range of float64, got row 1 with \|x\|/sqrt\(n0\) = 1e\+160"
    )
    for compute in (kernel, kernel.diag, kernel.gradients, lambda x: kernel.matmul(x, np.ones(3))):
        with pytest.raises(ValueError, match=f"^X: {message}"):
            compute(x)
    with pytest.raises(ValueError, match=f"^Y: {message}"):
        kernel(x[:1], x)
    with pytest.raises(
        ValueError, match=r"^X: expected K\(x, x\) in the range of float64, got row"
    ):
        ntk("exp", depth=2).diag(40 * np.ones((1, 2)))
    assert kernel(x[:1] * 1e25)[0, 0] > np.finfo(np.float32).max
    with pytest.raises(ValueError, match=r"^X: expected K\(x, x\) in the range of float32"):
        kernel(x[:1] * 1e25, dtype=np.float32)


@pytest.mark.parametrize("name", ["sin", "erf"])
def test_points_close_beside_their_norm(name: str) -> None:
    """The kernel falls off within a distance of 1: unit rows and norms have more than a double."""
    kernel, (x, y) = ntk(name, depth=3), beside(1.0, 1.0)[:2]
    for norm in (1e4, 1e8, 1e14):
        near = np.array(
            [norm * x, norm * x + 0.3 * y, -norm * x + 3 * y, np.nextafter(norm * x, 0)]
        )
        assert ulps(kernel, near, [(0, 1), (0, 2), (1, 2), (0, 3)], scaled=True) <= 16, norm


@pytest.mark.parametrize("b_std", [0, 0.1])
def test_powers_of_a_norm(b_std: float) -> None:
    """Behind two cubes a rounding of the norm counts 18 times."""
    kernel = ntk("power", depth=3, b_std=b_std)
    for norm in (1e-8, 1e-3, 7.0, 10.0, 1e8):
        x = beside(norm, 2 * norm)
        assert ulps(kernel, x, [(0, 0), (2, 3), (1, 1)], scaled=True) <= 16, norm


def test_a_weighted_sine_at_any_norm() -> None:
    """Of gabor neither the exponentials nor their factors cancel, and nothing overflows."""
    kernel, (x, y) = ntk("gabor", depth=3), beside(1.0, 1.0)[:2]
    for norm in (1e-3, 30.0, 1e3, 1e8, 1e150):
        points = norm * np.array([x, y, 2 * x, -x, x + 0.3 / norm * y])
        pairs = [(0, 0), (0, 1), (0, 2), (0, 3), (0, 4)]
        assert ulps(kernel, points, pairs, scaled=True) <= 16, norm


def test_antipodes_of_a_line_and_a_wave() -> None:
    """Of snake at large norms: 1 + rho is that of the wave, of the order of 1/q."""
    kernel, (x, y) = ntk("snake", depth=3), beside(1.0, 1.0)[:2]
    for norm in (1e2, 1e5, 1e12, 1e100):
        assert ulps(kernel, norm * np.array([x, -x, y, -2 * x]), PAIRS, scaled=True) <= 16, norm
