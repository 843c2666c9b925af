"""From a Python function to machine code, by Numba."""

from types import ModuleType
from typing import Any

import llvmlite.binding as llvm
import numpy as np
from llvmlite import ir
from numba import from_dtype, njit, types
from numba.core import ir as numba_ir
from numba.core.compiler import Compiler as Plain
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_lock import global_compiler_lock
from numba.core.compiler_machinery import FunctionPass, register_pass
from numba.core.untyped_passes import IRProcessing
from numba.extending import lower_builtin, type_callable, typeof_impl

from ntksym.lowering.machine.function import Inner
from ntksym.lowering.machine.instructions import bits, double, wide
from ntksym.lowering.machine.translate import bands as bands
from ntksym.lowering.machine.translate import lines as lines
from ntksym.lowering.machine.translate.call import called

NUMBERS = {"f": types.float64, "s": types.float32, "i": types.int64}


@register_pass(mutates_CFG=False, analysis_only=False)
class Constants(FunctionPass):
    """One source for both: numbers written in a function that is called with float32 are float32.

    A float64 constant would make the arithmetic float64, at half the speed. Functions are those
    for float32.
    """

    _name = "constants_as_precise_as_the_arguments"

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def run_pass(self, state: Any) -> bool:
        if not any(getattr(a, "dtype", a) == types.float32 for a in state.args):
            return False
        for block in state.func_ir.blocks.values():
            for assignment in block.find_insts(numba_ir.Assign):
                assignment.value = _single(assignment.value, state.func_ir)
        return True


def _single(value: Any, code: Any) -> Any:
    """A function, a number or a tuple of numbers of a module, or a constant, in float32."""
    number = None
    if isinstance(value, numba_ir.Const | numba_ir.Global | numba_ir.FreeVar):
        number = value.value
    elif isinstance(value, numba_ir.Expr) and value.op == "getattr":
        owner = getattr(code.get_definition(value.value), "value", None)
        number = getattr(owner, value.attr) if isinstance(owner, ModuleType) else None
    if isinstance(number, float):
        return numba_ir.Const(np.float32(number), value.loc)
    if isinstance(number, Inner) and number.in_float32:
        return numba_ir.Global("in_float32", number.in_float32, value.loc)
    if isinstance(number, tuple) and all(isinstance(x, float) for x in number):
        return numba_ir.Global("constants", tuple(map(np.float32, number)), value.loc)
    return value


class Compiler(CompilerBase):
    """Numba's own, with the constants looked at."""

    def define_pipelines(self) -> list[Any]:
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
        passes.add_pass_after(Constants, IRProcessing)
        passes.finalize()
        return [passes]


def dispatcher(function: Any, options: dict[str, Any]) -> Any:
    """Numba's form of a function. Division by zero gives inf, as in NumPy.

    No fastmath but where asked for: the gaps rely on the order of operations, and on equal numbers
    rounded equally. ``_nrt=False``: Numba refuses what would allocate, which needs its runtime.
    """
    settings: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}
    settings |= {name: value for name, value in options.items() if name != "widened"}
    return njit(pipeline_class=Plain if options.get("widened") else Compiler, **settings)(function)


@typeof_impl.register(Inner)
def _type(value: Inner, _: Any) -> Any:
    return types.Dispatcher(value.dispatcher)


def translated(function: Inner, kinds: tuple[str, ...]) -> bytes:
    """A line with the functions that the code calls, and an object file."""
    bare = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    form = dispatcher(function.py_func, {**function.options, **bare})
    signature = tuple(map(_typed, kinds))
    with global_compiler_lock:
        form.compile(signature)
        given = form.overloads[signature].signature.return_type
        if given != types.none:
            raise TypeError(f"{function.py_func.__name__}: expected to return nothing, got {given}")
        library = called(form.overloads[signature], kinds)
        module = llvm.parse_assembly(library.get_llvm_str())
        needed = " ".join(_needed(module))
        return needed.encode() + b"\n" + library._codegen._tm.emit_object(module)


def _needed(module: Any) -> list[str]:
    """The functions of other libraries that it calls: those of Python and of C."""
    functions = (function for function in module.functions if function.is_declaration)
    names = [f.name for f in functions if not f.name.startswith("llvm.")]
    if of_numba := [name for name in names if name.startswith(("NRT_", "numba_"))]:
        raise TypeError(f"expected a function that does without Numba's runtime, got {of_numba}")
    return names


def _typed(kind: str) -> Any:
    if len(kind) == 1:
        return NUMBERS[kind]
    layout: Any = "A" if kind[2] == "U" else kind[2]
    return types.Array(from_dtype(np.dtype(kind[0])), int(kind[1]), layout, aligned=kind[2] != "U")


@type_callable(wide)
def _type_of_wide(_: Any) -> Any:
    return lambda: types.none


@lower_builtin(wide)
def _wide(context: Any, builder: Any, *_: Any) -> Any:
    set.add(builder.function.attributes, '"prefer-vector-width"="512"')  # llvmlite has no name
    return context.get_dummy_value()


@type_callable(bits)
def _type_of_bits(_: Any) -> Any:
    return lambda x: types.int64


@lower_builtin(bits, types.float64)
def _bits(context: Any, builder: Any, signature: Any, args: Any) -> Any:
    return builder.bitcast(args[0], ir.IntType(64))


@type_callable(double)
def _type_of_double(_: Any) -> Any:
    return lambda pattern: types.float64


@lower_builtin(double, types.int64)
def _double(context: Any, builder: Any, signature: Any, args: Any) -> Any:
    return builder.bitcast(args[0], ir.DoubleType())
