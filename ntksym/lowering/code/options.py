"""How every compiled function is compiled."""

from collections.abc import Callable
from typing import Any

from numba import njit

Function = Callable[..., object]


def compiled(function: Function) -> Any:
    """Cached on disk, free of the GIL, and division by zero gives inf, as in NumPy.

    No fastmath: the gaps rely on the order of operations.
    """
    return njit(cache=True, nogil=True, error_model="numpy")(function)


def compiled_in_memory(function: Function) -> Any:
    """The same for code that has no file, and so no place for a cache."""
    return njit(nogil=True, error_model="numpy")(function)


def fused(function: Function) -> Any:
    """``compiled`` for sums of products alone: a product and a sum may be rounded once."""
    return njit(cache=True, nogil=True, error_model="numpy", fastmath={"contract"})(function)
