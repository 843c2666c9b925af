"""The products of two blocks of points with few columns."""

from typing import Any

from ntksym.lowering.code.options import SIDE, compiled
from ntksym.lowering.machine.instructions import BAND, LINE, multiply


@compiled
def multiplied(x: Any, across: Any, out: Any) -> None:
    """Each row of ``x`` times each column of ``across``, both ``SIDE``, into ``out``."""
    for i in range(0, SIDE, BAND):
        for j in range(0, SIDE, BAND * LINE // x.itemsize):
            multiply(x, i, across, j, out, SIDE)
