"""Kernels of networks whose activation has no closed form: the series in the engine."""

import numpy as np
import pytest

from ntksym import dual, nngp, ntk
from tests.lowering.points import ULP, upper


def some_points() -> np.ndarray:
    """Random, nearly equal, equal, opposite, parallel, zero."""
    rng = np.random.default_rng(3)
    x, y, step = rng.normal(size=(3, 5))
    rows = [x, y, x + 1e-3 * step, x + 1e-7 * step, x.copy(), -x, -x + 1e-6 * step, 0.3 * x, 0 * x]
    return np.array(rows)


@pytest.mark.parametrize("name", ["tanh", "softplus", "z*exp(-z**2/2) + tanh(z)"])
def test_two_layers_by_the_dual(name: str) -> None:
    """Θ = w² (c Σ̇ + Σ) + β², Σ and Σ̇ from the rigorous series at the input's covariance."""
    x, pair = some_points(), dual(name)
    w, b = 1.25, 0.5
    tangent, covariance = (make(name, depth=2, w_std=w, b_std=b)(x) for make in (ntk, nngp))
    for i, j in upper(len(x))[::5]:
        q1, q2, c = (w * w * float(a @ d) / 5 + b * b for a, d in
                     ((x[i], x[i]), (x[j], x[j]), (x[i], x[j])))  # fmt: skip
        c = np.sign(c) * min(abs(c), np.sqrt(q1 * q2) * (1 - 1e-16)) if i != j else q1
        sigma, dot = map(float, pair.evaluate(q1, q2, c, 20))
        expected = w * w * sigma + b * b
        size = np.sqrt(covariance[i, i] * covariance[j, j])
        assert abs(covariance[i, j] - expected) <= 32 * ULP * size
        size = np.sqrt(tangent[i, i] * tangent[j, j])
        assert abs(tangent[i, j] - (expected + w * w * c * dot)) <= 32 * ULP * size


def test_tiles_and_blocks_fit_together() -> None:
    rng = np.random.default_rng(4)
    x, y = rng.normal(size=(150, 4)), 1.5 * rng.normal(size=(20, 4))
    kernel = ntk("sigmoid", depth=3, b_std=0.2)
    whole = kernel(np.concatenate([x, y]))
    assert np.array_equal(whole, whole.T)
    np.testing.assert_allclose(kernel(x, y), whole[:150, 150:], rtol=16 * ULP)
    np.testing.assert_allclose(kernel.diag(x), np.diag(whole)[:150], rtol=16 * ULP)
    v = rng.normal(size=(150, 2))
    np.testing.assert_allclose(kernel.matmul(x, v), whole[:150, :150] @ v, rtol=1e-12)


def test_a_variance_beyond_the_limit_is_named() -> None:
    x = np.array([[1.0, 1.0], [400.0, 0.0]])
    with pytest.raises(ValueError, match=r"tanh: the Hermite series of point 1, of variance 80000"):
        ntk("tanh", depth=2)(x)
    with pytest.raises(ValueError, match="changes its formula at z = 1"):
        ntk("tanh(Abs(z - 1))", depth=2)(x)
