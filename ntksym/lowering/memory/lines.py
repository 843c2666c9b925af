"""Lines of the cache: written past it, asked for ahead of a write, turned from columns to rows.

A matrix that is larger than the cache is not read again from there. To write into a line through
the cache is to read it first; whole lines written past it are not read.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

LINE = 64
"""Bytes of a line."""


def emitted(function: Callable[..., Any]) -> Any:
    """For compiled functions to call; the typing context is not theirs to give."""
    return intrinsic(function)


@emitted
def write_past(_: Any, out: Any, i: Any, j: Any, tile: Any, k: Any) -> Any:
    """A line of ``out`` that begins at [i, j] is that of ``tile`` from ``k``."""

    def generate(context: Any, builder: Any, _: Any, given: Any) -> Any:
        (_, _, _, source, place), (target, row, column, *_) = given, given
        start = _line(context, builder, tile, source, [place])
        end = _line(context, builder, out, target, [row, column])
        numbers = builder.load(start, align=out.dtype.bitwidth // 8)
        written = builder.store(numbers, end, align=LINE)
        mark = builder.module.add_metadata([ir.Constant(ir.IntType(32), 1)])
        written.set_metadata("nontemporal", mark)
        return context.get_dummy_value()

    return types.void(out, i, j, tile, k), generate


@emitted
def turn(_: Any, tile: Any, k: Any, turned: Any, m: Any, side: Any) -> Any:
    """A block of ``tile`` from ``k``, a line wide and as high, to ``turned`` from ``m``.

    Both have rows of ``side`` numbers. As often as the width can be halved, the rows of its halves
    are interleaved.
    """

    def generate(context: Any, builder: Any, _: Any, given: Any) -> Any:
        source, first, target, to, step = given
        size = tile.dtype.bitwidth // 8
        width = LINE // size

        def row(kind: Any, array: Any, start: Any, n: int) -> Any:
            at = builder.add(start, builder.mul(step, ir.Constant(step.type, n)))
            return _line(context, builder, kind, array, [at])

        rows = [builder.load(row(tile, source, first, n), align=size) for n in range(width)]
        for _ in range(width.bit_length() - 1):
            halves = zip(rows[: width // 2], rows[width // 2 :], strict=True)
            rows = [_mixed(builder, a, b, at) for a, b in halves for at in (0, width // 2)]
        for n, numbers in enumerate(rows):
            builder.store(numbers, row(turned, target, to, n), align=size)
        return context.get_dummy_value()

    return types.void(tile, k, turned, m, side), generate


def _mixed(builder: Any, a: Any, b: Any, at: int) -> Any:
    """a[at], b[at], a[at + 1], b[at + 1] ..."""
    width = a.type.count
    order = [at + n // 2 + n % 2 * width for n in range(width)]
    mask = ir.Constant(ir.VectorType(ir.IntType(32), width), order)
    return builder.shuffle_vector(a, b, mask)


@emitted
def ask_for(_: Any, out: Any, i: Any, j: Any) -> Any:
    """The line of ``out[i, j]``, to be written, is brought to the cache; nothing waits for it."""

    def generate(context: Any, builder: Any, _: Any, given: Any) -> Any:
        array, *at = given
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        function = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        address = builder.bitcast(_at(context, builder, out, array, at), byte)
        builder.call(function, [address, *(ir.Constant(number, n) for n in (1, 3, 1))])
        return context.get_dummy_value()

    return types.void(out, i, j), generate


@emitted
def finish(_: Any) -> Any:
    """What was written past the cache is there for other threads."""

    def generate(context: Any, builder: Any, *_: Any) -> Any:
        builder.fence("seq_cst")
        return context.get_dummy_value()

    return types.void(), generate


def _line(context: Any, builder: Any, kind: Any, array: Any, indices: Any) -> Any:
    """A pointer to as many numbers as a line has."""
    number = context.get_data_type(kind.dtype)
    width = LINE // context.get_abi_sizeof(number)
    pointer = ir.VectorType(number, width).as_pointer()
    return builder.bitcast(_at(context, builder, kind, array, indices), pointer)


def _at(context: Any, builder: Any, kind: Any, array: Any, indices: Any) -> Any:
    """A pointer to an element."""
    found = context.make_array(kind)(context, builder, value=array)
    return cgutils.get_item_pointer(context, builder, kind, found, indices)
