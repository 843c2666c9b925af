"""Roots: found in doubles by changes of sign, enclosed by balls of different sign at both ends."""

from collections.abc import Callable
from typing import Any

import numpy as np
from flint import arb
from scipy.optimize import brentq

from ntksym.evaluate import precision

POINTS, STEPS = 600, 60
START = 64
"""Bits of the first secant; each has twice as many."""
Doubles = Callable[[Any], Any]
BallsAt = Callable[[arb, int], arb]


def grid(within: tuple[float, float]) -> Any:
    """Variances in geometric progression."""
    return np.geomspace(*within, POINTS)


def interval(within: Any) -> tuple[float, float]:
    """The range of variances that is searched."""
    try:
        low, high = (float(end) for end in within)
    except (TypeError, ValueError):
        raise ValueError(f"within: expected (lowest, highest) variance, got {within!r}") from None
    if not 0 < low < high < 1e12:
        raise ValueError(f"within: expected 0 < lowest < highest < 1e12, got {within!r}")
    return low, high


def crossings(f: Doubles, within: tuple[float, float]) -> list[float]:
    """Where f changes its sign between neighbours of the grid, to about 12 digits."""
    points = grid(within)
    values = f(points)
    found = [float(x) for x in points[values == 0]]
    signs = np.where(np.isfinite(values), np.sign(values), 0)
    for k in np.flatnonzero(signs[:-1] * signs[1:] < 0):
        ends = points[k], points[k + 1]
        found.append(float(brentq(lambda x: f(np.array([x]))[0], *ends, xtol=1e-300, rtol=1e-13)))
    return sorted(found)


def enclosed(f: BallsAt, near: float, bits: int, floor: float = 0.0) -> arb:
    """The root of f near ``near`` as a ball of about ``bits`` right bits.

    A root of less than ``floor`` is as accurate as one of that size.

    Secant steps, then f is seen to have different signs at the ends of the ball. Raises
    ``ArithmeticError`` where it has not: a double root, or one that the doubles only suggested.
    """
    with precision(bits + 20):
        x, size = arb(near), abs(arb(near)).max(arb(floor))
        previous, goal = x + size * 2.0**-24, size * arb(2) ** -bits
        before = f(previous, START).mid()
        for k in range(STEPS):
            value = f(x, min(bits + 10, START << k)).mid()
            if value == before:
                break
            following = (x - value * (x - previous) / (value - before)).mid()
            x, previous, before = following, x, value
            if not x.is_finite() or abs(x - previous) < goal:
                break
        return _signed(f, x, goal, bits)


def _signed(f: BallsAt, x: arb, goal: arb, bits: int) -> arb:
    powers = (2, 8, 16, 24, 32, *range(40, bits, 16))  # a w_std with few digits needs the last
    for power in (k for k in powers if k < bits - 2):
        radius = (goal * arb(2) ** power).mid()
        left, right = (f((x + s * radius).mid(), bits + 10) for s in (-1, 1))
        if left * right < 0:
            return arb(x, radius.upper())
    raise ArithmeticError(f"no change of sign is seen around {float(x):.12g} at {bits} bits")
