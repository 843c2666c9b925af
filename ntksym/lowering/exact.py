"""A program run on one pair in exact arithmetic: mpmath to any digits, or Arb balls.

The inputs are taken as exact, so 1 - rho starts from integers: it is exactly zero for parallel
points, and as accurate as asked for close ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
from sympy import atan2

from ntksym.evaluate import SQRT, TABLE, Hypot, Tape, record
from ntksym.lowering.code import gaps as f
from ntksym.lowering.code.forms import Form, Forms
from ntksym.lowering.program import Affine, Fork, Join, Nonlinear, Operation


@dataclass(frozen=True)
class State:
    """A pair between two operations, in the numbers of some system."""

    s1: Any
    s2: Any
    minus: Any
    plus: Any
    theta: Any

    @property
    def covariance(self) -> Any:
        return self.s1 * self.s2 * (self.plus - self.minus) / 2


@dataclass(frozen=True)
class Exact:
    """The arithmetic of one number system at one precision. ``same``: the two points are one."""

    numbers: Any
    tapes: dict[Any, tuple[Tape, dict[int, tuple[Tape, Tape]]]]
    same: bool

    def sqrt(self, x: Any) -> Any:
        return self.numbers.column(SQRT)(x)

    def hypot(self, x: Any, y: Any) -> Any:
        return self.numbers.column(TABLE[Hypot])(x, y)

    def parameter(self, value: Any) -> Any:
        """A fraction, or a SymPy constant, as a number."""
        if isinstance(value, Fraction):
            return self.numbers.exact(value)
        return record([value], (), self.numbers)()[0]

    def start(self, x: Sequence[Fraction], y: Sequence[Fraction]) -> State:
        """x·x'/n0 and the gaps, from exact sums."""
        a, b, k = _dot(x, x), _dot(y, y), _dot(x, y)
        exact, n = self.numbers.exact, len(x)
        s1, s2 = (self.sqrt(exact(value / n)) for value in (a, b))
        one, zero = exact(1), exact(0)
        if a == 0 or b == 0:
            gaps = (zero, exact(2)) if a == b else (one, one)
            return State(s1, s2, *gaps, zero)
        r = self.sqrt(exact(a * b))
        gap = exact(a * b - k * k) / (r * (r + exact(abs(k))))
        pair = (gap, one + exact(k) / r) if k >= 0 else (one - exact(k) / r, gap)
        return State(s1, s2, *pair, zero)

    def affine(self, state: State, operation: Affine) -> State:
        w, b = self.parameter(operation.w_std), self.parameter(operation.b_std)
        zero = self.numbers.exact(0)
        inside, outside = (b, zero) if operation.random_bias else (zero, b)
        t1, t2 = w * state.s1, w * state.s2
        s1, s2 = self.hypot(t1, inside), self.hypot(t2, inside)
        r, scaled, level = s1 * s2, t1 * t2, inside * inside
        if r == 0:
            minus, plus = state.minus, state.plus
        else:
            step = zero if self.same else t1 - t2
            apart = level * step * step / (r + scaled + level)
            minus = (scaled * state.minus + apart) / r
            plus = (scaled * state.plus + 2 * level + apart) / r
        after = State(s1, s2, minus, plus, zero)
        return replace(after, theta=w * w * state.theta + after.covariance + outside * outside)

    def nonlinear(self, state: State, operation: Nonlinear) -> State:
        diagonal, branches = self.tapes[operation.activation]
        if self.same and state.minus == 0:
            square, slope = diagonal(state.s1)
            t = self.sqrt(square)
            return replace(state, s1=t, s2=t, theta=state.theta * slope)
        t1, t2 = (self.sqrt(diagonal(s)[0]) for s in (state.s1, state.s2))
        sign = 1 if state.plus >= state.minus or not state.plus < state.minus else -1
        rho = (state.plus - state.minus) / 2
        root = self.sqrt(state.minus * state.plus)
        angle = self.numbers.column(TABLE[atan2])(root, sign * rho)
        gaps, dot = branches[sign]
        points = state.s1, t1, state.s2, t2
        at = (*points, state.minus, state.plus, root, rho, angle, angle - root)
        zero = t1 == 0 or t2 == 0
        minus, plus = (state.minus, state.plus) if zero else gaps(*at)
        return State(t1, t2, minus, plus, state.theta * dot(*at)[0])

    def join(self, kept: State, state: State) -> State:
        s1, s2 = self.hypot(kept.s1, state.s1), self.hypot(kept.s2, state.s2)
        ra, rb, r = kept.s1 * kept.s2, state.s1 * state.s2, s1 * s2
        theta = kept.theta + state.theta
        if r == 0:
            return State(s1, s2, kept.minus, kept.plus, theta)
        across = 0 if self.same else kept.s1 * state.s2 - state.s1 * kept.s2
        apart = across * across / (r + ra + rb)
        minus = (ra * kept.minus + rb * state.minus + apart) / r
        plus = (ra * kept.plus + rb * state.plus + apart) / r
        return State(s1, s2, minus, plus, theta)


Tapes = dict[Any, tuple[Tape, dict[int, tuple[Tape, Tape]]]]


def tapes(lowered: dict[Any, Forms], numbers: Any) -> Tapes:
    """The forms of each activation, ready to run at the precision of ``numbers``."""
    return {key: _tapes(value, numbers) for key, value in lowered.items()}


def run(
    operations: Sequence[Operation],
    tapes: Tapes,
    x: Sequence[Fraction],
    y: Sequence[Fraction],
    numbers: Any,
) -> State:
    """The state at the end of the program, at the precision of ``numbers``."""
    exact = Exact(numbers, tapes, list(x) == list(y))
    state, kept = exact.start(x, y), []
    for operation in operations:
        match operation:
            case Affine():
                state = exact.affine(state, operation)
            case Nonlinear():
                state = exact.nonlinear(state, operation)
            case Fork():
                kept.append(state)
            case Join():
                state = exact.join(kept.pop(), state)
    return state


def _tapes(lowered: Forms, numbers: Any) -> tuple[Tape, dict[int, tuple[Tape, Tape]]]:
    symbols = (f.s1, f.t1, f.s2, f.t2, f.minus, f.plus, f.root, f.rho, f.angle, f.excess)

    def both(form: Form) -> tuple[Tape, Tape]:
        gaps = record([form.minus, form.plus], symbols, numbers)
        return gaps, record([form.dot], symbols, numbers)

    diagonal = record([lowered.diagonal, lowered.slope], [f.s1], numbers)
    return diagonal, {1: both(lowered.rising), -1: both(lowered.falling)}


def vector(name: str, value: Any) -> list[Fraction]:
    """A point as exact fractions: a sequence of ints, floats, fractions or mpmath numbers."""
    if isinstance(value, str) or np.ndim(value) != 1:
        raise ValueError(f"{name}: expected one point of shape (d,), got {value!r:.80}")
    entries = value.tolist() if isinstance(value, np.ndarray) else list(value)
    if not entries:
        raise ValueError(f"{name}: expected at least one coordinate, got none")
    return [_fraction(name, entry) for entry in entries]


def _fraction(name: str, entry: Any) -> Fraction:
    if hasattr(entry, "_mpf_"):
        sign, mantissa, exponent, _ = entry._mpf_
        return Fraction(-mantissa if sign else mantissa) * Fraction(2) ** exponent
    try:
        return Fraction(entry.item() if isinstance(entry, np.generic) else entry)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name}: expected finite real numbers, got {entry!r}") from None


def _dot(x: Sequence[Fraction], y: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(x, y, strict=True)), Fraction(0))
