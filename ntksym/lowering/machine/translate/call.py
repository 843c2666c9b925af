"""The functions that Python calls: they read arguments, let go of the GIL and run the code.

They are given the type ndarray as their ``self``.
"""

from collections.abc import Sequence
from typing import Any

from llvmlite import ir
from numba.core import cgutils

from ntksym.lowering.machine.loaded import NOTE, RUN, WALK
from ntksym.lowering.machine.translate.record import ERROR, INT, OTHERS, POINTER, WORD, read

HEAD = 16
"""Bytes before the record of a call that waits: where its code is, how far the next one."""


def called(compiled: Any, kinds: Sequence[str]) -> Any:
    """A library of Numba with what runs the code that was compiled for ``kinds``.

    ``RUN(...)`` answers ``False``, with nothing done, where arguments are of other kinds. So does
    ``NOTE(place, ...)``, which leaves the call at an address and answers where the next may be;
    ``WALK(first, end)`` runs the calls there one after another.
    """
    library = compiled.target_context.codegen().create_library(RUN)
    library.add_linking_library(compiled.library)
    module = library.create_ir_module(RUN)
    record = ir.LiteralStructType(
        [compiled.target_context.get_value_type(of) for of in compiled.fndesc.argtypes]
    )
    reader, perform = read(module, compiled, kinds, record), _perform(module, compiled, record)
    size = compiled.target_context.get_abi_sizeof(record)

    def run(builder: Any, python: Any, ndarray: Any, given: Any, count: Any) -> Any:
        place = builder.alloca(record)
        place.align = HEAD
        place = builder.bitcast(place, POINTER)
        _refused(builder, python, builder.call(reader, [ndarray, given, count, place]))
        state = python.save_thread()
        right = builder.call(perform, [place])
        python.restore_thread(state)
        return python.bool_from_bool(right)

    def note(builder: Any, python: Any, ndarray: Any, given: Any, count: Any) -> Any:
        start = python.long_as_longlong(builder.load(given))
        others, count = builder.gep(given, [WORD(1)]), builder.sub(count, WORD(1))
        place = builder.inttoptr(builder.add(start, WORD(HEAD)), POINTER)
        _refused(builder, python, builder.call(reader, [ndarray, others, count, place]))
        length = WORD(HEAD + -(-size // HEAD) * HEAD)
        head = builder.inttoptr(start, WORD.as_pointer())
        builder.store(builder.ptrtoint(perform, WORD), head)
        builder.store(length, builder.gep(head, [WORD(1)]))
        return python.long_from_longlong(builder.add(start, length))

    for name, body in ((RUN, run), (NOTE, note), (WALK, _walk)):
        kind = ir.FunctionType(POINTER, [POINTER, POINTER.as_pointer(), WORD])
        function = ir.Function(module, kind, name)
        builder = ir.IRBuilder(function.append_basic_block())
        python = compiled.target_context.get_python_api(builder)
        builder.ret(body(builder, python, *function.args))
    library.add_ir_module(module)
    library.finalize()
    return library


def _walk(builder: Any, python: Any, ndarray: Any, given: Any, count: Any) -> Any:
    first, end = (
        python.long_as_longlong(builder.load(builder.gep(given, [WORD(k)]))) for k in range(2)
    )
    at = cgutils.alloca_once_value(builder, first)
    right = cgutils.alloca_once_value(builder, ir.IntType(1)(1))
    state = python.save_thread()
    check, each, behind = (builder.append_basic_block() for _ in range(3))
    builder.branch(check)
    builder.position_at_end(check)
    place = builder.load(at)
    builder.cbranch(builder.icmp_signed("<", place, end), each, behind)
    builder.position_at_end(each)
    head = builder.inttoptr(place, WORD.as_pointer())
    perform = ir.FunctionType(ir.IntType(1), [POINTER]).as_pointer()
    function = builder.inttoptr(builder.load(head), perform)
    record = builder.inttoptr(builder.add(place, WORD(HEAD)), POINTER)
    done = builder.call(function, [record])
    builder.store(builder.and_(builder.load(right), done), right)
    length = builder.load(builder.gep(head, [WORD(1)]))
    builder.store(builder.add(place, length), at)
    builder.branch(check)
    builder.position_at_end(behind)
    python.restore_thread(state)
    return python.bool_from_bool(builder.load(right))


def _refused(builder: Any, python: Any, answer: Any) -> None:
    """The function ends here unless the arguments could be read."""
    with builder.if_then(builder.icmp_signed("==", answer, INT(OTHERS))):
        builder.ret(python.bool_from_bool(ir.IntType(1)(0)))
    with builder.if_then(builder.icmp_signed("==", answer, INT(ERROR))):
        builder.ret(POINTER(None))


def _perform(module: Any, compiled: Any, record: Any) -> Any:
    """The function that runs the code on the arguments of a record."""
    function = ir.Function(module, ir.FunctionType(ir.IntType(1), [POINTER]), "perform")
    function.linkage = "internal"
    function.attributes.add("noinline")  # the code stands once
    builder = ir.IRBuilder(function.append_basic_block())
    context, described = compiled.target_context, compiled.fndesc
    place = builder.bitcast(function.args[0], record.as_pointer())
    values = [
        builder.load(builder.gep(place, [INT(0), INT(k)])) for k in range(len(described.argtypes))
    ]
    signature = context.call_conv.get_function_type(described.restype, described.argtypes)
    callee = ir.Function(module, signature, described.llvm_func_name)
    status, _ = context.call_conv.call_function(
        builder, callee, described.restype, described.argtypes, values
    )
    builder.ret(status.is_ok)
    return function
