"""Gram matrices and regression beyond one machine, with the extra ``dask``: a name for users.

>>> import ntksym
>>> K = ntksym.dask.gram(ntksym.ntk("relu", depth=2), [[1.0], [2.0], [3.0]], chunk=2)
>>> K.chunks
((2, 1), (2, 1))
"""

from ntksym.adapters.dask import (
    Factor,
    KernelRegression,
    Solution,
    cholesky,
    conjugate_gradients,
    from_zarr,
    gram,
    matmul,
    store,
)

__all__ = [
    "Factor", "KernelRegression", "Solution", "cholesky", "conjugate_gradients", "from_zarr",
    "gram", "matmul", "store",
]  # fmt: skip
