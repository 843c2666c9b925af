"""The arguments of a call from Python, as Numba sees them, in a record.

Of an array the fields of ``PyArrayObject`` are read, which NumPy's ABI fixes; all else is of
Python's.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from llvmlite import ir
from numba.np.arrayobj import populate_array

BYTE, INT, WORD = ir.IntType(8), ir.IntType(32), ir.IntType(64)
POINTER = BYTE.as_pointer()
HEAD = object.__basicsize__
"""Bytes of what each object begins with, its type at the end."""
TYPE, DATA, DIMENSION, SHAPE, STRIDES, DTYPE, FLAGS = (
    HEAD + offset for offset in (-8, 0, 8, 16, 24, 40, 48)
)
CHARACTER = HEAD + 9
"""Of a dtype; then ``=`` where its bytes are in the machine's order."""
CONTIGUOUS, ALIGNED = 1, 0x100
ERROR, OTHERS, DONE = -1, 0, 1
"""What ``read`` answers: Python has an error; arguments are of other kinds."""


def read(module: Any, compiled: Any, kinds: Sequence[str], record: Any) -> Any:
    """The function that leaves the arguments, as Numba sees them, in a record."""
    arguments = [POINTER, POINTER.as_pointer(), WORD, POINTER]
    function = ir.Function(module, ir.FunctionType(INT, arguments), "read")
    function.linkage = "internal"
    function.attributes.add("noinline")  # the code stands once
    builder = ir.IRBuilder(function.append_basic_block())
    context = compiled.target_context
    python = context.get_python_api(builder)
    ndarray, given, count, place = function.args

    def unless(right: Any) -> None:
        with builder.if_then(builder.not_(right)):
            builder.ret(INT(OTHERS))

    unless(builder.icmp_signed("==", count, WORD(len(kinds))))
    objects = [builder.load(builder.gep(given, [WORD(k)])) for k in range(len(kinds))]
    for value, kind in zip(objects, kinds, strict=True):
        if len(kind) > 1:
            unless(builder.icmp_signed("==", _field(builder, value, TYPE, POINTER), ndarray))
            unless(_of_kind(builder, value, kind))
    place = builder.bitcast(place, record.as_pointer())
    of_kinds = zip(objects, kinds, compiled.fndesc.argtypes, strict=True)
    for k, each in enumerate(of_kinds):
        value = _value(context, builder, python, *each)
        builder.store(value, builder.gep(place, [INT(0), INT(k)]))
    with builder.if_then(python.c_api_error()):
        builder.ret(INT(ERROR))
    builder.ret(INT(DONE))
    return function


def _field(builder: Any, of: Any, offset: int, kind: Any) -> Any:
    place = builder.gep(of, [WORD(offset)])
    return builder.load(builder.bitcast(place, kind.as_pointer()))


def _of_kind(builder: Any, array: Any, kind: str) -> Any:
    """Whether an array has the type, the dimension and the layout of a kind."""
    native = np.dtype(kind[0]).byteorder
    letters = int.from_bytes(f"{kind[0]}{native}".encode(), "little")
    dtype = _field(builder, array, DTYPE, POINTER)
    needed = {"C": CONTIGUOUS | ALIGNED, "A": ALIGNED, "U": 0}[kind[2]]
    flags = builder.and_(_field(builder, array, FLAGS, INT), INT(needed))
    found = (
        (_field(builder, dtype, CHARACTER, ir.IntType(16)), ir.IntType(16)(letters)),
        (_field(builder, array, DIMENSION, INT), INT(int(kind[1]))),
        (flags, INT(needed)),
    )
    first, *others = (builder.icmp_signed("==", *each) for each in found)
    for other in others:
        first = builder.and_(first, other)
    return first


def _value(context: Any, builder: Any, python: Any, given: Any, kind: str, of: Any) -> Any:
    """A number, or an array as Numba sees it."""
    if kind == "i":
        return python.long_as_longlong(given)
    if len(kind) == 1:
        number = python.float_as_double(given)
        return number if kind == "f" else builder.fptrunc(number, ir.FloatType())
    array, dimension = context.make_array(of)(context, builder), int(kind[1])
    data = _field(builder, given, DATA, POINTER)
    words = [_field(builder, given, at, WORD.as_pointer()) for at in (SHAPE, STRIDES)]
    shape, strides = (
        [builder.load(builder.gep(word, [WORD(k)])) for k in range(dimension)] for word in words
    )
    item = context.get_abi_sizeof(context.get_data_type(of.dtype))
    populate_array(
        array, data=builder.bitcast(data, array.data.type), shape=shape, strides=strides,
        itemsize=WORD(item), meminfo=None,
    )  # fmt: skip
    return array._getvalue()
