"""What is compiled apart: the kinds of arguments."""

from typing import Any

import numpy as np

NUMBERS = (np.float32, "s"), (float, "f"), ((int, np.integer, np.bool_), "i")


def kind(of: Any) -> str:
    """``"f"``, ``"s"`` or ``"i"`` for a double, a float32 or an integer; ``"d2C"`` for an array.

    That is its type, its dimension and whether it is C-contiguous, else A; U is unaligned.

    >>> kind(np.zeros((2, 3), np.float32)), kind(np.zeros(4)[::2]), kind(True)
    ('f2C', 'd1A', 'i')
    """
    if isinstance(of, np.ndarray):
        if not of.dtype.isnative or of.dtype.char not in "fd?lq":
            raise TypeError(f"expected an array of doubles, float32, int64 or bool, got {of.dtype}")
        layout = "C" if of.flags.c_contiguous else "A"
        return f"{of.dtype.char}{of.ndim}{layout if of.flags.aligned else 'U'}"
    for types, name in NUMBERS:
        if isinstance(of, types):
            return name
    raise TypeError(f"expected an array or a number, got {type(of).__name__}")


def plain(value: Any) -> Any:
    """An array of a class of its own as an array."""
    return value.view(np.ndarray) if isinstance(value, np.ndarray) else value
