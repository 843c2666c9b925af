"""How large an analytic function is on strips around the real axis, by Arb."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flint import acb
    from sympy import Expr, Symbol

    from ntksym.evaluate import Tape

REACH = 256.0
HIGHEST, FINEST, ROWS = 8.0, 2.0**-8, 64
HALVINGS = 3


@dataclass(frozen=True)
class Strip:
    """|f(z)| <= ``bounds[i]`` where |Im z| <= ``heights[i]`` and |Re z| <= ``REACH``."""

    heights: tuple[float, ...]
    bounds: tuple[float, ...]


def strip(f: "Expr", x: "Symbol") -> Strip:
    """The strip of a function that is real on the real axis, row by row until balls give up.

    Raises ``ValueError`` where f is not seen to be analytic on the real axis.
    """
    from ntksym.evaluate import Balls, precision, record
    from ntksym.evaluate.integrals.line.plain import plain
    from ntksym.evaluate.integrals.pieces import knots

    if found := knots(f, x):
        raise ValueError(f"no series: {f} changes its formula at {x} = {found[0]}")
    with precision(53):
        tape = record([plain(f)], [x], Balls())
        step = HIGHEST / 8
        while _row(tape, 0.0, step) == math.inf:
            step /= 2
            if step < FINEST:
                raise ValueError(f"no series: {f} is not seen to be analytic for real {x}")
        step /= 8
        heights: list[float] = []
        bounds: list[float] = []
        largest = 0.0
        while len(heights) < ROWS and (row := _row(tape, step * len(heights), step)) < math.inf:
            largest = max(largest, row)
            heights.append(step * (len(heights) + 1))
            bounds.append(largest)
    return Strip(tuple(heights), tuple(bounds))


def _row(tape: "Tape", low: float, step: float) -> float:
    """A bound for low <= |Im z| <= low + step."""
    largest = 0.0
    for left, right in _cells(step):
        largest = max(largest, _cell(tape, (left, right), (low, low + step), HALVINGS))
        if largest == math.inf:
            break
    return largest


def _cells(step: float) -> Iterator[tuple[float, float]]:
    """Of the real interval; wider ones further out."""
    left = 0.0
    while left < REACH:
        right = left + max(step, left / 16)
        yield left, right
        yield -right, -left
        left = right


def _cell(tape: "Tape", x: tuple[float, float], y: tuple[float, float], halvings: int) -> float:
    value = tape(_ball(x, y))[0]
    if value.is_finite():
        return float(abs(value).upper()) * (1 + 1e-12) + 1e-300
    if not halvings:
        return math.inf
    cuts = [((a, (a + b) / 2), ((a + b) / 2, b)) for a, b in (x, y)]
    return max(_cell(tape, u, v, halvings - 1) for u in cuts[0] for v in cuts[1])


def _ball(x: tuple[float, float], y: tuple[float, float]) -> "acb":
    from flint import acb, arb

    return acb(*(arb((a + b) / 2, (b - a) / 2 * (1 + 1e-9) + 1e-12) for a, b in (x, y)))
