"""What every kernel matrix has, over ranges of points, depths and standard deviations."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ntksym import Kernel, nngp, ntk
from tests.lowering.points import ULP

entries = st.floats(-10, 10).map(lambda x: x if abs(x) > 1e-6 else 0.0)
deviations = st.just(0.0) | st.floats(0.5, 2)
scales = st.integers(-150, 149).map(lambda k: 10.0**k)
kernels = st.builds(
    lambda make, name, **arguments: make(name, **arguments),
    st.sampled_from([ntk, nngp]),
    st.sampled_from(["relu", "erf", "abs", "identity", "leaky_relu"]),
    depth=st.integers(1, 8),
    w_std=deviations,
    b_std=deviations,
    bias_init=st.sampled_from(["gaussian", "zero"]),
)


@st.composite
def points(draw: st.DrawFn, wide: bool = False) -> np.ndarray:
    """A few rows, some of them equal, parallel or opposite; each at its own scale if ``wide``."""
    count = draw(st.integers(1, 5))
    x = draw(arrays(np.float64, (count, 3), elements=entries))
    turns = draw(arrays(np.float64, count, elements=st.sampled_from([1.0, -1.0, 3.0, 0.0])))
    x = np.concatenate([x, turns[:, None] * x])
    return x * np.array([[draw(scales)] for _ in x]) if wide else x


def sizes(kernel: Kernel, x: np.ndarray) -> np.ndarray:
    """sqrt(K(x, x) K(y, y)) of each pair."""
    root = np.sqrt(kernel.diag(x))
    return np.outer(root, root)


@settings(max_examples=40)
@given(kernels, points(wide=True))
def test_finite_symmetric_and_as_exact_pairs(kernel: Kernel, x: np.ndarray) -> None:
    gram = kernel(x)
    assert np.isfinite(gram).all()
    assert np.array_equal(gram, gram.T)
    assert np.array_equal(np.diag(gram), kernel.diag(x))
    size = np.sqrt(kernel.diag(x))
    i, j = 0, len(x) - 1
    exact = float(kernel.enclose(x[i], x[j], 70).mid())
    assert abs(gram[i, j] - exact) <= 64 * ULP * max(size[i] * size[j], abs(exact)) + 1e-290


@settings(max_examples=100)
@given(kernels, points())
def test_positive_semidefinite(kernel: Kernel, x: np.ndarray) -> None:
    gram = kernel(x)
    smallest = np.linalg.eigvalsh(gram).min()
    assert smallest >= -1e-12 * np.trace(gram) - 1e-290


@settings(max_examples=60)
@given(points(), st.floats(1e-90, 1e90), st.floats(1e-40, 1e40), st.integers(1, 8))
def test_relu_without_bias_is_homogeneous(x: np.ndarray, a: float, b: float, depth: int) -> None:
    kernel = ntk("relu", depth=depth)
    error = np.abs(kernel(a * x, b * x) / (a * b) - kernel(x, x))
    assert (error <= 16 * ULP * sizes(kernel, x) + 1e-200).all()


@settings(max_examples=60)
@given(kernels, points(), st.randoms(use_true_random=False))
def test_rows_may_be_permuted_and_cut(kernel: Kernel, x: np.ndarray, random) -> None:
    order = list(range(len(x)))
    random.shuffle(order)
    gram, cut = kernel(x), len(x) // 2
    allowed = 16 * ULP * sizes(kernel, x) + 1e-300
    assert (np.abs(kernel(x[order]) - gram[np.ix_(order, order)]) <= allowed[order][:, order]).all()
    block = kernel(x[:cut], x[cut:])
    assert (np.abs(block - gram[:cut, cut:]) <= allowed[:cut, cut:]).all()
    assert (np.abs(block.T - kernel(x[cut:], x[:cut])) <= allowed[cut:, :cut]).all()


def test_several_tiles_are_put_together_as_one() -> None:
    """300 rows are three strips of tiles: every entry is that of a small matrix."""
    x = np.random.default_rng(2).normal(size=(300, 4))
    kernel = ntk("relu", depth=3, b_std=0.1)
    gram = kernel(x)
    assert np.array_equal(gram, gram.T)
    some = [0, 1, 127, 128, 129, 255, 256, 299]
    np.testing.assert_allclose(gram[np.ix_(some, some)], kernel(x[some]), rtol=1e-14)
    np.testing.assert_allclose(kernel(x, x[some]), gram[:, some], rtol=1e-14)
    assert np.array_equal(np.diag(gram), kernel.diag(x))
