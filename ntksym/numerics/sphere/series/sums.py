r"""Eigenvalues from the powers of the correlation, to a wanted relative accuracy.

.. math:: \mu_k=\sum_{n\le N}b_nm_{n,k}+r_k,\qquad
    0\le r_k\le\Bigl(K(1)-\sum_{n\le N}b_n\Bigr)\sup_{n>N}m_{n,k}:

a sum of terms of which none is negative, so that small eigenvalues lose no digits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from flint import arb

from ntksym.evaluate import precision
from ntksym.lowering.program import Operation
from ntksym.numerics.sphere.series.monomials import beyond, column
from ntksym.numerics.sphere.series.powers import Expanded, Powers, Progress

MARGIN, LARGEST_ORDER, LARGEST_FINE = 16, 4000, 900
TRIALS = 12


@dataclass(frozen=True)
class Row:
    """An eigenvalue: the sum up to the order, and a bound of the rest."""

    total: arb
    rest: arb

    @property
    def ball(self) -> arb:
        return self.total + arb(0).union(self.rest)


@dataclass(frozen=True)
class Sums:
    """The problem: a network, a sphere, and which degrees are wanted."""

    operations: Sequence[Operation]
    tangent: bool
    variance: Any
    dimension: int
    degrees: Sequence[int]

    def eigenvalues(
        self, bits: int, positive: Callable[[int], bool], progress: Progress | None
    ) -> tuple[list[arb], arb]:
        """The μ_k to ``bits`` bits and K(1); 0 for a degree that is not ``positive``.

        ``ArithmeticError`` where too many orders, or too fine integrals, would be needed.
        """
        order, fine, reached = max(64, 2 * max(self.degrees) + 32), bits + 2 * MARGIN, 0
        for _ in range(TRIALS):
            wide = Expanded(self.operations, self.tangent, self.variance, order, fine)
            powers = wide.powers(progress)
            with precision(powers.bits):
                rows = [self._row(k, powers, order) if positive(k) else None for k in self.degrees]
                balls = [arb(0) if row is None else row.ball for row in rows]
                found = [row for row in rows if row is not None]
                reached = min([row.ball.rel_accuracy_bits() for row in found], default=bits)
                if reached >= bits:
                    return balls, powers.trace
                last, (order, fine) = order, _more(found, powers, order, fine, bits)
            order = min(order, LARGEST_ORDER)
            if last == LARGEST_ORDER or fine > LARGEST_FINE:
                break
        raise ArithmeticError(
            f"degrees: {bits} bits of the eigenvalues up to degree {max(self.degrees)} need more "
            f"than {LARGEST_ORDER} Hermite orders or integrals below 2**-{LARGEST_FINE}; expected "
            f"at most {max(reached, 0)} bits ({int(max(reached, 0) * 0.30103)} digits), lower "
            f"degrees or a higher dimension: series are slow for an activation with kinks"
        )

    def _row(self, k: int, powers: Powers, order: int) -> "Row":
        total, terms = arb(0), column(self.dimension, k)
        for n in range(k, order + 1, 2):
            factor = next(terms)
            if n < len(powers.coefficients):
                total += powers.coefficients[n] * factor
        rest = powers.missing.upper().max(arb(0))
        return Row(total, (rest * beyond(self.dimension, k, order, next(terms))).upper())


def _more(rows: list[Row], powers: Powers, order: int, fine: int, bits: int) -> tuple[int, int]:
    """As integrals err by 2**-fine, and what is missing falls like exp(-c sqrt(order))."""
    coarse = max(bits - row.total.rel_accuracy_bits() for row in rows) + MARGIN
    lack = max(bits + _log2(row.rest) - _log2(row.total) for row in rows) + MARGIN
    have = max(1.0, _log2(powers.trace) - _log2(powers.missing))
    wanted = max(fine, ceil(fine + coarse), ceil(have + lack) + MARGIN)
    if powers.missing.rad() >= powers.missing.upper() / 2:
        return order, max(wanted, fine + MARGIN)
    growth = ((have + lack) / have) ** 2
    return ceil(order * min(4.0, max(1.2, 1.05 * growth))), wanted


def _log2(size: arb) -> float:
    upper = size.abs_upper()
    return float(upper.log() / arb(2).log()) if upper > 0 else -float("inf")
