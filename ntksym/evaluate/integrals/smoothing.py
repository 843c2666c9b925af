r"""E[f(U)g(V)] for correlation 0 <= rho < 1 as one sum: what U and V share, and what each adds.

With independent normal S, A, B: :math:`U=\sqrt\rho\,S+\sqrt{1-\rho}\,A`, V with B, so that

.. math:: \mathbb E[f(U)g(V)]=\mathbb E[F(S)G(S)],\qquad
    F(s)=\mathbb E\bigl[f(\sqrt\rho\,s+\sqrt{1-\rho}\,A)\bigr].

F is entire whatever the knots of f, with
:math:`|F(s+iy)|\le e^{\rho y^2/2(1-\rho)}\,\mathbb E|f(\sqrt\rho s+\sqrt{1-\rho}A)|`. The
trapezoidal sum of step h therefore errs by at most
:math:`2M/(e^{2\pi a/h}-1)` for every a > 0 [trefethen2014, theorem 5.1], where
:math:`M=e^{a^2\kappa/2}(\mathbb E f(U)^2\,\mathbb E g(V)^2)^{1/2}` and
:math:`\kappa=(1+\rho)/(1-\rho)`. The integrals F(s) share their nodes: f is sampled once.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from flint import acb, arb

from ntksym.evaluate.balls import precision
from ntksym.evaluate.integrals.line.halfline import (
    Piece,
    Scaled,
    above,
    exponential,
    modulus,
    pieces,
    sampled,
)
from ntksym.evaluate.integrals.line.panels import Sizes, fraction
from ntksym.evaluate.integrals.majorants import Majorant, product
from ntksym.evaluate.integrals.tails import beyond, cut, mean

BOUND_BITS, EXACT_BITS = 64, 10**5
MOST_POINTS = 20000
"""Of the trapezoidal sum: 1 - rho of about 1e-5 at 30 digits."""


def smoothed(functions: Sequence[Scaled], rho: arb, allowed: float) -> arb:
    """E[f(U)g(V)] for f, g = ``functions``, or f twice, as a ball of a radius near ``allowed``.

    A negative ``rho`` is that of U and -V. Raises ``ValueError`` where no majorant is known,
    ``ArithmeticError`` where the sum would have more than ``MOST_POINTS`` terms or a function is
    not seen to be analytic between its knots.
    """
    pair = (functions[0], functions[-1])
    with precision(EXACT_BITS):
        law = Law(pair, abs(rho))
    with precision(BOUND_BITS):
        step, count, aliased = law.grid(allowed)
        reach = law.window(allowed)
        limits = [allowed / 1024] * 2
        parts = pieces(pair, math.ceil(step * count) + reach, law.sizes, limits)
    bits = 40 + math.ceil(2 * math.log2(count + 1) - math.log2(allowed))
    with precision(bits):
        turn = -1 if rho < 0 else 1
        line = _line(pair, parts, turn, bits)
        return _sum(law, line, step, count, reach, turn) + arb(0, aliased)


@dataclass(frozen=True)
class Stretch:
    """A panel of the whole line: ends, (node, weighted values), and what its rule may err by."""

    lower: float
    upper: float
    samples: list[tuple[arb, tuple[arb, arb]]]
    errors: tuple[float, ...]


@dataclass(frozen=True)
class Law:
    """Two functions of standard normal variables of correlation 0 <= rho < 1, and bounds."""

    functions: tuple[Scaled, Scaled]
    rho: arb

    @property
    def spread(self) -> arb:
        return (1 - self.rho).sqrt()

    @cached_property
    def majorants(self) -> tuple[Majorant, Majorant]:
        first, second = (g.majorant() for g in self.functions)
        return first, second

    def grid(self, allowed: float) -> tuple[float, int, float]:
        """(step, terms on either side, bound of what the trapezoidal sum leaves)."""
        kappa = ((1 + self.rho) / (1 - self.rho)).upper()
        if not kappa.is_finite():
            raise ArithmeticError("the correlation is not seen to be below 1")
        x, one = self.functions[0].x, arb(1)
        squares = [mean(product([m, m]), x, one) for m in self.majorants]
        size = (squares[0] * squares[1]).sqrt().upper()
        nats = math.log(float(size)) + math.log(8) - math.log(allowed)
        step = math.pi * math.sqrt(2 / (float(kappa) * nats)) * 0.999
        height = arb(2 * math.pi / (step * float(kappa)))
        decay = (2 * arb.pi() * height / step).exp() - 1
        aliased = 2 * size * (height**2 * kappa / 2).exp() / decay
        both = product(list(self.majorants))
        both = Majorant(both.constant * self._growth(0) * self._growth(1), both.powers, both.rates)
        reach = cut(lambda r: beyond(both, x, one, arb(r)), allowed / 8)
        count = math.ceil(reach / step)
        if 2 * count > MOST_POINTS:
            raise ArithmeticError(
                f"{2 * count} terms are more than {MOST_POINTS}: the correlation is within "
                f"{float(1 - self.rho):.2e} of 1"
            )
        return step, count, above(aliased + beyond(both, x, one, arb(count * step * (1 - 1e-12))))

    def _growth(self, which: int) -> arb:
        """E M(A) / C >= sup of E M(r s + t A) / M(r s), for r, t <= 1."""
        m = self.majorants[which]
        return (mean(m, self.functions[0].x, arb(1)) / m.constant).upper()

    def window(self, allowed: float) -> int:
        """The standard deviations of A that F takes into account."""
        size = self._growth(0) * self._growth(1)
        size *= self.majorants[0].constant * self.majorants[1].constant
        return cut(lambda r: size * self.outside(0, r).max(self.outside(1, r)), allowed / 16)

    def outside(self, which: int, reach: float) -> arb:
        """What |A| > reach adds to F(s), in units of the majorant of f at s."""
        m = self.majorants[which]
        return (beyond(m, self.functions[0].x, arb(1), arb(reach)) / m.constant).upper()

    def value(self, which: int, at: arb) -> arb:
        """The majorant of f at ``at`` >= 0."""
        m, x = self.majorants[which], self.functions[0].x
        return m.constant * (1 + at) ** m.powers.get(x, 0) * (at * m.rates.get(x, arb(0))).exp()

    def sizes(self, inside: float) -> Sizes:
        """Bounds for f(z) times the density of z around any real number."""
        sides = [g.sides(inside) for g in self.functions]
        tau = float(self.spread.lower()) * (1 - 1e-9)

        def bounds(z: acb) -> tuple[float, ...]:
            density = 0.39895 / tau * exponential((above(abs(z.imag)) / tau) ** 2 / 2)
            sums = [density * sum(map(modulus, side(z))) for side in sides]
            return tuple(math.inf if math.isnan(size) else size for size in sums)

        return bounds


def _line(
    pair: tuple[Scaled, Scaled], parts: Sequence[Piece], turn: int, bits: int
) -> list[Stretch]:
    """The panels of both half lines in order; the second function turned where rho < 0."""
    found = []
    for part in parts:
        start, stop = part.lower.ball(), part.upper.ball()
        for panel, points in sampled(pair, part, bits):
            ends = [float((start + (stop - start) * fraction(t)).mid()) for t in panel.ends]
            right = [(y, (w * a[0], w * b[::turn][0])) for y, w, (a, b) in points]
            left = [(-y, (w * a[1], w * b[::turn][1])) for y, w, (a, b) in points]
            found.append(Stretch(ends[0], ends[1], right, panel.errors))
            found.append(Stretch(-ends[1], -ends[0], left, panel.errors))
    return sorted(found, key=lambda stretch: stretch.lower)


def _sum(law: Law, line: list[Stretch], step: float, count: int, reach: int, turn: int) -> arb:
    """The trapezoidal sum, half of it where F G is even; F once where G is F."""
    f, g = law.functions
    even, alike = f.parity * g.parity == 1, f is g and turn == 1
    root, tau, wide = law.rho.sqrt(), law.spread, float(law.spread.upper()) * reach + 1e-9
    norm, scale = 1 / (tau * (2 * arb.pi()).sqrt()), -1 / (2 * tau * tau)
    lost = [law.outside(k, reach) for k in (0, 1)]
    uppers, total = [stretch.upper for stretch in line], arb(0)
    for k in range(0 if even else -count, count + 1):
        s = arb(k) * step
        centre = root * s
        middle = float(centre.mid())
        first, second, errors = arb(0), arb(0), [0.0, 0.0]
        for stretch in islice(line, bisect_left(uppers, middle - wide), None):
            if stretch.lower > middle + wide:
                break
            for y, (a, b) in stretch.samples:
                gap = y - centre
                bell = (scale * gap * gap).exp()
                first += a * bell
                if not alike:
                    second += b * bell
            errors = [e + more for e, more in zip(errors, stretch.errors, strict=True)]
        term = (-s * s / 2).exp() * (2 if even and k else 1)
        for which, value in enumerate((first, first if alike else second)):
            there = law.value(which, abs(s)) * lost[which]
            term *= norm * value + arb(0, (there + errors[which]).upper())
        total += term
    return total * step / (2 * arb.pi()).sqrt()
