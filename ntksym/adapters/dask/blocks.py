"""Rows in blocks of ``chunk``, tiles of K on them, and digests that tell kernels and data apart."""

from hashlib import sha256
from importlib.metadata import version
from typing import Any

import numpy as np

from ntksym.kernel import Kernel
from ntksym.lowering.inputs import array
from ntksym.lowering.program import Nonlinear, program

CHUNK = 4096
"""Rows of a block: a tile of 128 MiB."""


def check(kernel: Any, chunk: Any) -> None:
    """TypeError or ValueError unless there is a kernel to compute with, and a positive chunk."""
    if not isinstance(kernel, Kernel):
        raise TypeError(f"kernel: expected a Kernel, got {type(kernel).__name__}")
    program(kernel.network)
    if isinstance(chunk, bool) or not isinstance(chunk, int):
        raise TypeError(f"chunk: expected an integer, got {type(chunk).__name__}")
    if chunk < 1:
        raise ValueError(f"chunk: expected at least 1 row, got {chunk}")


def rectangle(name: str, X: Any) -> Any:
    """X as it is where it has a shape and slices (Dask, Zarr, NumPy), else as an array."""
    found = X if hasattr(X, "shape") and hasattr(X, "dtype") else array(name, X)
    if len(found.shape) != 2 or 0 in found.shape or np.nan in found.shape:
        raise ValueError(f"{name}: expected shape (n, d), n and d at least 1, got {found.shape}")
    if found.dtype.kind not in "biuf":
        raise TypeError(f"{name}: expected real numbers, got dtype {found.dtype}")
    return found


def slices(count: int, chunk: int) -> list[slice]:
    """The rows of each block; the last may be smaller."""
    return [slice(start, min(start + chunk, count)) for start in range(0, count, chunk)]


def upper(blocks: int) -> list[tuple[int, int]]:
    """The tiles that are computed: those on the diagonal and above it, column by column."""
    return [(i, j) for j in range(blocks) for i in range(j + 1)]


def tile(kernel: Kernel, x: np.ndarray, y: np.ndarray | None = None) -> np.ndarray:
    """K(x, y), or the exactly symmetric K(x, x)."""
    return kernel(x, y)


def digest(kernel: Kernel) -> str:
    """Of the operations of the network, and of the version: another may round otherwise."""
    from ntksym.networks import Activation

    def text(of: Activation) -> str:
        if isinstance(of.definition, str):
            return of.definition
        from sympy import srepr

        return srepr(of.definition)

    operations = [
        text(operation.activation) if isinstance(operation, Nonlinear) else repr(operation)
        for operation in program(kernel.network)
    ]
    return sha256(repr([version("ntksym"), kernel.kind, *operations]).encode()).hexdigest()
