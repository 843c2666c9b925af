"""What compiled functions say to the machine; here as Python says it."""

import struct


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
