"""A program run on pairs in exact arithmetic: mpmath to any digits, or Arb balls.

The inputs are taken as exact, so 1 - rho starts from integers: it is exactly zero for parallel
points, and as accurate as asked for close ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from sympy import atan2

from ntksym.evaluate import SQRT, TABLE, Hypot, Tape, record
from ntksym.lowering.code.forms import Forms, Tapes, taped
from ntksym.lowering.coordinates import Coordinates
from ntksym.lowering.program import Affine, Fork, Join, Nonlinear, Operation
from ntksym.lowering.series.pairs import Summed


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
    """A program in one number system at one precision. ``same``: the two points are one.

    What no point enters is worked out: made once, it runs on any number of pairs.
    """

    numbers: Any
    operations: tuple[Operation, ...]
    tapes: dict[Any, Tapes | Summed]
    same: bool = False

    def entry(self, x: Coordinates, y: Coordinates, tangent: bool) -> tuple[Any, Any]:
        """The tangent kernel or the covariance of two points, and the size of what it sums."""
        state = replace(self, same=x == y).run(x, y)
        value = state.theta if tangent else state.covariance
        return value, state.s1 * state.s2 + abs(value)

    def run(self, x: Coordinates, y: Coordinates) -> State:
        """The state at the end of the program."""
        state, kept = self.start(x, y), []
        for operation in self.operations:
            match operation:
                case Affine():
                    state = self.affine(state, operation)
                case Nonlinear():
                    state = self.nonlinear(state, operation)
                case Fork():
                    kept.append(state)
                case Join():
                    state = self.join(kept.pop(), state)
        return state

    def sqrt(self, x: Any) -> Any:
        return self.numbers.column(SQRT)(x)

    def hypot(self, x: Any, y: Any) -> Any:
        return self.numbers.column(TABLE[Hypot])(x, y)

    def start(self, x: Coordinates, y: Coordinates) -> State:
        """x·x'/n0 and the gaps, from exact sums."""
        a, b, k = x.dot(x), y.dot(y), x.dot(y)
        exact, n = self.numbers.exact, len(x.numerators)
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
        w, b = operation.w_std, operation.b_std
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
        lowered = self.tapes[operation.activation]
        if isinstance(lowered, Summed):
            return self.summed(state, lowered)
        diagonal, branches, singular = lowered
        if self.same and state.minus == 0:
            square, slope = diagonal(state.s1)
            t = self.sqrt(square)
            return replace(state, s1=t, s2=t, theta=state.theta * slope)
        gaps = state.minus, state.plus
        if singular and any(not gap > 0 and self.numbers.bound(gap) < 1 for gap in gaps):
            return self.on_a_line(state, operation, diagonal)
        t1, t2 = (self.sqrt(diagonal(s)[0]) for s in (state.s1, state.s2))
        sign = 1 if state.plus >= state.minus or not state.plus < state.minus else -1
        rho = (state.plus - state.minus) / 2
        root = self.sqrt(state.minus * state.plus)
        angle = self.numbers.column(TABLE[atan2])(root, sign * rho)
        of_gaps, dot = branches[sign]
        points = state.s1, t1, state.s2, t2
        at = (*points, state.minus, state.plus, root, rho, angle, angle - root)
        zero = t1 == 0 or t2 == 0
        minus, plus = (state.minus, state.plus) if zero else of_gaps(*at)
        return State(t1, t2, minus, plus, state.theta * dot(*at)[0])

    def on_a_line(self, state: State, operation: Nonlinear, diagonal: Tape) -> State:
        r"""From a correlation beside ±1, at which a dual with Φ₂ is 0/0.

        :math:`(\mathbb E[f(u)g]-\mathbb E[f(u')g])^2\le
        2\,(\mathbb E[f(u)^2]-\mathbb E[f(u)f(u')])\,\mathbb E[g^2]` bounds the step.
        """
        close = not state.minus > 0
        step = self.numbers.exact(Fraction(1, 2 ** (self.numbers.bits // 2)))
        step += self.numbers.bound(state.minus if close else state.plus)
        beside = (step, 2 - step) if close else (2 - step, step)
        near = self.nonlinear(replace(state, minus=beside[0], plus=beside[1]), operation)
        alike = State(state.s1, state.s1, step, 2 - step, self.numbers.exact(1))
        alike = self.nonlinear(alike, operation)
        slope1, slope2 = (diagonal(s)[1] for s in (state.s1, state.s2))
        off = self.sqrt(abs(2 * alike.minus))
        turned = state.theta * self.sqrt(abs(2 * (slope1 - alike.theta) * slope2))
        about = self.numbers.about
        minus, plus = about(near.minus, off), about(near.plus, off)
        return State(near.s1, near.s2, minus, plus, about(near.theta, turned))

    def summed(self, state: State, series: Summed) -> State:
        """The gaps from the correlation: what cancels there, higher precision makes good."""
        bits, q1, q2 = self.numbers.bits, state.s1 * state.s1, state.s2 * state.s2
        if self.same and state.minus == 0:
            square, slope = series.pair(q1, q1, q1, bits)
            t = self.sqrt(square)
            return replace(state, s1=t, s2=t, theta=state.theta * slope)
        covariance, dot = series.pair(q1, q2, state.covariance, bits)
        t1, t2 = (self.sqrt(series.square(q, bits)) for q in (q1, q2))
        zero = t1 == 0 or t2 == 0
        rho = (state.plus - state.minus) / 2 if zero else covariance / (t1 * t2)
        return State(t1, t2, 1 - rho, 1 + rho, state.theta * dot)

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


def exact(
    operations: Sequence[Operation], lowered: dict[Any, Forms | Summed], numbers: Any
) -> Exact:
    """A program at the precision of ``numbers``; with series these are balls."""
    tapes: dict[Any, Tapes | Summed] = {
        key: value if isinstance(value, Summed) else taped(value, numbers)
        for key, value in lowered.items()
    }
    return Exact(numbers, tuple(_numeric(o, numbers) for o in operations), tapes)


def _numeric(operation: Operation, numbers: Any) -> Operation:
    """With parameters in the numbers of the system, from fractions or SymPy constants."""
    if not isinstance(operation, Affine):
        return operation

    def number(value: Any) -> Any:
        if isinstance(value, Fraction):
            return numbers.exact(value)
        return record([value], (), numbers)()[0]

    return replace(operation, w_std=number(operation.w_std), b_std=number(operation.b_std))
