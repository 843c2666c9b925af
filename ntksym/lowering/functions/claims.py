"""What is claimed of the functions, in units of 2**-52 of the value, and the proof of it.

The cells cover the arguments whose results are normal doubles. Odd functions, and what only
scales by powers of two, are proved on the rest by symmetry.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType, SimpleNamespace
from typing import Any

from flint import arb

from ntksym.evaluate.balls import precision
from ntksym.lowering.functions import bits, polynomials, vector
from ntksym.lowering.functions.pieces import PIECES, Piece
from ntksym.lowering.functions.rounding import Outside, Rounded, either, paths, rounded

BITS = 128
HALF_UNIT = arb(2) ** -53

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
        function = _on_balls()[claim.function]
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


def _on_balls() -> dict[str, Any]:
    """The functions' own code; what looks at bits and what stands for a number is replaced."""
    names = dict(vars(vector)) | {
        "math": SimpleNamespace(sqrt=Rounded.sqrt),
        "nearest": _nearest,
        "power_of_two": lambda k: Rounded(arb(2) ** k.exact),
        "square_parts": _square_parts,
        "PI_REST": _instead(arb.pi() - math.pi, vector.PI_REST),
        "HALF_PI_REST": _instead((arb.pi() - math.pi) / 2, vector.HALF_PI_REST),
        "QUARTER_PI_REST": _instead((arb.pi() - math.pi) / 4, vector.QUARTER_PI_REST),
        "LN2_REST": _instead(arb(2).log() - vector.LN2, vector.LN2_REST),
        "ROOT_HALF": _instead(arb(0.5).sqrt(), vector.ROOT_HALF),
    }
    names |= {piece.name: _polynomial(piece) for piece in PIECES}
    for name, function in vars(vector).items():
        if hasattr(function, "py_func") and names[name] is function:
            names[name] = FunctionType(function.py_func.__code__, names, name)
    return names


def _instead(exact: arb, double: float) -> Rounded:
    return Rounded(exact, abs(exact - double).upper())


def _polynomial(piece: Piece) -> Callable[[Rounded | float], Rounded]:
    """The function that the polynomial stands for, the polynomial's own error added."""
    horner = getattr(polynomials, piece.name).py_func
    bound = arb(getattr(polynomials, f"{piece.name.upper()}_BOUND"))

    def value(x: Rounded | float) -> Rounded:
        x = rounded(x)
        if not (x.double >= arb(piece.low) and x.double <= arb(piece.high)):
            raise Outside(piece.name)
        p = horner(x)
        off = bound * abs(p.exact) / (1 - bound) if piece.relative else bound
        return Rounded(p.exact + arb(0, off.upper()), (p.error + off).upper())

    return value


def _nearest(x: Rounded | float) -> Rounded:
    """Either neighbour where the ball does not decide."""
    ball = rounded(x).double + arb(0, 2.0**-40)
    if ball.rad() > 0.3:
        raise Outside("nearest")
    low, high = (arb.floor(end + 0.5) for end in (ball.lower(), ball.upper()))
    return Rounded(low if low == high or either() else high)


def _square_parts(x: Rounded | float) -> tuple[Rounded, Rounded]:
    """26 bits are kept of x; then the square and the difference are exact, the rest is rounded."""
    square, cut = rounded(x).exact ** 2, arb(2) ** -24
    rest = (square * cut).union(arb(0))
    return Rounded(square * (1 - cut).union(arb(1))), Rounded(rest, 3 * HALF_UNIT * rest.upper())


def _between(low: float, high: float, count: int) -> tuple[Cell, ...]:
    ends = [low + (high - low) * k / count for k in range(count)] + [high]
    return tuple(((a, b),) for a, b in zip(ends, ends[1:], strict=False))


def _binades(first: int, last: int) -> tuple[Cell, ...]:
    return tuple(((2.0**k, 2.0 ** (k + 1)),) for k in range(first, last))
