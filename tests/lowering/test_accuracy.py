"""The Gram matrix against Arb, to 16 ulp: relative to K(x, y) where the kernel is positive, to
sqrt(K(x, x) K(y, y)) where it changes sign or vanishes (erf, identity and leaky ReLU everywhere,
the NTK of two layers at obtuse angles, where Σ + ρΣ̇ passes through 0, the others at antipodes)."""

import numpy as np
import pytest

from ntksym import Dense, Elementwise, Kernel, Residual, nngp, ntk, serial
from tests.lowering.points import ULP, hard, ordinary, ulps, upper

POSITIVE = ("relu", "abs")
SIGNED = ("erf", "identity", "leaky_relu")
NETWORKS = [
    (ntk, {"depth": 1}),
    (ntk, {"depth": 2}),
    (ntk, {"depth": 2, "b_std": 0.1, "bias_init": "zero"}),
    (nngp, {"depth": 2, "b_std": 0.1}),
    (ntk, {"depth": 3, "b_std": 0.1, "w_std": 1.4}),
    (nngp, {"depth": 3, "w_std": 2**0.5}),
    (ntk, {"depth": 4, "b_std": 0.1, "bias_init": "zero"}),
    (ntk, {"depth": 10}),
    (nngp, {"depth": 10, "b_std": 0.1}),
    (ntk, {"depth": 10, "b_std": 0.1}),
]


def shown(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(f"{key}={x}" for key, x in value.items())
    return getattr(value, "__name__", str(value))


@pytest.mark.parametrize(("make", "arguments"), NETWORKS[1:], ids=shown)
@pytest.mark.parametrize("name", POSITIVE)
def test_ordinary_pairs_of_positive_kernels(name: str, make, arguments) -> None:
    x, scaled = ordinary(), make is ntk and arguments["depth"] == 2
    assert ulps(make(name, **arguments), x, upper(len(x))[::2], scaled) <= 16


@pytest.mark.parametrize(("make", "arguments"), NETWORKS, ids=shown)
@pytest.mark.parametrize("name", POSITIVE + SIGNED)
def test_hard_pairs(name: str, make, arguments) -> None:
    x, kernel = hard(), make(name, **arguments)
    assert np.isfinite(kernel(x)).all()
    count = len(x)
    some = np.random.default_rng(count).permutation(upper(count))[:10].tolist()
    touching = [(0, j) for j in range(2, count, 1 if name in ("relu", "erf") else 2)]
    ends = [(15, 16), (15, 15), (16, 19), (19, 20), (20, 20), (1, 14), (19, 21)]
    assert ulps(kernel, x, [*touching, *ends, *some], scaled=True) <= 16


@pytest.mark.parametrize("depth", [2, 3, 10])
@pytest.mark.parametrize("name", ["step", "sign"])
def test_jumps_in_a_deep_network(name: str, depth: int) -> None:
    """Each layer takes the root of a gap, and with it of the error of the first one."""
    x, kernel = hard(), nngp(name, depth=depth, b_std=0.1)
    touching = [(0, j) for j in range(len(x))]
    more = [(1, 14), (2, 18), (16, 19), (19, 20), (19, 21)]
    assert ulps(kernel, x, [*touching, *more], scaled=True, bits=200) <= 16


@pytest.mark.parametrize("b_std", [0, 0.1])
@pytest.mark.parametrize("name", POSITIVE + SIGNED)
def test_depth_100(name: str, b_std: float) -> None:
    """Rounding adds up layer by layer: 4 ulp for each."""
    x, kernel = hard(), ntk(name, depth=100, b_std=b_std)
    assert np.isfinite(kernel(x)).all()
    pairs = [(0, 0), (0, 1), (0, 6), (0, 10), (0, 12), (0, 14), (15, 16)]
    assert ulps(kernel, x, pairs, scaled=True) <= 400


@pytest.mark.parametrize("arguments", [{}, {"b_std": 0.1, "bias_init": "zero"}], ids=shown)
@pytest.mark.parametrize("make", [ntk, nngp])
@pytest.mark.parametrize("name", POSITIVE + SIGNED)
def test_the_diagonal(name: str, make, arguments) -> None:
    x, kernel = hard(), make(name, depth=3, **arguments)
    diagonal = kernel.diag(x)
    assert np.array_equal(diagonal, np.diag(kernel(x)))
    exact = np.array([float(kernel.evaluate(row, row, 20)) for row in x])
    assert (np.abs(diagonal - exact) <= 16 * ULP * exact).all()
    duplicate = kernel(x)[0, 12]
    assert abs(duplicate - diagonal[0]) <= 8 * ULP * diagonal[0]


def agree(kernel: Kernel, x: np.ndarray, i: int, j: int, entry: float, unit: float) -> None:
    """Gram, mpmath and Arb on one pair."""
    ball, decimal = kernel.enclose(x[i], x[j], 128), kernel.evaluate(x[i], x[j], 40)
    middle = float(ball.mid())
    assert float(decimal) == pytest.approx(middle, rel=1e-15, abs=0)
    assert abs(entry - middle) <= 16 * ULP * max(abs(middle), unit)


@pytest.mark.parametrize("make", [ntk, nngp])
@pytest.mark.parametrize("name", POSITIVE + SIGNED)
def test_the_three_evaluators_agree(name: str, make) -> None:
    x, kernel = hard(), make(name, depth=3, b_std=0.1)
    gram, size = kernel(x), np.sqrt(kernel.diag(x))
    for i, j in upper(len(x))[::8]:
        agree(kernel, x, i, j, gram[i, j], size[i] * size[j])


def test_what_is_known_without_computing() -> None:
    """Limits at zero vectors, antipodes and parallel points of the bias-free relu network."""
    x = np.array([[1.0, 2.0], [3.0, 6.0], [-1.0, -2.0], [0.0, 0.0]])
    gram = ntk("relu", depth=3)(x)
    one = gram[0, 0]
    assert one == pytest.approx(3 * 2.5 / 4, rel=1e-15)
    assert gram[0, 1] == pytest.approx(3 * one, rel=1e-15)
    assert gram[1, 1] == pytest.approx(9 * one, rel=1e-15)
    assert (gram[3] == 0).all()
    odd = nngp("erf", depth=4)(x)
    assert odd[0, 2] == pytest.approx(-odd[0, 0], rel=1e-15)
    assert (odd[3] == 0).all()
    line = ntk("identity", depth=5)(x)
    assert np.allclose(line, 5 * x @ x.T / 2, rtol=1e-15)


def test_residual_networks_of_piecewise_linear_activations() -> None:
    inner = Residual(Elementwise("abs"), Dense(0.5, 0.1))
    branch = Residual(Elementwise("relu"), Dense(1, 0.3, "zero"), inner, Dense(0.7))
    network = serial(Dense(1.2, 0.1), branch, Elementwise("relu"), Dense())
    x = hard()
    for make in (ntk, nngp):
        kernel = make(network)
        assert ulps(kernel, x, upper(len(x))[::3], scaled=True) <= 16
        assert np.array_equal(kernel.diag(x), np.diag(kernel(x)))


@pytest.mark.parametrize("name", ["erf", "gelu", "sin", "cos", "gaussian"])
def test_networks_that_mix_a_smooth_activation_and_relu(name: str) -> None:
    """A ReLU sees the root of the gap behind the smooth one, also where points nearly coincide."""
    network = serial(Dense(1.2), Elementwise(name), Dense(), Elementwise("relu"), Dense())
    x, kernel = hard(), ntk(network)
    if name in ("gelu", "sin"):  # the rest: variances of 1e-300 beside 1, where a sine cancels
        x = x[:18]
    some = upper(len(x))[:: 2 if name == "erf" else 6]
    assert ulps(kernel, x, [(0, 12), (0, 0), *some], scaled=True) <= 16


def test_duplicates_stay_duplicates_behind_erf() -> None:
    """The gap of one point with itself is 0 in every layer."""
    x = np.random.default_rng(5).normal(size=(40, 6))
    network = serial(Dense(1.2), Elementwise("erf"), Dense(), Elementwise("relu"), Dense())
    kernel = ntk(network)
    twice = kernel(x, x.copy())
    np.testing.assert_allclose(np.diag(twice), kernel.diag(x), rtol=16 * ULP)


@pytest.mark.parametrize("depth", [2, 4])
def test_clustered_points_factor(depth: int) -> None:
    """500 points 1e-6 apart: the kernel of a kink keeps their Gram matrix definite in doubles."""
    rng = np.random.default_rng(8)
    centres = rng.normal(size=(25, 10))
    x = np.repeat(centres, 20, axis=0) + 1e-6 * rng.normal(size=(500, 10))
    gram = ntk("relu", depth=depth, b_std=0.1)(x)
    assert np.array_equal(gram, gram.T)
    np.linalg.cholesky(gram)
