"""Is a constant zero, or positive? Exactly, or not at all."""

from flint import arb
from sympy import Expr, radsimp, simplify

from ntksym.evaluate import Balls, precision, record

BITS = 256


class Undecided(Exception):
    """The question is not answered, for the reason given: a value, not a fault of the user."""


def ball(expr: Expr) -> arb | None:
    """A ball that holds a constant; ``None`` where it has no such value."""
    if expr.free_symbols:
        return None
    with precision(BITS):
        try:
            (value,) = record([expr], (), Balls())()
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        value = value if isinstance(value, arb) else arb(value)
        return value if value.is_finite() else None


def vanishes(expr: Expr) -> bool:
    """Whether a constant is 0; a ball off 0 proves that it is not, algebra that it is.

    >>> from sympy import sqrt
    >>> vanishes(sqrt(2) * sqrt(3) - sqrt(6)), vanishes(sqrt(2) - 1)
    (True, False)
    """
    if expr.is_zero is not None:
        return bool(expr.is_zero)
    value = ball(expr)
    if value is not None and not value.contains(0):
        return False
    if simplify(radsimp(expr)) == 0:
        return True
    raise Undecided(f"whether {expr} is zero is not known")


def positive(expr: Expr, name: str) -> bool:
    """Whether a standard deviation, known not to be negative, is positive."""
    if expr.is_positive is not None:
        return bool(expr.is_positive)
    try:
        return not vanishes(expr)
    except Undecided:
        raise Undecided(
            f"whether {name} = {expr} is positive is not known; declare it, "
            f"Symbol({str(expr)!r}, positive=True)"
        ) from None
