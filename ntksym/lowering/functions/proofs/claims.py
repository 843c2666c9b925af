r"""What is claimed of the functions, in units of 2**-52 of the value, and the proof of it.

Odd functions are proved for x > 0. Where exp enters, k of :func:`.vector._reduced` changes
nothing but k*LN2, which is exact, and k*LN2_REST, whose rounding is below 2**-80: a few k near 0,
and those at both ends of the range, stand for all. The angle of (x, y) is proved for
1 <= \|x\| <= 2 and its multiples by powers of two; beyond 2**30 of y/x, or below 2**-30, the
polynomial adds less than 2**-60, and the bounds are those of the last cells.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from flint import arb

from ntksym.evaluate.balls import precision
from ntksym.lowering.functions.proofs.rounding import Outside, Rounded, paths, rounded
from ntksym.lowering.functions.proofs.source import on_balls

BITS = 128
HALF_UNIT = 2.0**-53

Interval = tuple[float, float]
Cell = tuple[Interval, ...]


@dataclass(frozen=True)
class Claim:
    r"""\|computed - exact\| <= ``units`` * 2**-52 * \|exact\| on all cells.

    ``arguments``: what the function is called with, from the numbers in a cell.
    """

    function: str
    units: float
    cells: tuple[Cell, ...]
    arguments: Callable[..., tuple[Rounded, ...]] = lambda *x: x


def prove(claim: Claim) -> float:
    """The largest error found, in units; ArithmeticError if the claim is not proved.

    A cell is halved until the bound on it is small enough, or the cell is.
    """
    with precision(BITS):
        function = on_balls()[claim.function]
        cells, worst = list(claim.cells), 0.0
        while cells:
            cell = cells.pop()
            units = _units(function, claim, cell)
            if units <= claim.units:
                worst = max(worst, units)
            else:
                cells.extend(_halves(cell, f"{claim.function}: {units:.4} > {claim.units}"))
        return worst


def _units(function: Callable[..., Any], claim: Claim, cell: Cell) -> float:
    numbers = [Rounded(arb(low).union(arb(high))) for low, high in cell]
    worst = 0.0
    try:
        for result in paths(lambda: function(*claim.arguments(*numbers))):
            value = rounded(result)
            if not value.exact.is_finite() or value.exact.contains(0):
                return math.inf
            worst = max(worst, float((value.error / value.exact.abs_lower()).upper()) * 2.0**52)
    except Outside:
        return math.inf
    return worst


def _halves(cell: Cell, failure: str) -> list[Cell]:
    relative = [(high - low) / max(abs(low), abs(high)) for low, high in cell]
    widest = relative.index(max(relative))
    low, high = cell[widest]
    if relative[widest] < 2.0**-36:
        raise ArithmeticError(f"not proved of {failure} on {cell}")
    middle = (low + high) / 2
    parts = (low, middle), (middle, high)
    return [(*cell[:widest], part, *cell[widest + 1 :]) for part in parts]


def _between(low: float, high: float, count: int) -> tuple[Cell, ...]:
    points = [low + (high - low) * k / count for k in range(count)] + [high]
    return tuple((ends,) for ends in pairwise(points))


def _binades(first: int, last: int) -> tuple[Cell, ...]:
    return tuple(((2.0**k, 2.0 ** (k + 1)),) for k in range(first, last))


def _mirrored(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple(((-high, -low),) for ((low, high),) in cells)


def _with_gap(x: Rounded) -> tuple[Rounded, Rounded]:
    gap = 1 - x.exact
    return x, Rounded(gap, gap.abs_upper() * HALF_UNIT)


def _with_cosine(x: Rounded) -> tuple[Rounded, Rounded]:
    cosine = (1 - x.exact**2).sqrt()
    return x, Rounded(cosine, cosine.abs_upper() * HALF_UNIT)


def _of_gap(gap: Rounded) -> tuple[Rounded, Rounded]:
    return Rounded(1 - gap.exact, arb(HALF_UNIT)), gap


def _far_gap(rest: Rounded) -> tuple[Rounded]:
    return (Rounded(2 - rest.exact),)


SMALL = _binades(-1000, -1)
"""From 2**-1000 to 1/2."""
TO_EIGHTH = _binades(-1000, -3)
STEEP = TO_EIGHTH + _between(0.125, 4, 24) + _between(36, 40, 8) + _between(707, 709.78, 8)
ANGLES = tuple((y, x) for (y,) in _binades(-30, 30) for x in ((1.0, 2.0), (-2.0, -1.0)))

CLAIMS = {
    "acute_angle": Claim("acute_angle", 1.3, SMALL + _between(0.5, 1, 4)),
    "acute_excess": Claim("acute_excess", 9.6, _binades(-600, -1) + _between(0.5, 1, 4)),
    "arccosine_of_gap": Claim("arccosine_of_gap", 1.3, SMALL + _between(0.5, 1.5, 8)),
    "arccosine_of_far_gap": Claim("arccosine_of_gap", 1.3, _binades(-52, -1), _far_gap),
    "arcsine": Claim("arcsine", 2.8, SMALL, _with_gap),
    "arcsine_of_gap": Claim("arcsine", 1.8, SMALL, _of_gap),
    "arctangent2": Claim("arctangent2", 2.1, ANGLES),
    "blunt_arcsine": Claim("blunt_arcsine", 1.0, SMALL + _between(0.5, 0.82, 60), _with_cosine),
    "blunt_reciprocal": Claim("blunt_reciprocal", 1.1, _between(0.57, 1, 60)),
    "sharp_reciprocal": Claim("sharp_reciprocal", 1.1, _between(0.31, 1, 90)),
    "sharp_arcsine": Claim("sharp_arcsine", 1.6, SMALL + _between(0.5, 0.95, 60), _with_cosine),
    "exponential": Claim(
        "exponential", 1.1,
        _between(-708.39, -706, 8) + _between(-4, 4, 24) + _between(707, 709.78, 8),
    ),
    "exponential_less_one": Claim(
        "exponential_less_one", 2.5, STEEP + _mirrored(TO_EIGHTH) + _between(-40, -0.125, 100)
    ),
    "hyperbolic_sine": Claim("hyperbolic_sine", 3.5, STEEP),
    "hyperbolic_cosine": Claim("hyperbolic_cosine", 1.7, STEEP),
    "error_function": Claim("error_function", 6.7, SMALL + _between(0.5, 27, 60)),
    "complementary_error_function": Claim(
        "complementary_error_function", 10.5,
        SMALL + _mirrored(SMALL) + _between(0.5, 26.54, 120) + _between(-27, -0.5, 60),
    ),
    "normal_cdf": Claim(
        "normal_cdf", 14.0,
        SMALL + _mirrored(SMALL) + _between(-37.51, -0.5, 120) + _between(0.5, 38, 60),
    ),
}  # fmt: skip


if __name__ == "__main__":
    for _name, _claim in CLAIMS.items():
        print(f"{_name}: {prove(_claim):.3f} <= {_claim.units}", flush=True)
