"""A band of products, as the machine computes it."""

from itertools import chain
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import lower_builtin, type_callable

from ntksym.lowering.machine.instructions import BAND, LINE, multiply

ARRAY, PLACE = types.Array, types.Integer
INDEX, LANE = ir.IntType(64), ir.IntType(32)


@type_callable(multiply)
def _type(_: Any) -> Any:
    return lambda x, i, across, k, out, j, side, first, last: types.none


@lower_builtin(multiply, ARRAY, PLACE, ARRAY, PLACE, ARRAY, PLACE, PLACE, PLACE, PLACE)
def _multiply(context: Any, builder: Any, signature: Any, args: Any) -> Any:
    """``BAND`` times ``BAND`` vectors of sums, one for each line of each row."""
    x, across, out = (
        context.make_array(signature.args[n])(context, builder, value=args[n]) for n in (0, 2, 4)
    )
    row, band, (column, side, begin, end) = args[1], args[3], args[5:]
    dtype = signature.args[0].dtype
    item = dtype.bitwidth // 8
    width = LINE // item
    vector = ir.VectorType(context.get_data_type(dtype), width)
    zero, count = ir.Constant(vector, [0.0] * width), builder.extract_value(x.shape, 1)

    def at(array: Any, first: Any, n: int, step: Any) -> Any:
        """The place of the n-th step behind a number."""
        place = builder.add(first, builder.mul(step, ir.Constant(INDEX, n)))
        return builder.gep(array.data, [place])

    def line(array: Any, first: Any, n: int) -> Any:
        place = at(array, first, n, ir.Constant(INDEX, width))
        return builder.bitcast(place, vector.as_pointer())

    ends = [
        [line(out, builder.add(column, builder.mul(side, at_row)), m) for m in range(BAND)]
        for at_row in (builder.add(row, ir.Constant(INDEX, n)) for n in range(BAND))
    ]
    new = builder.icmp_signed("==", begin, ir.Constant(INDEX, 0))
    sums = [[cgutils.alloca_once_value(builder, zero) for _ in of_row] for of_row in ends]
    for cell, end_of in zip(chain(*sums), chain(*ends), strict=True):
        builder.store(builder.select(new, zero, builder.load(end_of, align=item)), cell)
    with cgutils.for_range_slice(builder, begin, end, ir.Constant(INDEX, 1), inc=True) as loop:
        index, _ = loop
        first = builder.add(band, builder.mul(index, ir.Constant(INDEX, BAND * width)))
        lines = [builder.load(line(across, first, n), align=item) for n in range(BAND)]
        start = builder.add(builder.mul(row, count), index)
        for n, of_row in enumerate(sums):
            factor = _everywhere(builder, builder.load(at(x, start, n, count)), vector)
            for numbers, cell in zip(lines, of_row, strict=True):
                builder.store(_added(builder, factor, numbers, builder.load(cell)), cell)
    for cell, end_of in zip(chain(*sums), chain(*ends), strict=True):
        builder.store(builder.load(cell), end_of, align=item)
    return context.get_dummy_value()


def _everywhere(builder: Any, number: Any, vector: Any) -> Any:
    whole = ir.Constant(vector, ir.Undefined)
    alone = builder.insert_element(whole, number, ir.Constant(LANE, 0))
    places = ir.Constant(ir.VectorType(LANE, vector.count), [0] * vector.count)
    return builder.shuffle_vector(alone, whole, places)


def _added(builder: Any, a: Any, b: Any, c: Any) -> Any:
    """Of a b + c the sum, rounded once where the machine can, as the compiler is allowed to."""
    product = builder.fmul(a, b, flags=("contract",))
    return builder.fadd(product, c, flags=("contract",))
