r"""The eigenvalues as balls: one set of nodes for all degrees, at a precision that is enough.

.. math:: \mu_k=\frac{|S^{d-2}|}{|S^{d-1}|}\int_0^\pi K(\varphi)\,P_k(\cos\varphi)\,
    \sin^{d-2}\varphi\,d\varphi,\qquad 0\le N(d,k)\,\mu_k\le K(0):

the degrees of high multiplicity are small by cancellation, which N(d, k) foretells.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from flint import acb, arb, arb_mat

from ntksym.evaluate import precision
from ntksym.numerics.sphere.angular import Angular
from ntksym.numerics.sphere.harmonics import GROWTH, density, multiplicity, polynomials
from ntksym.numerics.sphere.rules import Panel, plan

MARGIN, LARGEST = 16, 64
SMALL = 1024
"""A ball of 2**-SMALL of the whole that holds 0 may be one of 0."""
Kernels = Callable[[], Angular]
"""The kernel in the angle, at the precision in force."""


@dataclass(frozen=True)
class Integrals:
    """The problem: a kernel, a sphere, and which degrees are wanted."""

    kernel: Kernels
    dimension: int
    degrees: Sequence[int]

    def eigenvalues(self, bits: int, positive: Callable[[int], bool]) -> tuple[list[arb], arb]:
        """The μ_k to ``bits`` bits, and K(0).

        A ball that holds 0 has a radius of at most ``2**-SMALL`` K(0)/N(d, k), or its degree is
        not ``positive`` and it is 0. Raises ``ArithmeticError`` where no precision suffices.
        """
        wanted = bits + MARGIN
        while wanted < LARGEST * (bits + 64):
            values, trace = self._attempt(wanted)
            with precision(wanted):
                good = [
                    not positive(k)
                    or ball.rel_accuracy_bits() >= bits
                    or (ball.contains(0) and wanted >= 2 * bits + SMALL)
                    for k, ball in zip(self.degrees, values, strict=True)
                ]
            if all(good):
                return [
                    v if positive(k) else arb(0) for k, v in zip(self.degrees, values, strict=True)
                ], trace
            wanted *= 2
        raise ArithmeticError(f"degrees: {bits} bits were not reached with {wanted // 2}")

    def _attempt(self, wanted: int) -> tuple[list[arb], arb]:
        """Errors of at most 2**-wanted K(0)/N(d, k) for the largest k, and about that of others."""
        highest = max(self.degrees)
        small = wanted + multiplicity(self.dimension, highest).bit_length()
        with precision(64):
            trace = self.kernel()(arb(0))
            panels = self._panels(highest, _log2(trace) - small, 64 + 4 * small)
        bits = small + math.ceil(GROWTH * highest) + 8 * len(self.kernel().operations)
        with precision(bits + sum(p.nodes for p in panels).bit_length()):
            kernel = self.kernel()
            return self._sums(kernel, panels), kernel(arb(0))

    def _panels(self, highest: int, allowed: float, fine: int) -> list[Panel]:
        """At the precision of bounds; with more where the kernel is not analytic at the ends."""
        try:
            return self._planned(highest, allowed, 64)
        except ArithmeticError:
            return self._planned(highest, allowed, fine)

    def _planned(self, highest: int, allowed: float, bits: int) -> list[Panel]:
        power = self.dimension - 2
        with precision(bits):
            kernel = self.kernel()
            trace = kernel(arb(0))
            size = _log2(trace) - math.log2(power + 1) + 1e-6

            def ends(length: float) -> float:
                return size + (power + 1) * length

            return plan(_Border(kernel, trace, power, highest), ends, allowed - 10)

    def _sums(self, kernel: Angular, panels: list[Panel]) -> list[arb]:
        """The rules' sums, with the errors of the rules in the radii."""
        points = [point for panel in panels for point in panel.points()]
        power, factor = self.dimension - 2, density(self.dimension)
        weights = arb_mat(
            [[factor * weight * kernel(phi) * phi.sin() ** power] for phi, weight in points]
        )
        error = sum((arb(2) ** _up(p.error) for p in panels), arb(0)) * factor
        rows = polynomials(self.dimension, [phi.cos() for phi, _ in points])
        found, wanted = {}, set(self.degrees)
        for k, row in enumerate(islice(rows, max(self.degrees) + 1)):
            if k in wanted:
                found[k] = (arb_mat([row]) * weights)[0, 0] + arb(0, error.upper())
        return [found[k] for k in self.degrees]


@dataclass(frozen=True)
class _Border:
    """log2 of a bound of K P_k sin^(d-2) on a ball, if the ball is narrow enough to tell."""

    kernel: Angular
    trace: arb
    power: int
    degree: int

    def __call__(self, ball: acb) -> float:
        value = self.kernel(ball)
        if not value.is_finite():
            return math.inf
        loose = acb(value.real.rad(), value.imag.rad())
        if not abs(loose) <= 3 * (abs(value.mid()) + self.trace):
            return math.inf
        sine = self.power * _log2(abs(ball.sin())) if self.power else 0.0
        height = float(abs(ball.imag).upper()) * 1.4426950409
        return _log2(abs(value)) + sine + self.degree * height + 1e-6


def _log2(size: arb) -> float:
    upper = size.upper()
    return float((upper.log() / arb(2).log()).upper()) if upper > 0 else -math.inf


def _up(exponent: float) -> arb:
    return arb(math.ceil(exponent)) if math.isfinite(exponent) else arb(-(2**40))
