"""The functions' own code on balls: what looks at bits or stands for a number is replaced."""

import math
from collections.abc import Callable
from types import FunctionType, SimpleNamespace
from typing import Any

from flint import arb

from ntksym.lowering.functions import angles, polynomials, vector
from ntksym.lowering.functions.pieces import PIECES, Piece
from ntksym.lowering.functions.proofs.rounding import Outside, Rounded, either, rounded


def on_balls() -> dict[str, Any]:
    """The names of :mod:`.vector`, each function over :class:`Rounded`.

    A polynomial counts as the function that it stands for, its proved bound as an error.
    """
    names = (
        vars(angles)
        | vars(vector)
        | {
            "math": SimpleNamespace(sqrt=Rounded.sqrt),
            "nearest": _nearest,
            "power_of_two": lambda k: Rounded(arb(2) ** k.exact),
            "square_parts": _square_parts,
            "newton": _newton,
            "again": _newton,
            "PI_REST": _instead(arb.pi() - math.pi, angles.PI_REST),
            "HALF_PI_REST": _instead((arb.pi() - math.pi) / 2, angles.HALF_PI_REST),
            "QUARTER_PI_REST": _instead((arb.pi() - math.pi) / 4, angles.QUARTER_PI_REST),
            "LN2_REST": _instead(arb(2).log() - vector.LN2, vector.LN2_REST),
            "ROOT_HALF": _instead(arb(0.5).sqrt(), vector.ROOT_HALF),
        }
    )
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
        low, high = piece.proved
        if not (x.double >= arb(low) and x.double <= arb(high)):
            raise Outside(piece.name)
        p = horner(x)
        off = bound * abs(p.exact) / (1 - bound) if piece.relative else bound
        return Rounded(p.exact + arb(0, off.upper()), (p.error + off).upper())

    return value


def _newton(y: Rounded, x: Rounded) -> Rounded:
    """As y = (1 + d)/x, its error becomes d*d/x: balls do not see that the rest cancels.

    It tends to the reciprocal of the double x. 1 - x*y, below 1/2, is rounded once.
    """
    exact, double = 1 / x.exact, x.double
    shift = x.error * exact.abs_upper() / double.abs_lower()
    d = (y.error + shift) * double.abs_upper()
    if not d < 0.5:
        raise Outside("newton")
    start = Rounded(y.double)
    residual = Rounded(arb(0, d.upper()), (Rounded(double) * start).error)
    roundings = (start + start * residual).error
    return Rounded(exact, (roundings + shift + d * d / double.abs_lower()).upper())


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
    return Rounded(square * (1 - cut).union(arb(1))), Rounded(rest, arb(2) ** -51 * rest.upper())
