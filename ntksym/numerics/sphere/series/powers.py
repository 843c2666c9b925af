r"""A kernel of the sphere as a power series in the correlation of the inputs, layer by layer.

With :math:`a_k=\mathbb E[\sigma(\sqrt qZ)h_k(Z)]` and c the correlation before an activation

.. math:: \Sigma=\sum_ka_k^2c^k,\qquad\dot\Sigma=\frac1q\sum_kk\,a_k^2c^{k-1},
    \qquad c=\sum_nc_n\rho^n,\quad c_n\ge0 .

No coefficient is negative, so what is left out of any of the series only makes the coefficients of
the kernel smaller; in all it is K(1) less the sum of those that were found.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import ceil, log2
from typing import Any

import flint
from flint import arb, arb_poly, arb_series

from ntksym.evaluate import precision
from ntksym.evaluate.integrals.hermite import expand
from ntksym.evaluate.integrals.line.halfline import Integrands, Scaled
from ntksym.evaluate.integrals.pieces import derivative
from ntksym.language import z
from ntksym.lowering.program import Affine, Fork, Join, Nonlinear, Operation
from ntksym.networks import Activation
from ntksym.numerics.sphere.angular import parameter

GUARD = 64
Progress = Callable[[int, int], None]
"""Hears how many layers are done, and of how many."""


@dataclass(frozen=True)
class State:
    """Variance, and the polynomials of the covariance and of the tangent kernel, which is
    ``theta`` at ρ = 1."""

    q: arb
    covariance: arb_poly
    theta: arb
    trained: arb_poly


@dataclass(frozen=True)
class Powers:
    """``coefficients`` of ρ⁰, ρ¹, ...: balls of numbers no larger than the kernel's own, which
    are short of K(1) = ``trace`` by ``missing``. ``bits`` is the precision to work with them."""

    coefficients: tuple[arb, ...]
    trace: arb
    missing: arb
    bits: int


@dataclass(frozen=True)
class Expanded:
    """A network on the sphere x·x = n0 ``variance``, its series cut after ρ^``order``.

    Integrals err by at most about 2**-``fine``.
    """

    operations: Sequence[Operation]
    tangent: bool
    variance: Any
    order: int
    fine: int

    def powers(self, progress: Progress | None = None) -> Powers:
        bits = self.fine + GUARD + ceil(log2(self.order))
        with precision(bits), length(self.order + 1):
            zero, one = arb_poly([]), parameter(self.variance)
            at, kept = State(one, arb_poly([0, one]), arb(0), zero), []
            for done, operation in enumerate(self.operations):
                match operation:
                    case Affine():
                        at = self._affine(at, operation)
                    case Nonlinear():
                        at = self._nonlinear(at, operation.activation)
                    case Fork():
                        kept.append(at)
                    case Join():
                        at = _sum(kept.pop(), at)
                if progress:
                    progress(done + 1, len(self.operations))
            trace, poly = (at.theta, at.trained) if self.tangent else (at.q, at.covariance)
            found = tuple(poly.coeffs())
            return Powers(found, trace, trace - sum(found, arb(0)), bits)

    def _affine(self, at: State, layer: Affine) -> State:
        w, b = (parameter(x) ** 2 for x in (layer.w_std, layer.b_std))
        inside, outside = (b, 0 * b) if layer.random_bias else (0 * b, b)
        q, covariance = w * at.q + inside, w * at.covariance + inside
        if not self.tangent:
            return replace(at, q=q, covariance=covariance)
        theta, trained = w * at.theta + q + outside, w * at.trained + covariance + outside
        return State(q, covariance, theta, trained)

    def _nonlinear(self, at: State, activation: Activation) -> State:
        f, tolerance = activation.expr, 2.0**-self.fine
        forms = (f, derivative(f, z)) if self.tangent else (f,)
        functions = tuple(Scaled(g, z, at.q) for g in forms)
        squares = tuple((i, i, 1) for i in range(len(forms)))
        found = expand(Integrands(functions, 1, squares, self.order), tolerance)
        masses = arb_poly([h * h for (h,) in found.coefficients])
        correlation = at.covariance * (1 / at.q)
        covariance = composed(masses, correlation)
        if not self.tangent:
            return replace(at, q=found.moments[0], covariance=covariance)
        dot = composed(masses.derivative() * (1 / at.q), correlation)
        trained = _cut(arb_series(dot, flint.ctx.cap) * arb_series(at.trained, flint.ctx.cap))
        return State(found.moments[0], covariance, at.theta * found.moments[1], trained)


def composed(outer: arb_poly, inner: arb_poly) -> arb_poly:
    """outer(inner(ρ)) up to the length in force; shifted, for the constant of ``inner``."""
    if inner.degree() <= 1:
        return outer(inner)
    terms, cap = inner.coeffs(), flint.ctx.cap
    shifted = outer(arb_poly([terms[0], 1]))
    return _cut(arb_series(shifted, cap)(arb_series([arb(0), *terms[1:]], cap)))


def _cut(series: arb_series) -> arb_poly:
    return arb_poly([series[n] for n in range(flint.ctx.cap)])


def _sum(kept: State, at: State) -> State:
    pairs = zip(vars(kept).values(), vars(at).values(), strict=True)
    return State(*(a + b for a, b in pairs))


@contextmanager
def length(terms: int) -> Iterator[None]:
    """Power series keep so many terms inside, and as before outside."""
    before = flint.ctx.cap
    flint.ctx.cap = terms
    try:
        yield
    finally:
        flint.ctx.cap = before
