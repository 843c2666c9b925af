"""Exact sample points: rational values for the free symbols of a claim."""

from sympy import Expr, Rational, Symbol

from ntksym.language import q, q1, q2

Point = dict[Symbol, Rational]

_VARIANCES = (
    {q1: Rational(5, 4), q2: Rational(4, 3), q: Rational(7, 5)},
    {q1: Rational(3, 5), q2: Rational(9, 4), q: Rational(2, 3)},
)
_OTHERS = ((2, 5), (3, 7), (5, 8)), ((-3, 8), (-4, 9), (2, 7))


def points(*exprs: Expr) -> list[Point]:
    """Two generic points, one with positive and one with negative covariance.

    Every covariance is below the root of the product of the variances, and no two are equal, so
    that an identity that holds only by symmetry shows.
    """
    symbols = sorted(set().union(*(e.free_symbols for e in exprs)), key=lambda s: s.name)
    return [_point(symbols, *choice) for choice in zip(_VARIANCES, _OTHERS, strict=True)]


def _point(symbols: list[Symbol], variances: Point, others: tuple[tuple[int, int], ...]) -> Point:
    point: Point = {}
    for symbol in symbols:
        p, d = others[len(point) % len(others)]
        value = Rational(p, d) + Rational(len(point), 97)
        point[symbol] = variances.get(symbol, abs(value) if symbol.is_positive else value)
    return point
