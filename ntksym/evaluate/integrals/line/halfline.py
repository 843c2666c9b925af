r"""Integrals over the law of Z ~ N(0, 1), folded on the half line t = |Z|: integrands and bounds.

With :math:`f_\pm(t)=f(\pm\sqrt q\,t)`,
:math:`\mathbb E[f\,He_k]=\int_0^\infty(f_++(-1)^kf_-)He_k\,\varphi\,dt`: one formula between two
neighbouring knots, even orders see the even part only, odd orders the odd part.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

from flint import acb, arb
from sympy import Expr, Rational, Symbol

from ntksym.evaluate.balls import Balls
from ntksym.evaluate.integrals.line.panels import Panel, Sizes, plan
from ntksym.evaluate.integrals.line.plain import plain
from ntksym.evaluate.integrals.majorants import Majorant, majorant, product
from ntksym.evaluate.integrals.pieces import knots, resolved
from ntksym.evaluate.integrals.tails import beyond, cut
from ntksym.evaluate.tape import record

CRAMER = 1.0865
Sides = Callable[[Any], tuple[Any, Any]]
Pairing = tuple[int, int, int]
"""(i, j, s) stands for E[f_i(Z) f_j(s Z)], s = 1 or -1."""


@dataclass(frozen=True)
class Scaled:
    """Z -> f(sqrt(variance) Z); the variance is exact, or a ball that stands for its numbers."""

    f: Expr
    x: Symbol
    variance: Any

    def scale(self) -> arb:
        return Balls().exact(self.variance).sqrt()

    @cached_property
    def parity(self) -> int:
        """1 or -1 where f is seen to be even or odd, else 0."""
        mirrored = self.f.xreplace({self.x: -self.x})
        return 1 if mirrored == self.f else -1 if mirrored == -self.f else 0

    def majorant(self) -> Majorant:
        """In Z: 1 + s|Z| <= max(1, s)(1 + |Z|)."""
        m, s = majorant(self.f, [self.x]), self.scale()
        power = m.powers.get(self.x, 0)
        constant = (m.constant * s.max(arb(1)) ** power).upper()
        return Majorant(constant, m.powers, {x: s * rate for x, rate in m.rates.items()})

    def sides(self, at: float) -> Sides:
        """The map t -> (f(st), f(-st)), by the formulas that hold around t = ``at`` > 0."""
        s, x = self.scale(), self.x
        near = Rational(at * float(s.mid()))
        right = resolved(self.f, {x: near})
        left = resolved(self.f, {x: -near}).xreplace({x: -x})
        tape = record([plain(right), plain(left)], [x], Balls())
        return lambda t: tape(s * t)


@dataclass(frozen=True)
class Edge:
    """The place |knot| / sqrt(variance) on the half line; without a knot, ``place`` itself."""

    place: int = 0
    knot: Expr | None = None
    variance: Any = Fraction(1)

    def ball(self) -> arb:
        if self.knot is None:
            return arb(self.place)
        size = record([abs(self.knot)], [], Balls())()[0]
        return size / Balls().exact(self.variance).sqrt()

    def same(self, other: "Edge") -> bool:
        """Exactly the same place, as far as it is seen."""
        if self.knot is None or other.knot is None:
            return False
        if self.variance is other.variance:
            return abs(self.knot) == abs(other.knot)
        if isinstance(self.variance, arb) or isinstance(other.variance, arb):
            return False
        ours = self.knot**2 / Rational(self.variance)
        return bool(ours == other.knot**2 / Rational(other.variance))


@dataclass(frozen=True)
class Piece:
    """A part of the half line between two edges, with its panels."""

    lower: Edge
    upper: Edge
    panels: tuple[Panel, ...]

    @property
    def inside(self) -> float:
        return float((self.lower.ball().mid() + self.upper.ball().mid()) / 2)


def pieces(
    functions: Sequence[Scaled], reach: int, sizes: Callable[[float], Sizes], allowed: list[float]
) -> list[Piece]:
    """The half line up to ``reach``, cut at the knots, with panels as fine as asked.

    ``sizes(t)`` bounds the integrands by the formulas that hold around t.
    """
    edges: list[Edge] = []
    for g in functions:
        for knot in knots(g.f, g.x):
            edge = Edge(0, knot, g.variance)
            if knot != 0 and not any(edge.same(other) for other in edges):
                edges.append(edge)
    inner = [edge for edge in edges if not edge.ball() >= reach]
    inner = [Edge(0), *sorted(inner, key=lambda e: float(e.ball().mid())), Edge(reach)]
    if not all(a.ball() < b.ball() for a, b in pairwise(inner)):
        raise ArithmeticError("two knots cannot be told apart")
    bare = [Piece(a, b, ()) for a, b in pairwise(inner)]
    return [
        Piece(a, b, tuple(plan(sizes(piece.inside), a.ball(), b.ball(), tuple(allowed))))
        for piece, (a, b) in zip(bare, pairwise(inner), strict=True)
    ]


def sampled(
    functions: Sequence[Scaled], piece: Piece, bits: int
) -> Iterator[tuple[Panel, list[tuple[arb, arb, list[Any]]]]]:
    """Panel by panel: the nodes, weights, and values of the functions on both sides."""
    sides = [g.sides(piece.inside) for g in functions]
    ends = piece.lower.ball(), piece.upper.ball()
    for panel in piece.panels:
        points = panel.points(*ends, bits)
        yield panel, [(node, weight, [side(node) for side in sides]) for node, weight in points]


@dataclass(frozen=True)
class Integrands:
    """``f_i He_k`` for the first ``wanted`` functions and k <= ``order``, and the pairings."""

    functions: tuple[Scaled, ...]
    wanted: int
    pairings: tuple[Pairing, ...]
    order: int

    def tails(self, reach: float) -> tuple[float, ...]:
        r"""Bounds beyond ``reach``; e^(-t^2/4), what Cramér leaves of φ, has variance 2."""
        all_, one, q = [g.majorant() for g in self.functions], arb(1), arb(reach)
        found = []
        for g, m in zip(self.functions[: self.wanted], all_, strict=False):
            found.append(arb(2).sqrt() * arb(CRAMER) * beyond(m, g.x, 2 * one, q))
        for i, j, _ in self.pairings:
            found.append(beyond(product([all_[i], all_[j]]), self.functions[i].x, one, q))
        return tuple(above(bound) for bound in found)

    def reach(self, allowed: float) -> int:
        """Where the half line may be cut; ``ValueError`` where no bound of growth is known."""
        return cut(lambda r: arb(max(self.tails(r))), allowed)

    def sizes(self, inside: float) -> Sizes:
        """Bounds of the moduli on complex balls, densities included."""
        sides = [g.sides(inside) for g in self.functions]
        root = math.sqrt(self.order) * (1 + 1e-9)

        def bounds(z: acb) -> tuple[float, ...]:
            x, y = float(z.real.abs_lower()), above(abs(z.imag))
            values = [tuple(map(modulus, side(z))) for side in sides]
            hermite = 0.4336 * exponential(y * y / 2 + y * root - x * x / 4)
            density = 0.39895 * exponential((y * y - x * x) / 2)
            found = [hermite * (a + b) for a, b in values[: self.wanted]]
            for i, j, s in self.pairings:
                (a, b), (c, d) = values[i], values[j][::s]
                found.append(density * (a * c + b * d))
            return tuple(math.inf if math.isnan(size) else size for size in found)

        return bounds


def exponential(exponent: float) -> float:
    return math.exp(exponent) * 1.000001 if exponent < 700 else math.inf


def modulus(value: Any) -> float:
    return above(value.abs_upper()) if value.is_finite() else math.inf


def above(value: Any) -> float:
    return float(value.abs_upper()) * (1 + 1e-12) + 1e-300
