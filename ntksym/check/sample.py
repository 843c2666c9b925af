"""Exact sample points: rational values for the free symbols of a claim."""

from sympy import DiracDelta, Expr, Heaviside, Rational, S, Symbol

from ntksym.language import c, q, q1, q2, u, v

Point = dict[Symbol, Rational]

_VARIANCES = (
    {q1: Rational(5, 4), q2: Rational(4, 3), q: Rational(7, 5)},
    {q1: Rational(3, 5), q2: Rational(9, 4), q: Rational(2, 3)},
)
_OTHERS = ((2, 5), (3, 7), (5, 8)), ((-3, 8), (-4, 9), (2, 7))


def points(*exprs: Expr) -> list[Point]:
    """Two generic points, one with positive and one with negative covariance.

    Every covariance is below the root of the product of the variances, and no two are equal, so
    that an identity that holds only by symmetry shows. Steps that stand far out are brought
    within two standard deviations, so that no term of a line is too small to be missed.
    """
    symbols = sorted(set().union(*(e.free_symbols for e in exprs)), key=lambda s: s.name)
    square = max(S.One, _farthest(*dict.fromkeys(exprs)) / 2) ** 2
    found = [_point(symbols, *choice) for choice in zip(_VARIANCES, _OTHERS, strict=True)]
    scaled = {*_VARIANCES[0], c}
    return [{x: square * k if x in scaled else k for x, k in at.items()} for at in found]


def _farthest(*exprs: Expr) -> Rational:
    """The largest number at which a step or a mass stands."""
    arguments = {part.args[0] for e in exprs for part in e.atoms(Heaviside, DiracDelta)}
    places = (a.subs(x, 0) / a.diff(x) for a in arguments for x in (u, v) if a.diff(x) != 0)
    return max((abs(place) for place in places if place.is_Rational), default=S.Zero)


def _point(symbols: list[Symbol], variances: Point, others: tuple[tuple[int, int], ...]) -> Point:
    point: Point = {}
    for symbol in symbols:
        p, d = others[len(point) % len(others)]
        value = Rational(p, d) + Rational(len(point), 97)
        point[symbol] = variances.get(symbol, abs(value) if symbol.is_positive else value)
    return point
