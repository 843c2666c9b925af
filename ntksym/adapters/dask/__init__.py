"""Dask and Zarr: Gram matrices in tiles, and kernel regression, on a cluster of workers."""

try:
    import dask.array  # noqa: F401
    import distributed  # noqa: F401
    import zarr  # noqa: F401
except ImportError as error:
    needed = "dask, distributed and zarr: pip install 'ntksym[dask]'"
    raise ImportError(f"ntksym.dask needs {needed}") from error

from ntksym.adapters.dask.arrays import gram
from ntksym.adapters.dask.factorization import Factor, cholesky
from ntksym.adapters.dask.iteration import Solution, conjugate_gradients
from ntksym.adapters.dask.products import matmul
from ntksym.adapters.dask.regression import KernelRegression
from ntksym.adapters.dask.stores import from_zarr, store

__all__ = [
    "Factor", "KernelRegression", "Solution", "cholesky", "conjugate_gradients", "from_zarr",
    "gram", "matmul", "store",
]  # fmt: skip
