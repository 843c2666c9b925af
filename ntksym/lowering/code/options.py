"""How every compiled function is compiled."""

from collections.abc import Callable
from typing import Any

from numba import njit

Function = Callable[..., object]

OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
"""Free of the GIL; division by zero gives inf, as in NumPy.

No fastmath: the gaps rely on the order of operations. Not even a fused a*b - c*d, which is not 0
where the products are equal: the gap of two coincident points would be 1e-33.
"""


def compiled(function: Function) -> Any:
    """Cached on disk."""
    return njit(cache=True, **OPTIONS)(function)


def compiled_in_memory(function: Function) -> Any:
    """The same for code that has no file, and so no place for a cache."""
    return njit(**OPTIONS)(function)


def inlined(function: Function) -> Any:
    """For what a loop calls on each element, as a call left in a loop keeps it from vectorising.

    Here a*b + c may be rounded once: the error bounds of :mod:`ntksym.lowering.functions` allow
    it, and polynomials take half the time.
    """
    return njit(cache=True, forceinline=True, fastmath={"contract"}, **OPTIONS)(function)
