"""A band of products, as the machine computes it."""

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
    return lambda x, i, across, j, out, side: types.none


@lower_builtin(multiply, ARRAY, PLACE, ARRAY, PLACE, ARRAY, PLACE)
def _multiply(context: Any, builder: Any, signature: Any, args: Any) -> Any:
    """``BAND`` times ``BAND`` vectors of sums, one for each line of each row, over all columns."""
    x, across, out = (
        context.make_array(signature.args[n])(context, builder, value=args[n]) for n in (0, 2, 4)
    )
    row, column, side = args[1], args[3], args[5]
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

    sums = [[cgutils.alloca_once_value(builder, zero) for _ in range(BAND)] for _ in range(BAND)]
    with cgutils.for_range(builder, count) as loop:
        first = builder.add(column, builder.mul(loop.index, side))
        lines = [builder.load(line(across, first, n), align=item) for n in range(BAND)]
        start = builder.add(builder.mul(row, count), loop.index)
        for n, of_row in enumerate(sums):
            factor = _everywhere(builder, builder.load(at(x, start, n, count)), vector)
            for numbers, cell in zip(lines, of_row, strict=True):
                builder.store(_added(builder, factor, numbers, builder.load(cell)), cell)
    for n, of_row in enumerate(sums):
        first = builder.add(column, builder.mul(side, builder.add(row, ir.Constant(INDEX, n))))
        for m, cell in enumerate(of_row):
            builder.store(builder.load(cell), line(out, first, m), align=item)
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
