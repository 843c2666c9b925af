r"""The maps of a wide layer, and their fixed points.

.. math:: V(q)=w^2\,\mathbb E[\sigma(\sqrt qZ)^2]+\beta^2,\qquad
    C(\rho)=\frac{w^2\,\mathbb E[\sigma(u)\sigma(v)]+\beta^2}{q^*},

u and v of variance q* = V(q*) and correlation ρ. C is a power series with coefficients that are not
negative (Mehler), so it is convex on [0, 1]: besides C(1) = 1 there is at most one fixed point, one
that attracts, and it exists where :math:`\chi_1=C'(1)>1` [poole2016].
"""

from dataclasses import dataclass

from flint import arb
from sympy import S

from ntksym.evaluate import precision
from ntksym.evaluate.integrals.line.halfline import Scaled
from ntksym.language import z
from ntksym.numerics.depth.maps.moments import GUARD, Moments, Values
from ntksym.numerics.depth.maps.numbers import Number, against_one, ball
from ntksym.numerics.depth.maps.origin import slopes_at_zero
from ntksym.numerics.depth.maps.roots import crossings, enclosed

NEWTON, FLOOR = 200, 2.0**-40


@dataclass(frozen=True)
class FixedPoint:
    """A fixed point of a map, and the slope there: exact, or balls."""

    value: Number
    slope: Number

    @property
    def stability(self) -> str:
        """``"attracting"``, ``"repelling"``; ``"neutral"`` where the slope is ±1 as far as seen."""
        sign = against_one(abs(self.slope))
        return {-1: "attracting", 1: "repelling", 0: "neutral", None: "undecided"}[sign]


@dataclass(frozen=True)
class Layer:
    """One layer in balls: σ, w² and β², the accuracy in bits."""

    moments: Moments
    w2: Number
    b2: Number
    bits: int

    def squares(self) -> tuple[arb, arb]:
        return ball(self.w2), ball(self.b2)

    def variance(self, q: arb, bits: int) -> arb:
        """V(q) - q."""
        w2, b2 = self.squares()
        return w2 * self.moments.at(q, bits).square + b2 - q

    def fixed_points(self, within: tuple[float, float]) -> tuple[tuple[FixedPoint, Number], ...]:
        """Fixed points of V, each with χ there: 0 where it is one, and those within the range."""
        found = []
        origin = slopes_at_zero(self.moments.activation)
        if self.b2 == 0 and origin is not None:
            exact = not isinstance(self.w2, arb)
            with precision(self.bits):
                slope = self.w2 * (origin.kappa if exact else ball(origin.kappa))
            found.append((FixedPoint(S.Zero, slope), slope))
        with precision(64):
            w2, b2 = (float(x.mid()) for x in self.squares())
        within = self.searched(within)
        for near in crossings(lambda q: w2 * self.moments.doubles(q).square + b2 - q, within):
            q = enclosed(self.variance, near, self.moments.bits_of_variance(self.bits))
            values = self.at(q)
            found.append((FixedPoint(q, values.growth), values.slope))
        return tuple(found)

    def searched(self, within: tuple[float, float]) -> tuple[float, float]:
        """The range, and β² in it: V(q) is not below that."""
        with precision(64):
            b2 = float(self.squares()[1].mid())
        return max(within[0], b2 / 2), max(within[1], 2 * b2)

    def at(self, q: arb) -> Values:
        """The moments times w²."""
        with precision(self.bits + GUARD):
            w2, _ = self.squares()
            return Values(*(w2 * value for value in self.moments.at(q, self.bits + 10)))

    def correlation(self, q: arb, chi: Number) -> FixedPoint:
        """The fixed point of C in [0, 1] that attracts; C'(1) = χ₁."""
        if against_one(chi) in (-1, 0):
            return FixedPoint(S.One, chi)
        if self.b2 == 0 and Scaled(self.moments.activation.expr, z, S.One).parity == -1:
            return FixedPoint(S.Zero, self._pair(q, arb(0), self.bits)[1])
        near = self._newton(q)
        rho = enclosed(lambda r, bits: self._pair(q, r, bits)[0] - r, near, self.bits, FLOOR)
        return FixedPoint(rho, self._pair(q, rho, self.bits)[1])

    def _newton(self, q: arb) -> float:
        """In doubles: from 0 Newton's steps rise to the first root of a convex function."""
        rho, variance = 0.0, float(q.mid())
        w2, b2 = (float(x.mid()) for x in self.squares())
        for _ in range(NEWTON):
            sigma, dot = self.moments.double_pair(variance, rho)
            step = ((w2 * sigma + b2) / variance - rho) / (1 - w2 * dot)
            rho += step
            if abs(step) < 1e-10 or not 0 <= rho < 1:
                break
        return min(max(rho, 0.0), 1 - 1e-9)

    def _pair(self, q: arb, rho: arb, bits: int) -> tuple[arb, arb]:
        """(C, C') at ρ."""
        sigma, dot = self.moments.pair(q, rho, bits)
        with precision(bits + GUARD):
            w2, b2 = self.squares()
            return (w2 * sigma + b2) / q, w2 * dot
