"""mpmath in a private context: no global precision is touched."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import sympy
from mpmath.ctx_mp import MPContext
from mpmath.libmp import dps_to_prec, mpf_pos
from sympy import Expr

from ntksym.arguments import integer
from ntksym.evaluate.primitives import Primitive

MOST = 10**7
"""Digits of a value: more would take days."""


class Decimals:
    """mpmath numbers at a fixed number of working digits."""

    def __init__(self, digits: int) -> None:
        self.ctx = MPContext()
        self.ctx.dps = digits

    @property
    def bits(self) -> int:
        return int(self.ctx.prec)

    def constant(self, value: Expr) -> Any:
        if value.is_Rational:
            return self.ctx.mpf(int(value.p)) / int(value.q)
        return +self.ctx.pi if value is sympy.pi else +self.ctx.e

    def exact(self, value: Any) -> Any:
        """A number as given: ints, floats and fractions are taken as exact."""
        if hasattr(value, "_mpf_"):
            return self.ctx.mpf(value)
        fraction = Fraction(value)
        return self.ctx.mpf(fraction.numerator) / fraction.denominator

    def about(self, value: Any, error: Any) -> Any:
        """The value: mpmath has no errors, two runs are compared."""
        return value

    def bound(self, value: Any) -> Any:
        return abs(value)

    def column(self, row: Primitive) -> Callable[..., Any]:
        return lambda *args: row.mp(self.ctx, *args)


def converged(compute: Callable[[Decimals], tuple[Any, Any]], digits: int) -> mpmath.mpf:
    """``compute(numbers) -> (value, scale)`` at rising precision until ``digits`` digits stand.

    Two runs of different precision must agree to ``10**-digits`` relative to ``value`` (to
    ``scale`` where the value cancels to nothing). Raises ``ArithmeticError`` when they never do.
    """
    wanted(digits)
    previous, cancelled, working = None, None, digits + 10
    while working < 64 * (digits + 100):
        numbers = Decimals(working)
        working = (working * 3) // 2 + 10
        try:
            value, scale = compute(numbers)
        except ZeroDivisionError as error:  # by a number whose digits cancelled
            previous, cancelled = None, error
            continue
        if previous is not None:
            gap = abs(value - previous)
            tiny = numbers.ctx.mpf(10) ** (-digits - 1)
            if gap <= tiny * abs(value) or (gap <= tiny**2 * scale and abs(value) <= tiny * scale):
                return rounded(value, digits)
        previous = value
    message = f"{digits} digits were not reached with {working} working digits"
    raise ArithmeticError(message) from cancelled


def wanted(digits: object) -> None:
    """An error unless so many digits can be asked for."""
    integer("digits", digits, 1, MOST)


def rounded(value: Any, digits: int) -> mpmath.mpf:
    """As a number of the public mpmath context that carries a few guard bits, no more."""
    return mpmath.mp.make_mpf(mpf_pos(value._mpf_, dps_to_prec(digits + 3), "n"))
