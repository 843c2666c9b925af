"""Lengths and unit rows as sums of two doubles: what the first leaves of a number is the second."""

from math import hypot, sqrt
from typing import Any

import numpy as np

from ntksym.lowering.code.options import compiled, ordered, wide
from ntksym.lowering.machine import bits, double

SPLIT = 2.0**27 + 1
"""Times x, it leaves the upper half of its bits: products of halves are exact."""
LARGEST = 2.0**500
"""Squares of such numbers, and of their inverses, are doubles with all their bits."""
EXPONENT, SMALLEST = 0x7FF << 52, 1 << 52
"""The bits of a double that say which power of two is below it, and the least of them."""
LANES = 32
"""Sums that do not wait for each other."""


@ordered
def product(x: float, y: float) -> tuple[float, float]:
    """The product rounded, and what is left of it (Dekker)."""
    p, a, b = x * y, SPLIT * x, SPLIT * y
    a, b = a - (a - x), b - (b - y)
    return p, (((a * b - p) + a * (y - b)) + (x - a) * b) + (x - a) * (y - b)


@ordered
def total(x: float, y: float) -> tuple[float, float]:
    """The sum rounded, and what is left of it (Knuth)."""
    s = x + y
    part = s - x
    return s, (x - (s - part)) + (y - part)


@ordered
def quotient(x: float, below: float, y: float, rest: float) -> tuple[float, float]:
    """(x + below)/(y + rest) in two parts."""
    q = x / y
    p, left = product(q, y)
    return q, (((x - p) - left) + (below - q * rest)) / y


@ordered
def root(x: float, below: float) -> tuple[float, float]:
    """The square root of x + below in two parts."""
    r = sqrt(x)
    p, left = product(r, r)
    return r, (((x - p) - left) + below) / (2.0 * r)


@ordered
def squares(row: Any, sums: Any, lows: Any) -> tuple[float, float]:
    """The sum of the squares in two parts, by ``LANES`` sums next to each other."""
    wide()
    whole, square, below = len(row) // LANES * LANES, 0.0, 0.0
    for j in range(whole, len(row)):
        p, left = product(row[j], row[j])
        square, lost = total(square, p)
        below += left + lost
    if whole:
        sums[:], lows[:] = 0.0, 0.0
        for j in range(0, whole, LANES):
            for k in range(LANES):
                p, left = product(row[j + k], row[j + k])
                sums[k], lost = total(sums[k], p)
                lows[k] += left + lost
        for k in range(LANES):
            square, lost = total(square, sums[k])
            below += lows[k] + lost
    return square, below


@compiled
def scaled(rows: Any, unit: Any, scales: Any) -> None:
    """Each row over a power of two, below its largest number: no square overflows or is lost."""
    wide()
    for i in range(len(scales)):
        largest = SMALLEST
        for j in range(rows.shape[1]):
            largest = max(largest, bits(np.float64(rows[i, j])) & EXPONENT)
        scales[i] = double(largest)
        for j in range(rows.shape[1]):
            unit[i, j] = rows[i, j] / scales[i]


@compiled
def rounded(unit: Any, low: Any, single: Any, rest: Any) -> None:
    """Rows ``unit`` + ``low`` again as two parts, in the type of ``single`` and ``rest``."""
    wide()
    for i in range(unit.shape[0]):
        for j in range(unit.shape[1]):
            single[i, j] = unit[i, j]
            rest[i, j] = low[i, j] + (unit[i, j] - single[i, j])


@compiled
def unit_rows(unit: Any, low: Any, spread: Any, sums: Any) -> None:
    """Rows over their lengths in ``unit`` + ``low``; the length over that of ones in ``spread``.

    The rows are ``scaled``. ``sums``: room for 2 times ``LANES``.
    """
    wide()
    ones, rest = root(float(unit.shape[1]), 0.0)
    for i in range(spread.shape[1]):
        square, below = squares(unit[i], sums[0], sums[1])
        if square == 0.0:
            continue
        size, small = root(square, below)
        over, left = quotient(1.0, 0.0, size, small)
        for j in range(unit.shape[1]):
            x = unit[i, j]
            unit[i, j], lost = product(x, over)
            low[i, j] = lost + x * left
        s, left = quotient(size, small, ones, rest)
        spread[0, i], spread[1, i] = total(s, left)


@compiled
def times(x: Any, low: Any, w: float, out: Any) -> None:
    """Each number x + low times w in two parts."""
    for i in range(x.size):
        p, left = product(x[i], w)
        out[0, i], out[1, i] = p, left + w * low[i] if abs(p) < LARGEST else 0.0


@compiled
def hypotenuse(x: Any, low: Any, y: Any, out: Any) -> None:
    """The root of (x + low)**2 + y**2 in two parts; near the ends of doubles in one."""
    for i in range(x.size):
        out[0, i], out[1, i] = hypot(x[i], y[i]), low[i] if y[i] == 0.0 else 0.0
        if 1.0 / LARGEST < out[0, i] < LARGEST:
            p, left = product(x[i], x[i])
            q, rest = product(y[i], y[i])
            square, lost = total(max(p, q), min(p, q))
            r, below = root(square, lost + left + rest + 2.0 * x[i] * low[i])
            out[0, i], out[1, i] = total(r, below)


@compiled
def remainders(x: Any, low: Any, y: Any, s: Any, rest: Any, out: Any) -> None:
    """What doubles leave of x + low and of y over s + rest; 0 near the ends of doubles."""
    for i in range(x.size):
        out[0, i], out[1, i] = 0.0, 0.0
        if 1.0 / LARGEST < s[i] < LARGEST:
            _, out[0, i] = quotient(x[i], low[i], s[i], rest[i])
            _, out[1, i] = quotient(y[i], 0.0, s[i], rest[i])
