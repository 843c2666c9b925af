r"""What the kinks of an activation leave at ρ = 1 and ρ = -1, where its dual is not smooth.

Let :math:`\sigma^{(j)}` be the first derivative that jumps, by :math:`\Delta_a` at the knots a.
For one jump, :math:`P(u>a>v)\approx\frac{e^{-a^2/2q}}{\pi\sqrt2}\sqrt{1-\rho}`, so that the part of
:math:`\mathbb E[\sigma^{(j)}(u)\sigma^{(j)}(v)]` that is not smooth begins with

.. math:: -g_+\sqrt{1-\rho},\quad g_+=\sum_a\frac{\Delta_a^2}{\pi\sqrt2}e^{-a^2/2q}
    \qquad\text{and}\qquad
    g_-\sqrt{1+\rho},\quad g_-=\sum_a\frac{\Delta_a\Delta_{-a}}{\pi\sqrt2}e^{-a^2/2q};

each integration in c [price1958] raises the power by one.
"""

from dataclasses import dataclass

from flint import arb
from sympy import Expr, Rational

from ntksym.evaluate import Balls, record
from ntksym.evaluate.integrals.line.plain import plain
from ntksym.evaluate.integrals.pieces import knots, resolved
from ntksym.language import z

MOST = 12
"""A knot of which so many derivatives see nothing is taken for none."""


@dataclass(frozen=True)
class Kinks:
    """The knots of an activation and the jumps there of its derivative of order ``order``."""

    order: int
    jumps: tuple[tuple[Expr, Expr], ...]

    def dual(self, q: arb, sign: int) -> arb:
        r"""The coefficient of (1 - sign ρ)^(order + 1/2) in Σ, both variances q."""
        balls = [tuple(record([plain(e)], [], Balls())()[0] for e in pair) for pair in self.jumps]
        total = arb(0)
        for (knot, _), (a, jump) in zip(self.jumps, balls, strict=True):
            for (other, _), (_, second) in zip(self.jumps, balls, strict=True):
                if other - sign * knot == 0:
                    total += jump * second * (-a * a / (2 * q)).exp()
        half = arb(1) / 2
        integrated = (half + 1).gamma() / (half + 1 + self.order).gamma()
        turned = -((-1) ** self.order) if sign > 0 else 1
        return turned * total / (arb.pi() * arb(2).sqrt()) * q**self.order * integrated


def kinks(f: Expr) -> Kinks | None:
    """The kinks of f(z), or ``None`` where it is analytic."""
    places = knots(f, z)
    for order in range(MOST):
        jumps = [(a, _jump(f, a, order, places)) for a in places]
        if found := tuple((a, jump) for a, jump in jumps if jump != 0):
            return Kinks(order, found)
    return None


def _jump(f: Expr, at: Expr, order: int, places: list[Expr]) -> Expr:
    """Of the derivative, from the formulas that hold beside the knot."""
    gaps = [abs(a - at) for a in places if a != at]
    step = min([Rational(1), *(Rational(float(gap)) for gap in gaps)]) / 2
    left, right = (
        resolved(f, {z: Rational(float(at)) + s * step}).diff(z, order).subs(z, at) for s in (-1, 1)
    )
    return (right - left).simplify()
