r"""The correlation map at ρ = 1, and what it makes of the kernel on the critical line.

.. math:: 1-C(1-\varepsilon)=\chi_1\varepsilon-a\,\varepsilon^\nu+o(\varepsilon^\nu).

From :math:`C'(\rho)=w^2\mathbb E[\sigma'(u)\sigma'(v)]=\chi_1-\tfrac{w^2}2\mathbb E[(\sigma'(u)-
\sigma'(v))^2]`: where σ' jumps by J at k, u and v lie on different sides of k with probability
:math:`\varphi_q(k)\,\mathbb E|u-v|=\varphi_q(k)\,2\sqrt{q\varepsilon/\pi}` to first order, so

.. math:: \nu=\tfrac32,\quad a=\tfrac23w^2\sqrt{q/\pi}\sum_kJ_k^2\,\varphi_q(k);
    \qquad\text{without jumps}\quad\nu=2,\quad a=\tfrac12w^2q\,\mathbb E[\sigma''(u)^2].

With :math:`\chi_1=1` the gap falls as :math:`\varepsilon_l\sim(a(\nu-1)l)^{-1/(\nu-1)}`, so
:math:`C'(\rho_l)\sim1-p/l` with :math:`p=\nu/(\nu-1)`, and :math:`\Theta^{(l+1)}=q^*\rho_{l+1}+
C'(\rho_l)\Theta^{(l)}` has the solution :math:`\Theta^{(l)}\sim q^*l/(1+p)` [hayou2019].
"""

from dataclasses import dataclass

from flint import arb
from sympy import Expr, Rational, S, pi, sqrt
from sympy import exp as exponential

from ntksym.evaluate import precision
from ntksym.evaluate.integrals.hermite import expand
from ntksym.evaluate.integrals.line.halfline import Integrands, Scaled
from ntksym.evaluate.integrals.pieces import derivative, knots, one_sided
from ntksym.language import q, z
from ntksym.networks import Activation
from ntksym.numerics.depth.maps.numbers import Number, at_variance


@dataclass(frozen=True)
class Expansion:
    """ν and a; ``gap(l)`` is (coefficient, power) of the gap on the critical line."""

    exponent: Rational
    coefficient: Number

    @property
    def ratio(self) -> Rational:
        """Off the diagonal by on it, of the critical kernel of many layers: 1/(1 + p)."""
        p = self.exponent / (self.exponent - 1)
        return 1 / (1 + p)


def jumps(activation: Activation) -> dict[Expr, Expr]:
    """Where σ' jumps, and by how much."""
    slope, found = derivative(activation.expr, z), {}
    for knot in knots(activation.expr, z):
        left, right = one_sided(slope, z, knot)
        if (gap := (right - left).simplify()) != 0:
            found[knot] = gap
    return found


def from_jumps(found: dict[Expr, Expr]) -> Expr:
    """The a / w² of ν = 3/2, in q."""
    total = sum(
        gap**2 * exponential(-(knot**2) / (2 * q)) / sqrt(2 * pi * q) for knot, gap in found.items()
    )
    return (Rational(2, 3) * sqrt(q / pi) * total).simplify()


def expansion(activation: Activation, w2: Number, variance: Number, bits: int) -> Expansion | None:
    """At the variance q*; ``None`` where the gap does not change by itself (σ linear), or where σ''
    has no square that is seen to be integrable."""
    found = jumps(activation)
    if found:
        form = from_jumps(found)
        return Expansion(Rational(3, 2), at_variance(form, variance, bits) * w2)
    if not isinstance(variance, arb):
        return None
    try:
        curvature = derivative(derivative(activation.expr, z), z)
        if curvature == S.Zero:
            return None
        with precision(bits):
            one = Scaled(curvature, z, variance)
            (square,) = expand(Integrands((one,), 0, ((0, 0, 1),), 0), 2.0**-bits).moments
            return Expansion(Rational(2), w2 * variance * square / 2)
    except (ValueError, ArithmeticError):
        return None
