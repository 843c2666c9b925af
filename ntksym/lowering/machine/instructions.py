"""What compiled functions say to the machine; here as Python says it."""

import struct
from typing import Any


def wide() -> None:
    """Called in a function: its loops use the widest vectors of the machine.

    LLVM stays at 256 bits by itself, for fear of an older generation's lower clock; here 512 bits
    are 1.4 times as fast.
    """


def bits(x: float) -> int:
    """The 64 bits of a double, as an integer.

    >>> hex(bits(1.0))
    '0x3ff0000000000000'
    """
    return int.from_bytes(struct.pack("<d", x), "little", signed=True)


def double(pattern: int) -> float:
    """The double of 64 bits.

    >>> double(0x3FF0000000000000)
    1.0
    """
    value: float = struct.unpack("<d", pattern.to_bytes(8, "little", signed=True))[0]
    return value


LINE = 64
"""Bytes of a line of the cache."""


def write_past(out: Any, i: int, j: int, tile: Any, k: int) -> None:
    """A line of ``out`` that begins at [i, j] is that of ``tile`` from ``k``, past the cache."""
    width = LINE // out.itemsize
    out[i, j : j + width] = tile[k : k + width]


def turn(tile: Any, k: int, turned: Any, m: int, side: int) -> None:
    """A block of ``tile`` from ``k``, a line wide and as high, to ``turned`` from ``m``.

    Both have rows of ``side`` numbers.

    >>> import numpy as np
    >>> block, turned = np.arange(64.0), np.empty(64)
    >>> turn(block, 0, turned, 0, 8)
    >>> turned[:8]
    array([ 0.,  8., 16., 24., 32., 40., 48., 56.])
    """
    width = range(LINE // tile.itemsize)
    block = [[tile[k + side * row + column] for row in width] for column in width]
    for row in width:
        turned[m + side * row : m + side * row + len(width)] = block[row]


BAND = 4
"""Rows, and lines of columns, whose products are summed at a time: the sums stay in registers."""


def multiply(
    x: Any, i: int, across: Any, k: int, out: Any, j: int, side: int, first: int, last: int
) -> None:
    """Rows of ``x`` from i times columns of a band, to ``out`` from (i, j), rows of ``side``.

    Their sums over x[:, first:last]; if ``first`` is not 0, added to what is there. The columns
    stand in ``across`` from k on: the first number of each, then the second ...

    >>> import numpy as np
    >>> x, out = np.ones((4, 3)), np.zeros(128)
    >>> multiply(x, 0, np.arange(96.0), 0, out, 0, 32, 0, 3)
    >>> out[:4]
    array([ 96.,  99., 102., 105.])
    """
    width = BAND * LINE // x.itemsize
    for row in range(i, i + BAND):
        for n in range(width):
            found = sum(x[row, d] * across[k + width * d + n] for d in range(first, last))
            at = side * row + j + n
            out[at] = found + (out[at] if first else 0.0)


def ask_for(out: Any, i: int, j: int) -> None:
    """The line of ``out[i, j]``, to be written, is brought to the cache; nothing waits for it."""


def finish() -> None:
    """What was written past the cache is there for other threads."""
