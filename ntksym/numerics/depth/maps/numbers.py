"""Exact numbers and balls side by side: a SymPy expression where one is known, else Arb."""

from math import ceil
from typing import Any

from flint import arb
from sympy import Expr, log, oo

from ntksym.arguments import integer, standard_deviation, symbolic
from ntksym.evaluate import Balls, precision, record
from ntksym.language import q
from ntksym.networks.layers import exact

Number = Any
"""A SymPy expression, exact; or a ``flint.arb`` that contains the value."""
MOST_DIGITS, MOST_BITS = 250, 900


def parameter(name: str, value: Any) -> Number:
    """A standard deviation as it is meant: 0.1 is one tenth, a ball stays a ball."""
    if not isinstance(value, arb):
        standard_deviation(name, value)
    number = value if isinstance(value, arb) else symbolic(name, exact(value))
    if isinstance(number, arb):
        good = number.is_finite() and not number < 0
    elif number.is_number:
        good = number.is_nonnegative
    else:
        good = number.is_negative is not True and number.is_extended_real is not False
    if not good:
        raise ValueError(f"{name}: expected a finite value of at least 0, got {value}")
    return number


def bits_of(digits: Any) -> int:
    """The bits that hold ``digits`` digits."""
    return ceil(3.33 * integer("digits", digits, 1, MOST_DIGITS)) + 4


def ball(x: Number) -> arb:
    """At the precision in force."""
    return x if isinstance(x, arb) else record([x], [], Balls())()[0]


def against_one(x: Number) -> int | None:
    """The sign of x - 1; for a ball around 1 it is 0, for an open expression ``None``."""
    if isinstance(x, arb):
        return -1 if x < 1 else 1 if x > 1 else 0
    gap = x - 1
    sign = -1 if gap.is_negative else 1 if gap.is_positive else 0 if gap.is_zero else None
    if sign is None and gap.is_number:
        raise ValueError(f"it is not known whether {x} is above 1")
    return sign


def accuracy(x: Number) -> int:
    """The right bits of a ball, a few less for what is computed from it."""
    bits = int(x.rel_accuracy_bits()) - 10 if isinstance(x, arb) else MOST_BITS
    if bits < 10:
        raise ValueError(f"expected a narrower ball than {x}")
    return min(bits, MOST_BITS)


def scale(slope: Number) -> Number:
    """-1/log|slope|, in which a deviation falls to 1/e; oo where |slope| is 1 as far as is seen."""
    if isinstance(slope, arb) and slope.contains(0):
        return _small(slope)
    if not isinstance(slope, arb) and slope.is_zero:
        return slope
    if against_one(abs(slope)) == 0:
        return oo
    return -1 / (abs(slope).log() if isinstance(slope, arb) else log(abs(slope)))


def _small(slope: arb) -> arb:
    """Any number from 0 to the scale of the largest slope in the ball."""
    return arb(0).union(-1 / abs(slope).upper().log())


def free(x: Number) -> bool:
    """Whether x has symbols."""
    return isinstance(x, Expr) and bool(x.free_symbols)


def at_variance(form: Expr, variance: Number, bits: int) -> Number:
    """An expression in q at a variance: exact at an exact one."""
    if not isinstance(variance, arb):
        return form.subs(q, variance)
    with precision(bits):
        return record([form], [q], Balls())(variance)[0]
