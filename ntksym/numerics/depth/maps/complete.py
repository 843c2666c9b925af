r"""That no fixed point of the variance was missed: V(q) - q in balls over the whole range.

On a part of the range the ball of :math:`g(q)=V(q)-q`, by the mean value theorem, has a sign; or g'
has one, so that there is one root at most, and the signs at the ends tell whether there is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from flint import arb
from sympy import factor

from ntksym.evaluate import Balls, precision, record, stable
from ntksym.language import q1
from ntksym.numerics.depth.maps.layer import FixedPoint, Layer

BITS, PARTS, EVALUATIONS = 96, 16, 400


@dataclass(frozen=True)
class Gap:
    """V(q) - q at a point and its slope on a ball, and the roots that are known."""

    value: Callable[[arb], arb]
    slope: Callable[[arb], arb]
    known: Sequence[arb]

    def settled(self, start: arb, stop: arb) -> bool | None:
        """Whether every root of the part is known; ``None`` where the balls do not tell."""
        whole, middle = start.union(stop), ((start + stop) / 2).mid()
        slope = self.slope(whole)
        around = self.value(middle) + slope * (whole - middle)
        if around > 0 or around < 0:
            return True
        left, right = self.value(start), self.value(stop)
        if not (slope > 0 or slope < 0) or left.contains(0) or right.contains(0):
            return None
        inside = [root for root in self.known if start < root and root < stop]
        return bool(left * right > 0) or len(inside) == 1


def no_others(layer: Layer, found: Sequence[FixedPoint], within: tuple[float, float]) -> bool:
    """Whether it is proved; False also where V is no closed form, whose balls would be slow."""
    low, high = layer.searched(within)
    ends = [low * (high / low) ** (k / PARTS) for k in range(PARTS + 1)]
    parts, left = list(pairwise(ends)), EVALUATIONS
    with precision(BITS):
        gap = _gap(layer, [p.value for p in found if isinstance(p.value, arb)])
        while gap and parts and left:
            start, stop = parts.pop()
            answer = gap.settled(arb(start), arb(stop))
            middle = sqrt(start * stop)
            if answer is False or not start < middle < stop:
                return False
            if answer is None:
                parts += [(start, middle), (middle, stop)]
            left -= 1
    return gap is not None and not parts


def _gap(layer: Layer, known: Sequence[arb]) -> Gap | None:
    closed = layer.moments.elementary
    if closed is None:
        return None
    forms = stable(closed.diagonal), factor(closed.diagonal.diff(q1))
    square, growth = (record([form], [q1], Balls()) for form in forms)
    w2, b2 = layer.squares()
    return Gap(lambda q: w2 * square(q)[0] + b2 - q, lambda q: w2 * growth(q)[0] - 1, known)
