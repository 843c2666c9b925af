"""What kernels refuse, by name, and what they convert."""

import numpy as np
import pytest

import ntksym

KERNEL = ntksym.ntk("relu", depth=3, b_std=0.1)
X = np.random.default_rng(0).normal(size=(5, 3))
Y = np.random.default_rng(1).normal(size=(4, 3))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("name", ["X", "Y"])
def test_what_is_not_finite_is_placed(bad: float, name: str) -> None:
    points = {"X": X.copy(), "Y": Y.copy()}
    points[name][2, 1] = bad
    with pytest.raises(ValueError, match=rf"{name}: expected finite numbers, got .* at \[2, 1\]"):
        KERNEL(points["X"], points["Y"])


@pytest.mark.parametrize("bad", [X[0], X[None], 3.0, [[1, 2], [3]]])
def test_shapes(bad: object) -> None:
    with pytest.raises(ValueError, match="X: expected"):
        KERNEL(bad)
    with pytest.raises(ValueError, match="X: expected"):
        KERNEL.diag(bad)


@pytest.mark.parametrize("bad", ["abc", [["a", "b"]], X * 1j, np.array([[None, 1]]), None])
def test_kinds(bad: object) -> None:
    with pytest.raises(TypeError, match="X: expected real numbers, got dtype"):
        KERNEL(bad)


def test_columns() -> None:
    with pytest.raises(ValueError, match=r"Y: expected 3 columns as in X, got shape \(4, 2\)"):
        KERNEL(X, Y[:, :2])
    with pytest.raises(ValueError, match="at least one column"):
        KERNEL(np.empty((3, 0)))


def test_empty_arrays_give_empty_results() -> None:
    none = np.empty((0, 3))
    assert KERNEL(none).shape == (0, 0)
    assert KERNEL(none, Y).shape == (0, 4)
    assert KERNEL(X, none).shape == (5, 0)
    assert KERNEL.diag(none).shape == (0,)
    assert KERNEL.matmul(none, np.ones((4, 2)), Y).shape == (0, 2)
    assert np.array_equal(KERNEL.matmul(X, np.empty((0, 2)), none), np.zeros((5, 2)))


@pytest.mark.parametrize("dtype", [int, bool, np.uint8, np.float16, np.float32])
def test_other_dtypes_are_converted(dtype: type) -> None:
    points = (X * 3).astype(dtype)
    assert np.array_equal(KERNEL(points), KERNEL(points.astype(float)))
    assert KERNEL(points).dtype == np.float64


def test_layouts() -> None:
    expected = KERNEL(X, Y)
    locked = X.copy()
    locked.flags.writeable = False
    wide = np.repeat(X, 2, axis=1)[:, ::2]
    for points in (np.asfortranarray(X), X[::-1][::-1], locked, wide, X.tolist()):
        assert np.array_equal(KERNEL(points, Y), expected)


def test_dtype_and_out() -> None:
    single = KERNEL(X, Y, dtype=np.float32)
    assert single.dtype == np.float32
    np.testing.assert_allclose(single, KERNEL(X, Y), rtol=1e-6)
    for dtype in (np.float64, np.float32):
        out = np.empty((5, 4), dtype)
        assert KERNEL(X, Y, out=out) is out
        assert np.array_equal(out, KERNEL(X, Y, dtype=dtype))
    for dtype in (int, complex, np.float16, "nonsense"):
        with pytest.raises(TypeError, match="dtype: expected float64 or float32"):
            KERNEL(X, dtype=dtype)
    locked = np.empty((5, 4))
    locked.flags.writeable = False
    for out in (np.empty((4, 5)), np.empty((5, 4), int), [[0.0]], locked):
        with pytest.raises((TypeError, ValueError), match=r"(out|dtype): expected"):
            KERNEL(X, Y, out=out)


def test_products() -> None:
    many = np.random.default_rng(2).normal(size=(300, 3))
    v, w = np.random.default_rng(3).normal(size=(300, 2)), np.arange(4.0)
    np.testing.assert_allclose(KERNEL.matmul(many, v), KERNEL(many) @ v, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(KERNEL.matmul(X, w, Y), KERNEL(X, Y) @ w, rtol=1e-13)
    with pytest.raises(ValueError, match=r"V: expected shape \(4,\) or \(4, k\)"):
        KERNEL.matmul(X, np.ones(5), Y)
    with pytest.raises(ValueError, match="V: expected finite numbers"):
        KERNEL.matmul(X, np.full(5, np.nan))


def test_points_of_evaluate_and_enclose() -> None:
    for bad in ("ab", 3, [[1, 2, 3]], []):
        with pytest.raises(ValueError, match="x: expected"):
            KERNEL.evaluate(bad, Y[0])
    for bad in ([1, 2, np.nan], [1, 2, np.inf], [1, 2, "a"]):
        with pytest.raises(ValueError, match="y: expected finite real numbers"):
            KERNEL.enclose(X[0], bad)
    with pytest.raises(ValueError, match="y: expected 3 coordinates as in x, got 2"):
        KERNEL.evaluate(X[0], Y[0, :2])
    for digits in (0, -3, 2.5, True):
        with pytest.raises((TypeError, ValueError), match="digits: expected"):
            KERNEL.evaluate(X[0], Y[0], digits)
    for bits in (0, 1, 2.5, True):
        with pytest.raises((TypeError, ValueError), match="bits: expected"):
            KERNEL.enclose(X[0], Y[0], bits)


def test_symbolic_parameters_do_not_compute() -> None:
    kernel = ntksym.ntk("relu", depth=2, w_std=ntksym.q1)
    with pytest.raises(ValueError, match="w_std: expected a number to compute with, got q_1"):
        kernel(X)
