"""Arb balls: rigorous enclosures, and the loop that raises precision until they are narrow."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from threading import RLock
from typing import Any

import flint
import sympy
from flint import arb, fmpq
from sympy import Expr

from ntksym.arguments import integer
from ntksym.evaluate.primitives import Primitive

_TURN = RLock()
"""Arb has one precision for all threads, so that they take turns; a fork waits for its turn too."""
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_TURN.acquire, after_in_parent=_TURN.release, after_in_child=_TURN.release
    )


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Arb works at ``bits`` bits inside, and as before outside."""
    with _TURN:
        before = flint.ctx.prec
        flint.ctx.prec = bits
        try:
            yield
        finally:
            flint.ctx.prec = before


MOST = 10**8
"""Bits of a value: more would take days."""


class Balls:
    """Arb's real and complex balls at the precision in force."""

    @property
    def bits(self) -> int:
        return int(flint.ctx.prec)

    def constant(self, value: Expr) -> arb:
        if value.is_Rational:
            return arb(fmpq(int(value.p), int(value.q)))
        return arb.pi() if value is sympy.pi else arb(1).exp()

    def exact(self, value: Any) -> arb:
        """A number as given: ints, floats and fractions are taken as exact; balls stay balls."""
        if isinstance(value, arb):
            return value
        if isinstance(value, int):
            return arb(value)
        fraction = value if isinstance(value, Fraction) else Fraction(value)
        return arb(fmpq(fraction.numerator, fraction.denominator))

    def about(self, value: arb, error: arb) -> arb:
        """A ball that holds every number at most ``error`` from the value."""
        return value + arb(0, self.bound(error))

    def bound(self, value: arb) -> arb:
        """The largest absolute value in a ball."""
        return value.abs_upper()

    def column(self, row: Primitive) -> Callable[..., Any]:
        return row.ball


def width(ball: arb) -> float:
    """The radius as a float that is not smaller; infinity for a ball that says nothing."""
    return float(ball.rad().upper()) if ball.is_finite() else float("inf")


def narrowed(compute: Callable[[Balls], tuple[arb, arb]], bits: int) -> arb:
    """``compute(numbers) -> (value, scale)`` at rising precision until ``bits`` bits are right.

    The ball's radius is at most ``2**-bits`` of the value; where the value may be zero, of
    ``scale``. Raises ``ArithmeticError`` when no precision up to 64 times ``bits`` reaches it.
    """
    working = integer("bits", bits, 2, MOST) + 20
    while working < 64 * (bits + 64):
        with precision(working):
            value, scale = compute(Balls())
            if value.is_exact() or value.rel_accuracy_bits() >= bits:
                return value
            if value.contains(0) and value.rad() <= scale.abs_lower() * arb(2) ** (-2 * bits):
                return value
        working *= 2
    raise ArithmeticError(f"{bits} bits were not reached with {working // 2} working bits")
