"""How every compiled function is compiled, and how the numbers of a tile lie in memory."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
from numba import njit, types
from numba.core import ir
from numba.core.compiler import Compiler as Plain
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import FunctionPass, register_pass
from numba.core.untyped_passes import IRProcessing
from numba.extending import intrinsic, overload

SIDE = 128
"""Rows and columns of a tile: its planes of doubles fit in a second-level cache."""
PLANE = SIDE * SIDE
"""A tile is one array: 1 - rho, 1 + rho and the kernel of each pair, a plane each.

With fixed distances in one array LLVM sees that nothing overlaps, and uses vectors.
"""

Function = Callable[..., object]


@register_pass(mutates_CFG=False, analysis_only=False)
class Constants(FunctionPass):
    """Numbers written in a function that is called with float32 are float32: one source for both.

    A float64 constant would make the arithmetic float64, at half the speed.
    """

    _name = "constants_as_precise_as_the_arguments"

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def run_pass(self, state: Any) -> bool:
        if not any(getattr(a, "dtype", a) == types.float32 for a in state.args):
            return False
        for block in state.func_ir.blocks.values():
            for assignment in block.find_insts(ir.Assign):
                assignment.value = _single(assignment.value, state.func_ir)
        return True


def _single(value: Any, code: Any) -> Any:
    """A constant, a number or a tuple of numbers of the module, or ``math.pi``, in float32."""
    number = None
    if isinstance(value, ir.Const | ir.Global | ir.FreeVar):
        number = value.value
    elif isinstance(value, ir.Expr) and value.op == "getattr":
        owner = getattr(code.get_definition(value.value), "value", None)
        number = getattr(owner, value.attr) if isinstance(owner, ModuleType) else None
    if isinstance(number, float):
        return ir.Const(np.float32(number), value.loc)
    if isinstance(number, tuple) and all(isinstance(x, float) for x in number):
        return ir.Global("constants", tuple(map(np.float32, number)), value.loc)
    return value


class Compiler(CompilerBase):
    """Numba's own, with the constants looked at."""

    def define_pipelines(self) -> list[Any]:
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
        passes.add_pass_after(Constants, IRProcessing)
        passes.finalize()
        return [passes]


OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "pipeline_class": Compiler}
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


def widened(function: Function) -> Any:
    """``inlined``, in float64 whatever it is called with: for what reads the bits of a double."""
    options = {**OPTIONS, "pipeline_class": Plain}
    return njit(cache=True, forceinline=True, fastmath={"contract"}, **options)(function)


def compiled_in_memory(function: Function) -> Any:
    """``compiled`` for code that has no file, and so no place for a cache."""
    return njit(**OPTIONS)(function)


def ordered_in_memory(function: Function) -> Any:
    """``ordered`` for such code."""
    return njit(forceinline=True, **OPTIONS)(function)


def inlined_in_memory(function: Function) -> Any:
    """``inlined`` for such code."""
    return njit(forceinline=True, fastmath={"contract"}, **OPTIONS)(function)


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
