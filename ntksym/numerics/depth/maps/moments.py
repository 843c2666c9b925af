r"""E[σ²], E[σ'²] and E[σσ] of one layer as functions of the variance, in balls and in doubles.

.. math:: \frac{d}{dq}\,\mathbb E[\sigma(\sqrt q Z)^2]=\frac1q\,\mathbb E[x\,\sigma(x)\,\sigma'(x)],
    \qquad x=\sqrt q Z,

needs no second derivative: kinks of σ do no harm.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from flint import arb
from sympy import DiracDelta, Expr, erf

from ntksym.calculus import derive
from ntksym.check.floats import floats
from ntksym.evaluate import Balls, precision, record, stable
from ntksym.evaluate.integrals.hermite import expand
from ntksym.evaluate.integrals.line.halfline import Integrands, Scaled
from ntksym.evaluate.integrals.pieces import derivative, knots
from ntksym.evaluate.integrals.series import series_dual
from ntksym.language import GaussianExpectation, c, q1, q2, u, z
from ntksym.networks import Activation
from ntksym.networks.dual import Dual, dual

GUARD = 40
EDGES = (1e-3, 1e-2, 0.05, 0.2, 0.6, 1.5, 3.0, 5.0, 9.5)
"""Of panels in standard deviations: fine at 0, where a saturating σ of a large variance turns."""


class Values(NamedTuple):
    """E[σ²], E[σ'²] and dE[σ²]/dq at one variance; balls, or arrays of doubles."""

    square: Any
    slope: Any
    growth: Any


@dataclass(frozen=True)
class Moments:
    """The moments of one activation; ``ValueError`` where σ jumps: then σ' has no square."""

    activation: Activation

    def __post_init__(self) -> None:
        name, others = self.activation.name, self.activation.expr.free_symbols - {z}
        if self.activation.derivative.has(DiracDelta):
            raise ValueError(f"activation: {name} jumps, so E[σ'(u)²] is infinite")
        if others:
            raise ValueError(f"activation: expected numbers for its parameters, got {others}")
        if not self.activation.expr.has(z):
            raise ValueError(f"activation: expected a function of z, got the constant {name}")

    @cached_property
    def elementary(self) -> Dual | None:
        """The dual where it is elementary; the others have integrals that lose no digits."""
        square = GaussianExpectation(self.activation.expr.subs(z, u) ** 2, q1)
        derivation = derive(square, "the variance")
        if derivation.complete and derivation.rhs.has(erf):
            return None
        pair = dual(self.activation)
        return pair if pair.kind == "elementary" else None

    def bits_of_variance(self, bits: int) -> int:
        """Of a variance under which ``pair`` has ``bits``: knots move with it, and the recurrence
        of Hermite polynomials enlarges that."""
        moving = any(knot != 0 for knot in knots(self.activation.expr, z))
        return 2 * bits + 100 if moving and self.elementary is None else bits

    def at(self, q: arb, bits: int) -> Values:
        """At the variance q > 0, to about ``bits`` bits."""
        closed = self.elementary
        with precision(bits + GUARD):
            if closed is not None:
                forms = [closed.diagonal, closed.slope, closed.diagonal.diff(q1)]
                return Values(*record([stable(form) for form in forms], [q1], Balls())(q))
            f = self.activation.expr
            functions = tuple(Scaled(g, z, q) for g in (f, derivative(f, z), z * f))
            pairings = ((0, 0, 1), (1, 1, 1), (2, 1, 1))
            found = expand(Integrands(functions, 0, pairings, 0), 2.0**-bits).moments
            return Values(found[0], found[1], found[2] / q)

    def pair(self, q: arb, rho: arb, bits: int) -> tuple[arb, arb]:
        """(Σ, Σ̇) of two inputs of variance q and correlation rho."""
        closed = self.elementary
        with precision(bits + GUARD):
            if closed is None:
                return series_dual(self.activation.expr, z, q, q, rho * q, 2.0**-bits)
            forms = [stable(closed.sigma), stable(closed.sigma_dot)]
            sigma, dot = record(forms, (q1, q2, c), Balls())(q, q, rho * q)
            return sigma, dot

    def doubles(self, q: Any) -> Values:
        """At each variance of an array, by quadrature between the knots: to look for roots."""
        f = self.activation.expr
        scale = np.sqrt(np.asarray(q, dtype=float))[:, None]
        t, weights = _panels([float(k) for k in knots(f, z)] / scale)
        x = scale * t
        with np.errstate(all="ignore"):
            value, slope = _on(f, x), _on(derivative(f, z), x)
            products = value**2, slope**2, x * value * slope / scale**2
            return Values(*(np.sum(weights * g, axis=1) for g in products))

    def double_pair(self, q: float, rho: float) -> tuple[float, float]:
        """(Σ, Σ̇), as good as the knots of σ allow: to start from."""
        (t,), (weights,) = _panels(np.empty((1, 0)))
        u_ = np.sqrt(q) * t[:, None]
        v_ = rho * u_ + np.sqrt((1 - rho) * (1 + rho)) * u_.T
        first, second = (
            float(weights @ (_on(g, u_) * _on(g, v_)) @ weights)
            for g in (self.activation.expr, derivative(self.activation.expr, z))
        )
        return first, second


def _on(f: Expr, x: Any) -> Any:
    return np.broadcast_to(floats(f, {z: x}), x.shape)


def _panels(inside: Any) -> tuple[Any, Any]:
    """Nodes, and weights times the density, of each row; cut at the row's knots ``inside``."""
    reach = EDGES[-1]
    fixed = np.broadcast_to([*(-e for e in EDGES), 0.0, *EDGES], (len(inside), 2 * len(EDGES) + 1))
    edges = np.sort(np.concatenate([np.clip(inside, -reach, reach), fixed], axis=1), axis=1)
    middle, half = (edges[:, 1:] + edges[:, :-1]) / 2, (edges[:, 1:] - edges[:, :-1]) / 2
    x, w = np.polynomial.legendre.leggauss(16)
    t = (middle[..., None] + half[..., None] * x).reshape(len(inside), -1)
    weights = (half[..., None] * w).reshape(len(inside), -1)
    return t, weights * np.exp(-(t**2) / 2) / np.sqrt(2 * np.pi)
