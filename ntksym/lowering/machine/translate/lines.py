"""Lines of the cache, as the machine knows them.

A matrix that is larger than the cache is not read again from there. To write into a line through
the cache is to read it first; whole lines written past it are not read.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import lower_builtin, type_callable

from ntksym.lowering.machine.instructions import LINE, ask_for, finish, turn, write_past

BYTE, NUMBER = ir.IntType(8).as_pointer(), ir.IntType(32)
ARRAY, PLACE = types.Array, types.Integer


@type_callable(write_past)
@type_callable(turn)
def _of_five(_: Any) -> Any:
    return lambda a, b, c, d, e: types.none


@type_callable(ask_for)
def _of_three(_: Any) -> Any:
    return lambda out, i, j: types.none


@type_callable(finish)
def _of_none(_: Any) -> Any:
    return lambda: types.none


@lower_builtin(write_past, ARRAY, PLACE, PLACE, ARRAY, PLACE)
def _write_past(context: Any, builder: Any, signature: Any, args: Any) -> Any:
    out, _, _, tile, _ = signature.args
    target, row, column, source, place = args
    width = LINE // _size(out)
    numbers = _line(context, builder, tile, source, [place], width)
    numbers = builder.load(numbers, align=_size(tile))
    if out.dtype != tile.dtype:
        turned = builder.fptrunc if _size(out) < _size(tile) else builder.fpext
        numbers = turned(numbers, ir.VectorType(context.get_data_type(out.dtype), width))
    end = _line(context, builder, out, target, [row, column], width)
    written = builder.store(numbers, end)
    written.align = LINE
    mark = builder.module.add_metadata([ir.Constant(NUMBER, 1)])
    written.set_metadata("nontemporal", mark)
    return context.get_dummy_value()


@lower_builtin(turn, ARRAY, PLACE, ARRAY, PLACE, PLACE)
def _turn(context: Any, builder: Any, signature: Any, args: Any) -> Any:
    """As often as the width can be halved, the rows of its halves are interleaved."""
    tile, _, turned, _, _ = signature.args
    source, first, target, to, side = args
    width = LINE // _size(tile)

    def row(kind: Any, array: Any, start: Any, n: int) -> Any:
        at = builder.add(start, builder.mul(side, ir.Constant(side.type, n)))
        return _line(context, builder, kind, array, [at], width)

    rows = [builder.load(row(tile, source, first, n), align=_size(tile)) for n in range(width)]
    for _ in range(width.bit_length() - 1):
        halves = zip(rows[: width // 2], rows[width // 2 :], strict=True)
        rows = [_mixed(builder, a, b, at) for a, b in halves for at in (0, width // 2)]
    for n, numbers in enumerate(rows):
        builder.store(numbers, row(turned, target, to, n), align=_size(tile))
    return context.get_dummy_value()


def _mixed(builder: Any, a: Any, b: Any, at: int) -> Any:
    """a[at], b[at], a[at + 1], b[at + 1] ..."""
    width = a.type.count
    order = [at + n // 2 + n % 2 * width for n in range(width)]
    return builder.shuffle_vector(a, b, ir.Constant(ir.VectorType(NUMBER, width), order))


@lower_builtin(ask_for, ARRAY, PLACE, PLACE)
def _ask_for(context: Any, builder: Any, signature: Any, args: Any) -> Any:
    kind = ir.FunctionType(ir.VoidType(), [BYTE, NUMBER, NUMBER, NUMBER])
    function = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
    array, *at = args
    address = builder.bitcast(_at(context, builder, signature.args[0], array, at), BYTE)
    builder.call(function, [address, *(ir.Constant(NUMBER, n) for n in (1, 3, 1))])
    return context.get_dummy_value()


@lower_builtin(finish)
def _finish(context: Any, builder: Any, *_: Any) -> Any:
    builder.fence("seq_cst")
    return context.get_dummy_value()


def _size(kind: Any) -> int:
    return int(kind.dtype.bitwidth) // 8


def _line(context: Any, builder: Any, kind: Any, array: Any, indices: Any, width: int) -> Any:
    """A pointer to so many numbers."""
    vector = ir.VectorType(context.get_data_type(kind.dtype), width)
    return builder.bitcast(_at(context, builder, kind, array, indices), vector.as_pointer())


def _at(context: Any, builder: Any, kind: Any, array: Any, indices: Any) -> Any:
    """A pointer to an element."""
    found = context.make_array(kind)(context, builder, value=array)
    return cgutils.get_item_pointer(context, builder, kind, found, indices)
