"""Kernels times vectors, against the matrix."""

import numpy as np
import pytest

from ntksym import Kernel, ntk
from ntksym.lowering.code.options import SIDE
from ntksym.lowering.memory.products import MANY, VECTORS

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
