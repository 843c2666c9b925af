"""How every compiled function is compiled."""

from collections.abc import Callable
from typing import Any

from numba import njit

Function = Callable[..., object]

OPTIONS: dict[str, Any] = {
    "nogil": True,
    "error_model": "numpy",
    "fastmath": {"contract"},
}
"""Free of the GIL; division by zero gives inf, as in NumPy; a*b + c is rounded once where the
machine can. No other fastmath: the gaps rely on the order of operations.
"""


def compiled(function: Function) -> Any:
    """Cached on disk."""
    return njit(cache=True, **OPTIONS)(function)


def compiled_in_memory(function: Function) -> Any:
    """The same for code that has no file, and so no place for a cache."""
    return njit(**OPTIONS)(function)


def inlined(function: Function) -> Any:
    """For what loops call on each element: a call left in a loop keeps it from vectorising."""
    return njit(cache=True, forceinline=True, **OPTIONS)(function)
