r"""A kernel at two points of a sphere, from their angle, as a ball.

It integrates σ itself and never sees a closed form, and the angle may be any multiple of π, where
coordinates would have to be rounded. Where u = ±v exactly, one integral instead of a series.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from flint import arb, fmpq
from sympy import Expr, Rational, sympify

from ntksym.calculus import derive
from ntksym.evaluate import Balls, Tape, precision, record
from ntksym.evaluate.integrals.hermite import expand
from ntksym.evaluate.integrals.line.halfline import Integrands, Scaled
from ntksym.evaluate.integrals.pieces import derivative, value_at_zero
from ntksym.evaluate.integrals.series import series_dual, series_pair
from ntksym.kernel import Kernel
from ntksym.language import c, q1, q2, z
from ntksym.networks import Dense, Residual
from ntksym.networks.dual import pair_of
from ntksym.networks.layers import Layer, exact
from ntksym.theorems.activations import Shape

TOLERANCE = 2.0**-60
BITS = 256


@dataclass(frozen=True)
class Pair:
    """Variance, covariance and tangent kernel; ``turn`` is ±1 where c = ±q exactly, else 0."""

    q: arb
    c: arb
    theta: arb
    turn: int


def on_circle(kernel: Kernel, variance: Expr, angle: Rational, bits: int = BITS) -> arb:
    """K at two points with x·x = n0 ``variance`` that are ``angle`` times π apart."""
    turned = Rational(angle) % 2
    turn = {Rational(0): 1, Rational(1): -1}.get(turned, 0)
    with precision(bits):
        q = number(variance)
        cosine = arb.cos_pi_fmpq(fmpq(int(turned.p), int(turned.q)))
        start = Pair(q, turn * q if turn else q * cosine, arb(0), turn)
        tangent = kernel.kind == "ntk"
        end = Balled(tangent).through(kernel.network.layers, start)
        return end.theta if tangent else end.c


@dataclass(frozen=True)
class Balled:
    """The recursion in balls."""

    tangent: bool

    def through(self, layers: tuple[Layer, ...], at: Pair) -> Pair:
        for layer in layers:
            if isinstance(layer, Dense):
                at = self.dense(layer, at)
            elif isinstance(layer, Residual):
                other = self.through(layer.layers, at)
                turn = at.turn if at.turn == other.turn else 0
                at = Pair(at.q + other.q, at.c + other.c, at.theta + other.theta, turn)
            else:
                at = self.elementwise(Shape(layer.activation), at)
        return at

    def dense(self, layer: Dense, at: Pair) -> Pair:
        w, b = (number(sympify(exact(value))) for value in (layer.w_std, layer.b_std))
        inside = b * b if layer.bias_init == "gaussian" else arb(0)
        q, k = w * w * at.q + inside, w * w * at.c + inside
        turn = at.turn if at.turn == 1 or inside == 0 else 0
        return Pair(q, k, w * w * at.theta + k + b * b - inside, turn)

    def elementwise(self, shape: Shape, at: Pair) -> Pair:
        f = shape.expr
        if at.q == 0:
            value = value_at_zero(f, z) ** 2
            return Pair(value, value, arb(0), 1)
        if shape.is_polynomial:
            return self.moved(at, *(_polynomial(g) for g in (f, f.diff(z))))
        if at.turn:
            even, odd = shape.parts
            straight = at.turn == 1 or (odd is not None and odd.is_zero)
            mirrored = even is not None and even.is_zero
            g = derivative(f, z) if self.tangent else f
            (square, mixed), dot = _aligned(f, at), _aligned(g, at)[1]
            turn = 1 if straight else -1 if mirrored else 0
            exact_c = {1: square, -1: -square}.get(turn, mixed)
            return Pair(square, exact_c, at.theta * dot, turn)
        q, (square, _) = at.q, _aligned(f, at)
        if not self.tangent:
            return Pair(square, series_pair(f, z, q, q, at.c, TOLERANCE), at.theta, 0)
        mixed, dot = series_dual(f, z, q, q, at.c, TOLERANCE)
        return Pair(square, mixed, at.theta * dot, 0)

    def moved(self, at: Pair, sigma: Tape, dot: Tape) -> Pair:
        (square,), (mixed,) = sigma(at.q, at.q, at.q), sigma(at.q, at.q, at.c)
        (slope,) = dot(at.q, at.q, at.c)
        return replace(at, q=square, c=mixed, theta=at.theta * slope, turn=max(at.turn, 0))


def _aligned(f: Expr, at: Pair) -> tuple[arb, arb]:
    """E[f(u)²] and E[f(u)f(±u)]."""
    g = Scaled(f, z, at.q)
    found = expand(Integrands((g,), 0, ((0, 0, 1), (0, 0, at.turn or 1)), 0), TOLERANCE)
    return found.moments[0], found.moments[1]


def _polynomial(f: Expr) -> Tape:
    """E[f(u)f(v)] by the rules for moments."""
    value = derive(pair_of(f), "moments").rhs if f.has(z) else f**2
    return record([value], (q1, q2, c), Balls())


def number(value: Any) -> arb:
    """An exact number as a ball, at the precision in force."""
    if isinstance(value, int | Fraction):
        return Balls().exact(value)
    return record([value], (), Balls())()[0]
