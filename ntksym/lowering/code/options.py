"""How functions are compiled, and how the numbers of a tile lie in memory."""

from collections.abc import Callable
from functools import partial

from ntksym.lowering.machine.function import Called, Function, Inner
from ntksym.lowering.machine.instructions import wide as wide

SIDE = 128
"""Rows and columns of a tile: its planes of doubles fit in a second-level cache."""
PLANE = SIDE * SIDE
"""A tile is one array: 1 - rho, 1 + rho and the kernel of each pair, a plane each.

With fixed distances in one array LLVM sees that nothing overlaps, and uses vectors.
"""


def compiled(function: Function) -> Called:
    """Its machine code is kept on disk for each kind of arguments that Python calls it with."""
    return Called(function)


def fused(function: Function) -> Called:
    """``compiled``, but with a*b + c rounded once where the machine can."""
    return Called(function, fastmath={"contract"})


def reordered(function: Function) -> Called:
    """``fused``, and a sum in any order: vectors of sums are added at the end."""
    return Called(function, fastmath={"contract", "reassoc"})


def ordered(function: Function) -> Inner:
    """For what loops call on each element: a call left in a loop keeps it from vectorising."""
    return Inner(function, forceinline=True)


def inlined(function: Function) -> Inner:
    """``ordered`` and fused: for polynomials."""
    return Inner(function, forceinline=True, fastmath={"contract"})


def or_in_float32(coarse: Inner) -> Callable[[Function], Inner]:
    """``inlined``; where it is called with float32, ``coarse`` is in its place."""
    return partial(Inner, in_float32=coarse, forceinline=True, fastmath={"contract"})


def widened(function: Function) -> Inner:
    """``inlined``, in float64 whatever it is called with: for what reads the bits of a double."""
    return Inner(function, forceinline=True, fastmath={"contract"}, widened=True)
