r"""The rounding errors of a function, proved by running its own source on balls.

A number is the ball of its exact values and a bound of what the double is off by. Each operation
adds half a unit in the last place of the largest result; none where the result is a double for
certain: negation, a power of two as a factor, and a difference of a and b with b/2 <= a <= 2b
(sterbenz1974). A fused a*b + c leaves out a rounding that is counted here, so the bound holds
with and without. A choice that the ball does not decide is followed both ways.
"""

import math
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

from flint import arb

T = TypeVar("T")
NORMAL = 2.0**-1022
NONE = arb(0)


class Outside(ValueError):
    """The ball is too wide to say anything: it leaves the interval of a polynomial, say."""


@dataclass
class Choices:
    """The decisions to take first, and all that were taken."""

    script: list[bool] = field(default_factory=list)
    taken: list[bool] = field(default_factory=list)

    def take(self) -> bool:
        known = len(self.taken) < len(self.script)
        self.taken.append(self.script[len(self.taken)] if known else True)
        return self.taken[-1]


_CHOICES: ContextVar[Choices] = ContextVar("_CHOICES")


def paths(run: Callable[[], T]) -> Iterator[T]:
    """The result of ``run`` for each way that undecided choices may go."""
    scripts: list[list[bool]] = [[]]
    while scripts:
        choices = Choices(scripts.pop())
        token = _CHOICES.set(choices)
        try:
            yield run()
        finally:
            _CHOICES.reset(token)
        for i in range(len(choices.script), len(choices.taken)):
            scripts.append([*choices.taken[:i], False])


def either() -> bool:
    """Both answers, one in each path."""
    return _CHOICES.get().take()


def _less(a: arb, b: arb) -> bool:
    """Cells are closed, and cover their ends twice: an end that is equal decides nothing."""
    if a.upper() <= b.lower():
        return True
    if a.lower() >= b.upper():
        return False
    return either()


@dataclass(frozen=True, eq=False)
class Rounded:
    """A double within ``error`` of a number in the ball ``exact``."""

    exact: arb
    error: arb = NONE

    @property
    def double(self) -> arb:
        """The ball with the double itself."""
        return self.exact + arb(0, self.error)

    def __neg__(self) -> "Rounded":
        return Rounded(-self.exact, self.error)

    def __abs__(self) -> "Rounded":
        return Rounded(abs(self.exact), self.error)

    def __add__(self, other: "Rounded | float") -> "Rounded":
        a, b = self, rounded(other)
        free = _is_zero(a) or _is_zero(b) or _within_two(a.double, -b.double)
        return _result(a.exact + b.exact, a.error + b.error, free)

    def __sub__(self, other: "Rounded | float") -> "Rounded":
        return self + -rounded(other)

    def __mul__(self, other: "Rounded | float") -> "Rounded":
        a, b = self, rounded(other)
        carried = a.error * b.double.abs_upper() + b.error * a.exact.abs_upper()
        product = a.exact * b.exact
        large = (abs(product) - carried).lower() >= NORMAL
        free = _is_zero(a) or _is_zero(b) or (large and (_is_power(a) or _is_power(b)))
        return _result(product, carried, free)

    def __truediv__(self, other: "Rounded | float") -> "Rounded":
        a, b = self, rounded(other)
        quotient = a.exact / b.exact
        carried = (a.error + quotient.abs_upper() * b.error) / b.double.abs_lower()
        return _result(quotient, carried, False)

    def sqrt(self) -> "Rounded":
        root = self.exact.sqrt()
        carried = arb(0) if self.error == 0 else self.error / self.double.lower().sqrt()
        return _result(root, carried, False)

    def __radd__(self, other: float) -> "Rounded":
        return self + other

    def __rsub__(self, other: float) -> "Rounded":
        return rounded(other) - self

    def __rmul__(self, other: float) -> "Rounded":
        return self * other

    def __rtruediv__(self, other: float) -> "Rounded":
        return rounded(other) / self

    def __lt__(self, other: "Rounded | float") -> bool:
        return _less(self.double, rounded(other).double)

    def __gt__(self, other: "Rounded | float") -> bool:
        return _less(rounded(other).double, self.double)

    def __eq__(self, other: object) -> bool:
        """Only doubles known exactly; otherwise both sides of the choice agree where they meet."""
        return False


def rounded(x: "Rounded | float") -> Rounded:
    """A constant of the source is the double that it is."""
    return x if isinstance(x, Rounded) else Rounded(arb(x))


def _result(exact: arb, carried: arb, free: bool) -> Rounded:
    carried = carried.upper()
    if free or (carried == 0 and exact.is_exact() and arb(float(exact)) == exact):
        return Rounded(exact, carried)
    size = float((exact.abs_upper() + carried).upper())
    if not math.isfinite(size):
        return Rounded(arb("nan"), arb("inf"))
    return Rounded(exact, carried + arb(math.ulp(math.nextafter(size, math.inf))) / 2)


def _is_zero(a: Rounded) -> bool:
    return bool(a.exact == 0) and bool(a.error == 0)


def _is_power(a: Rounded) -> bool:
    return a.error == 0 and a.exact.is_exact() and abs(int(a.exact.man_exp()[0])) == 1


def _within_two(a: arb, b: arb) -> bool:
    if a < 0:
        a, b = -a, -b
    return bool(2 * a.lower() >= b.upper() and 2 * b.lower() >= a.upper())
