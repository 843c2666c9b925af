"""How far a polynomial is from its function, over the whole interval: a proof in balls."""

import math
from collections.abc import Sequence
from heapq import heapify, heappop, heappush

from flint import arb, arb_poly, fmpq

from ntksym.evaluate.balls import precision
from ntksym.lowering.functions.pieces import Piece

BITS = 256
PARTS = 8


def bound(piece: Piece, coefficients: Sequence[float], slack: float = 0.01) -> float:
    r"""An upper bound of :math:`\max|p/f-1|`, or of :math:`\max|p-f|`, on ``piece.proved``.

    On \|x - m\| <= r the difference of p and the model of f is a polynomial with balls
    :math:`d_k`, and :math:`\sum|d_k|r^k` bounds it. The part with the largest bound is halved
    until that bound is within ``slack`` of an error that a midpoint attains.
    """
    with precision(BITS):
        p = arb_poly([arb(c) for c in coefficients])
        low, high = piece.proved
        width = (high - low) / PARTS
        parts = [_part(piece, p, low + k * width, width) for k in range(PARTS)]
        heapify(parts)
        attained = max(part[1] for part in parts)
        while -parts[0][0] > (1 + slack) * attained:
            _, _, low, width = heappop(parts)
            for start in (low, low + width / 2):
                part = _part(piece, p, start, width / 2)
                attained = max(attained, part[1])
                heappush(parts, part)
        return -parts[0][0]


Part = tuple[float, float, fmpq, fmpq]
"""Minus the bound on it (for the heap), the error at its midpoint, its start and its width."""


def _part(piece: Piece, p: arb_poly, low: fmpq, width: fmpq) -> Part:
    m, r = arb(low + width / 2), arb(width / 2)
    f = piece.model(m, r)
    difference = p(arb_poly([m, 1])) - f
    worst, size = _size(difference, r), arb(1)
    at_middle = abs(difference[0]).abs_lower()
    if piece.relative:
        size = f[0].abs_lower() - _size(f - f[0], r)
        at_middle /= f[0].abs_upper()
    upper = worst / size if size > 0 else arb("inf")
    return -above(upper), max(float(at_middle), 0.0), low, width


def _size(poly: arb_poly, r: arb) -> arb:
    return sum((d.abs_upper() * r**k for k, d in enumerate(poly.coeffs())), arb(0))


def above(x: arb) -> float:
    """A double that is no less."""
    return math.nextafter(float(x.upper()), math.inf)
