r"""A kernel of one hidden layer at multiples of one point, as a ball.

There :math:`u=sg`, :math:`v=tg` with one Gaussian g, so that the expectations are integrals over a
line, whatever σ is; they integrate σ itself and never see a closed form.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb
from sympy import Expr, Rational, sympify

from ntksym.evaluate import precision
from ntksym.evaluate.integrals.hermite import expand
from ntksym.evaluate.integrals.line.halfline import Integrands, Scaled
from ntksym.evaluate.integrals.pieces import derivative
from ntksym.kernel import Kernel
from ntksym.language import z
from ntksym.networks import Dense, Elementwise
from ntksym.networks.layers import exact
from ntksym.theorems.witnesses.circle import BITS, TOLERANCE, number


@dataclass(frozen=True)
class Pair:
    """Covariance and tangent kernel at sx and tx."""

    c: Any
    theta: Any


def at_multiples(kernel: Kernel, s: Rational, t: Rational, square: Rational) -> arb:
    """K(sx, tx) with x·x/n0 = ``square``; no bias before the activation is random."""
    tangent, power = kernel.kind == "ntk", sympify(square)
    with precision(BITS):
        at = Pair(number(s * t * square), arb(0))
        for layer in kernel.network.layers:
            if isinstance(layer, Dense):
                at, power = _dense(layer, at), power * sympify(exact(layer.w_std)) ** 2
            elif isinstance(layer, Elementwise):
                f, variances = layer.activation.expr, (power * s**2, power * t**2)
                turn = 1 if s * t > 0 else -1
                slope = _moment(derivative(f, z), variances, turn) if tangent else arb(0)
                at = Pair(_moment(f, variances, turn), at.theta * slope)
    return at.theta if tangent else at.c


def _dense(layer: Dense, at: Pair) -> Pair:
    w, b = (number(sympify(exact(value))) ** 2 for value in (layer.w_std, layer.b_std))
    inside = b if layer.bias_init == "gaussian" else arb(0)
    covariance = w * at.c + inside
    return Pair(covariance, w * at.theta + covariance + b - inside)


def _moment(f: Expr, variances: tuple[Expr, Expr], turn: int) -> arb:
    """E[f(u)f(v)] for u and v in one direction, or in opposite ones (``turn`` -1)."""
    sides = tuple(Scaled(f, z, _variance(q)) for q in variances)
    return expand(Integrands(sides, 0, ((0, 1, turn),), 0), TOLERANCE).moments[0]


def _variance(q: Expr) -> Fraction | arb:
    """Exact where it is rational: knots at one place are then seen to be."""
    return Fraction(int(q.p), int(q.q)) if q.is_Rational else number(q)
