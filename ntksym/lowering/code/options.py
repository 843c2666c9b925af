"""How every compiled function is compiled, and how the numbers of a tile lie in memory."""

from collections.abc import Callable
from typing import Any

from numba import njit, types
from numba.extending import intrinsic, overload

SIDE = 128
"""Rows and columns of a tile: its planes of doubles fit in a second-level cache."""
PLANE = SIDE * SIDE
"""A tile is one array: 1 - rho, 1 + rho and the kernel of each pair, a plane each.

With fixed distances in one array LLVM sees that nothing overlaps, and uses vectors.
"""

Function = Callable[..., object]
OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
"""Free of the GIL; division by zero gives inf, as in NumPy.

No fastmath: the gaps rely on the order of operations, and on equal numbers rounded equally.
"""


def compiled(function: Function) -> Any:
    """Cached on disk."""
    return njit(cache=True, **OPTIONS)(function)


def fused(function: Function) -> Any:
    """``compiled``, but with a*b + c rounded once where the machine can."""
    return njit(cache=True, fastmath={"contract"}, **OPTIONS)(function)


def ordered(function: Function) -> Any:
    """For what loops call on each element: a call left in a loop keeps it from vectorising."""
    return njit(cache=True, forceinline=True, **OPTIONS)(function)


def inlined(function: Function) -> Any:
    """``ordered`` and fused: for polynomials."""
    return njit(cache=True, forceinline=True, fastmath={"contract"}, **OPTIONS)(function)


def compiled_in_memory(function: Function) -> Any:
    """``compiled`` for code that has no file, and so no place for a cache."""
    return njit(**OPTIONS)(function)


def ordered_in_memory(function: Function) -> Any:
    """``ordered`` for such code."""
    return njit(forceinline=True, **OPTIONS)(function)


def wide() -> None:
    """Called in a function: its loops use the widest vectors of the machine.

    LLVM stays at 256 bits by itself, for fear of an older generation's lower clock; here 512 bits
    are 1.4 times as fast.
    """


@intrinsic
def _wide(_: Any) -> Any:
    def generate(context: Any, builder: Any, *_: Any) -> Any:
        set.add(builder.function.attributes, '"prefer-vector-width"="512"')  # llvmlite has no name
        return context.get_dummy_value()

    return types.void(), generate


@overload(wide, inline="always")
def _overloaded() -> Function:
    return lambda: _wide()  # type: ignore[call-arg]
