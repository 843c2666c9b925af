r"""Points and weights at which a kernel's quadratic form is 0, exactly.

A *regular polygon* of 2M points with weights +1, -1, ... sees of :math:`\cos^n` only the
frequencies that are M modulo 2M: none where n has the other parity than M, none where n < M. A
polygon of an odd number n > 2N + 1 of points, with weights :math:`\cos(2\pi(N+1)k/n)`, sees nothing
of degree at most N. On a *ray* and on a *line* a kernel with finitely many powers of the place is
annihilated by weights that annihilate those powers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb

from sympy import Expr, Integer, Matrix, Rational, S, cos, ilcm, pi, sin, sqrt

Point = tuple[Expr, ...]
MIRRORED = "ray and its mirror image"


@dataclass(frozen=True)
class Witness:
    """``points`` are rows of coordinates, ``weights`` go with them; all numbers are exact.

    On a circle ``angles`` holds the angle of each point as a fraction of π, ``variance`` is x·x/n0.
    """

    name: str
    points: tuple[Point, ...]
    weights: tuple[Expr, ...]
    identity: str
    """Why the form is 0: a sentence, mathematics between dollars."""
    angles: tuple[Rational, ...] | None = None
    variance: Expr = S.One


def _on_circle(
    name: str, angles: list[Rational], weights: Iterable[Expr], identity: str, square: Expr, d: int
) -> Witness:
    """Points of R^d with x·x = ``square``, in one plane."""
    flat = [(sqrt(square) * cos(pi * a), sqrt(square) * sin(pi * a))[:d] for a in angles]
    points = tuple((*p, *[S.Zero] * (d - len(p))) for p in flat)
    return Witness(name, points, tuple(weights), identity, tuple(angles), square / d)


def polygon(m: int, square: Expr, d: int) -> Witness:
    """2M points and alternating weights: zero where the degrees of M's parity are below M."""
    angles = [Rational(j, m) for j in range(2 * m)]
    names = {1: "antipodal pair", 2: "square", 3: "regular hexagon"}
    identity = (
        rf"$\sum_j(-1)^j\cos^n(\pi j/{m})=0$ for every $n<{m}$ and every $n$ with $n-{m}$ odd: of "
        rf"$\cos^n$ only the frequencies congruent to ${m}$ modulo ${2 * m}$ would count"
    )
    weights = [Integer((-1) ** j) for j in range(2 * m)]
    return _on_circle(names.get(m, f"regular {2 * m}-gon"), angles, weights, identity, square, d)


def pair(square: Expr, d: int) -> Witness:
    """X and -x with weights 1, 1: zero where all degrees are odd."""
    identity = r"$K(x,-x)=-K(x,x)$, as all degrees are odd"
    angles = [Rational(0), Rational(1)]
    return _on_circle("antipodal pair", angles, (S.One, S.One), identity, square, d)


def odd_polygon(largest: int, square: Expr, d: int) -> Witness:
    """Without antipodes: zero where no degree is above ``largest``."""
    n, mode = 2 * largest + 3, largest + 1
    angles = [Rational(2 * j, n) for j in range(n)]
    weights = [cos(2 * pi * Rational(mode * j, n)) for j in range(n)]
    identity = (
        rf"of a polynomial of degree at most ${largest}$ in $\cos$ the frequency ${mode}$ modulo "
        rf"${n}$ is 0, and there are no antipodes among ${n}$ points"
    )
    return _on_circle(f"regular {n}-gon", angles, weights, identity, square, d)


def ray(exponents: Iterable[int], d: int) -> Witness:
    """Points x, 2x, ...: K(sx, tx) is a sum of (st)^e over ``exponents``."""
    powers = sorted(set(exponents))
    places, null = _annihilator(powers)
    shown = ", ".join(map(str, powers))
    identity = (
        rf"$\sum_jw_jt_j^e=0$ for $e={shown}$, and $K(sx,tx)$ is a combination of $(st)^e$: "
        rf"of rank at most ${len(powers)}$ on the ray"
    )
    points = tuple((Integer(t), *[S.Zero] * (d - 1)) for t in places)
    return Witness("ray", points, null, identity)


def mirrored_ray(powers: Iterable[int], sign: int, d: int) -> Witness:
    """Points x, -x, 2x, -2x, ...: weights of x and -x are equal (``sign`` 1) or opposite (-1)."""
    wanted = sorted(set(powers))
    places, null = _annihilator(wanted)
    half, other = ("even", "odd") if sign == 1 else ("odd", "even")
    shown = ", ".join(map(str, wanted))
    vanish = rf"$\sum_jw_jt_j^e=0$ for $e={shown}$, " if wanted else ""
    identity = (
        rf"{vanish}so that the {half} part of $\sum_jc_j\sigma(t_jz)$ is 0, as is what a trained "
        rf"bias adds; the {other} part is, as the weights of $\pm x$ are "
        rf"{'opposite' if other == 'even' else 'equal'}"
    )
    points = tuple((Integer(s * t), *[S.Zero] * (d - 1)) for t in places for s in (1, -1))
    weights = tuple(w * s for w in null for s in (1, sign))
    return Witness(MIRRORED, points, weights, identity)


def _annihilator(powers: list[int]) -> tuple[range, tuple[Expr, ...]]:
    """Places 1, 2, ... and whole weights that annihilate the powers of the place."""
    places = range(1, len(powers) + 2)
    if not powers:
        return places, (S.One,)
    (null,) = Matrix([[Integer(t) ** e for t in places] for e in powers]).nullspace()
    return places, tuple(null * ilcm(*(entry.q for entry in null)))


def line(largest: int, d: int, *, through_zero: bool) -> Witness:
    """Equidistant points on a line, weights of the finite difference of order N + 1."""
    order = largest + 1
    weights = tuple(Integer((-1) ** j * comb(order, j)) for j in range(order + 1))
    start: Point = () if through_zero else (S.One,)
    rest = d - 1 - len(start)
    points = tuple((*start, Integer(j + 1), *[S.Zero] * rest) for j in range(order + 1))
    where = "through 0" if through_zero else "off 0, no two points proportional"
    identity = (
        rf"$\sum_jw_jj^e=0$ for $e\le{largest}$, the difference of order ${order}$; $K$ is a "
        rf"polynomial of degree at most ${largest}$ in each argument (a line {where})"
    )
    return Witness("ray" if through_zero else "line", points, weights, identity)


def origin(d: int, *, tangent: bool) -> Witness:
    """The point 0 alone."""
    bias = "there is no bias" if tangent else "no bias is random"
    identity = rf"$K(0,0)=0$, as $\sigma(0)=0$ and {bias}"
    return Witness("origin", ((S.Zero,) * d,), (S.One,), identity)
