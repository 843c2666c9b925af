"""What needs the bits of a double: powers of two, nearest integers, squares in two parts."""

from ntksym.lowering.code.options import widened
from ntksym.lowering.machine.instructions import bits, double

MAGIC = 1.5 * 2.0**52
"""Added to a double below 2**51 it leaves the nearest integer in the last bits."""
UPPER = -(2**27)
"""Keeps 26 of the 53 bits of a mantissa: the square of what is left is exact."""


@widened
def nearest(x: float) -> float:
    """An integer at most 1/2 from x and a rounding, for \\|x\\| < 2**51."""
    return (x + MAGIC) - MAGIC


@widened
def power_of_two(k: float) -> float:
    """2**k for an integer -1023 < k < 1024; inf for 1024."""
    return double((bits(k + MAGIC) + 1023) << 52)


@widened
def square_parts(x: float) -> tuple[float, float]:
    """x*x as the sum of a double and of a correction below 2**-24 of it."""
    head = double(bits(x + 0.0) & UPPER)
    return head * head, (x - head) * (x + head)
