"""Points times points in a tile, to the last digits; kernels times vectors, against the matrix."""

from typing import Any

import numpy as np
import pytest

from ntksym import Kernel, ntk
from ntksym.lowering.code.options import SIDE, compiled
from ntksym.lowering.machine.instructions import BAND, LINE, multiply
from ntksym.lowering.memory import multiplied, sheets
from ntksym.lowering.memory.products import DEPTH, MANY, VECTORS, bands

EPS = np.finfo(float).eps
KERNELS = {
    "relu": ntk("relu", depth=3, b_std=0.1),
    "erf": ntk("erf", depth=3),
    "tanh": ntk("tanh", depth=2),
}


@pytest.mark.parametrize("shape", [(), (1,), (VECTORS + 1,), (MANY - 1,), (MANY,)])
@pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)
def test_a_product_is_that_of_the_matrix(kernel: Kernel, shape: tuple[int, ...]) -> None:
    """To the roundings of a sum; with a last block that is not full, and a tile of the diagonal."""
    rng = np.random.default_rng(len(shape))
    x, y = rng.normal(size=(2 * SIDE + 37, 4)), rng.normal(size=(SIDE + 5, 4))
    for of, vectors in (
        (None, rng.normal(size=(len(x), *shape))),
        (y, rng.normal(size=(len(y), *shape))),
    ):
        matrix, found = kernel(x, of), kernel.matmul(x, vectors, of)
        assert found.shape == (len(x), *shape)
        assert found.flags.c_contiguous
        bound = len(x) * EPS * (np.abs(matrix) @ np.abs(vectors))
        assert (np.abs(found - matrix @ vectors) <= bound).all()


@pytest.mark.parametrize("dtype", ["f8", "f4"])
@pytest.mark.parametrize("width", [1, 2, 3, 10, 64, DEPTH, DEPTH + 1, 3 * DEPTH - 1])
def test_products_of_a_tile(dtype: str, width: int) -> None:
    """To the last digits: each is a sum of ``width`` terms."""
    rng = np.random.default_rng(width)
    x, y = rng.normal(size=(2, SIDE, width)).astype(dtype)
    frame, columns = np.full((SIDE + 2, SIDE), np.nan, dtype), np.full(SIDE * width, np.nan, dtype)
    bands(y[None], columns[None])
    multiplied(x, columns, frame[1:-1].reshape(-1))
    exact = x.astype(np.longdouble) @ y.astype(np.longdouble).T
    bound = np.abs(x).astype(float) @ np.abs(y).astype(float).T
    assert (np.abs(frame[1:-1] - exact) <= width * np.finfo(dtype).eps * bound).all()
    assert np.isnan(frame[[0, -1]]).all()


def test_a_band_says_in_python_what_it_does_compiled() -> None:
    rng, side, width = np.random.default_rng(0), 64, BAND * LINE // 8
    x, columns = rng.normal(size=(BAND + 2, 5)), rng.normal(size=6 * width)
    plain, out = np.full(side * (BAND + 2), np.nan), np.full(side * (BAND + 2), np.nan)

    def run(x: Any, columns: Any, out: Any) -> None:
        multiply(x, 2, columns, width, out, 16, side, 0, 2)
        multiply(x, 2, columns, width, out, 16, side, 2, 5)

    run(x, columns, plain)
    compiled(run)(x, columns, out)
    np.testing.assert_allclose(out, plain, rtol=1e-13)
    of_band = x[2:] @ columns[width:].reshape(5, width)
    np.testing.assert_allclose(out.reshape(-1, side)[2:, 16 : 16 + width], of_band, rtol=1e-13)
    assert np.count_nonzero(~np.isnan(out)) == BAND * width


@pytest.mark.parametrize("dtype", ["f8", "f4"])
def test_many_columns_are_multiplied_by_blas(dtype: str, monkeypatch: pytest.MonkeyPatch) -> None:
    x = np.random.default_rng(5).normal(size=(2 * SIDE + 37, 2 * DEPTH)).astype(dtype)
    own = ntk("relu", depth=3)(x, dtype=dtype)
    monkeypatch.setattr(sheets, "FEW", 2)
    by_blas = ntk("relu", depth=3)(x, dtype=dtype)
    np.testing.assert_allclose(own, by_blas, rtol=100 * np.finfo(dtype).eps)
