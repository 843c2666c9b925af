"""One layer of one pair without a closed form, in balls: the Hermite series at balls."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flint import arb

if TYPE_CHECKING:
    from sympy import Expr

LARGEST = 960
"""Bits: the tolerance of a series is a double."""


@dataclass(frozen=True)
class Summed:
    """An activation whose Σ and Σ̇ are summed. Without ``tangent`` Σ̇ is left out as 0."""

    f: "Expr"
    tangent: bool

    def pair(self, q1: arb, q2: arb, c: arb, bits: int) -> tuple[arb, arb]:
        """E[f(u)f(v)] and E[f'(u)f'(v)] for every law in the balls.

        Their radii are 2**-bits, and what the width of the balls makes of them. The two variables
        are one where the same object stands for q1, q2 and c. ``ArithmeticError`` beyond
        ``LARGEST`` bits, and where the series is too slow: close points, a function with a kink.
        """
        from ntksym.evaluate.integrals.series import series_dual, series_pair
        from ntksym.language import z

        if bits > LARGEST:
            raise ArithmeticError(f"a series is summed to {LARGEST} bits, not to {bits}")
        if self.tangent:
            return series_dual(self.f, z, q1, q2, c, 2.0**-bits)
        return series_pair(self.f, z, q1, q2, c, 2.0**-bits), arb(0)

    def square(self, q: arb, bits: int) -> arb:
        """E[f(u)²]."""
        from ntksym.evaluate.integrals.series import series_pair
        from ntksym.language import z

        return series_pair(self.f, z, q, q, q, 2.0**-bits)
