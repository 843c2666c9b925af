r"""The kernel near ρ = 1 and ρ = -1, layer by layer: a smooth part and one power that is not.

With t = 1 ∓ ρ of the inputs, a layer's correlation ends as :math:`r-A\,t^\alpha+\dots+C\,t^\nu`
and the tangent kernel as :math:`\Theta_0+\dots+T\,t^\mu`, where :math:`C\,t^\nu` and
:math:`T\,t^\mu` are the leading terms of an exponent that is no whole number.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from flint import arb

from ntksym.evaluate import Balls
from ntksym.lowering.program import Affine, Fork, Join, Nonlinear, Operation
from ntksym.numerics.sphere.angular import parameter
from ntksym.numerics.sphere.decay.singular import Kinks
from ntksym.numerics.sphere.decay.values import Values

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Term:
    """``factor`` t**``power``."""

    factor: arb
    power: Fraction

    def __rmul__(self, other: Any) -> "Term":
        return Term(other * self.factor, self.power)


Rough = Term | None
"""A leading term that is not smooth; ``None`` where all is smooth."""


def leading(*terms: Rough) -> Rough:
    """Of a sum; ``ArithmeticError`` where the leading factors may cancel."""
    present = [
        t for t in terms if t is not None and t.power.denominator > 1 and not t.factor.is_zero()
    ]
    if not present:
        return None
    power = min(t.power for t in present)
    factor = sum((t.factor for t in present if t.power == power), arb(0))
    if factor.contains(0):
        raise ArithmeticError("kernel: the leading terms at an end may cancel: no decay is known")
    return Term(factor, power)


@dataclass(frozen=True)
class End:
    """A layer's inputs near one end: ``place`` is 1, -1, or 0 for a correlation between them.

    ``rho`` is the correlation at the end, ``first`` its leading term, ``rough`` the first that is
    not smooth; ``theta`` and ``trained`` belong to the tangent kernel.
    """

    q: arb
    place: int
    rho: arb
    first: Term
    rough: Rough
    theta: arb
    trained: Rough


def end(
    operations: Sequence[Operation],
    tapes: dict[Any, Values],
    kinks: dict[Any, Kinks | None],
    parities: dict[Any, int],
    variance: arb,
    sign: int,
) -> End:
    """Through the network, for t = 1 - ``sign`` ρ at the inputs."""
    at = End(variance, sign, arb(sign), Term(arb(-sign), Fraction(1)), None, arb(0), None)
    kept = []
    for operation in operations:
        match operation:
            case Affine():
                at = _affine(at, operation)
            case Nonlinear(activation):
                at = _nonlinear(at, tapes[activation], kinks[activation], parities[activation])
            case Fork():
                kept.append(at)
            case Join():
                at = _joined(kept.pop(), at)
    return at


def _joined(kept: End, at: End) -> End:
    """Covariances add; between the ends the first term of the correlation plays no part."""
    q, both = kept.q + at.q, (kept, at)
    place = kept.place if kept.place == at.place else 0
    rho = arb(place) if place else (kept.q * kept.rho + at.q * at.rho) / q
    terms = [end.q / q * end.first for end in both]
    power = min(term.power for term in terms)
    first = Term(sum((x.factor for x in terms if x.power == power), arb(0)), power)
    rough = leading(*(end.rough and end.q / q * end.rough for end in both))
    trained = leading(kept.trained, at.trained)
    return End(q, place, rho, first, rough, kept.theta + at.theta, trained)


def _affine(at: End, layer: Affine) -> End:
    w, b = parameter(layer.w_std), parameter(layer.b_std)
    inside = b * b if layer.random_bias else 0 * b
    q = w * w * at.q + inside
    share = w * w * at.q / q
    rho = share * at.rho + inside / q
    rough = None if at.rough is None else share * at.rough
    place = 0 if inside != 0 and at.place < 0 else at.place
    trained = leading(
        None if rough is None else q * rough, None if at.trained is None else w * w * at.trained
    )
    theta = w * w * at.theta + q * rho + (b * b - inside)
    rho = arb(place) if place else rho
    return End(q, place, rho, share * at.first, rough, theta, trained)


def _nonlinear(at: End, tapes: Values, kinks: Kinks | None, parity: int) -> End:
    s, angle = at.q.sqrt(), at.rho.acos()
    t2, value = tapes.square(at.q), tapes.sigma(s, angle)
    place = at.place if at.place >= 0 else parity
    rho = arb(place) if place else value / t2
    bend: Rough = None
    step: Rough = None
    if kinks and at.place:
        size = abs(at.first.factor)
        power = kinks.order + HALF
        whole = kinks.dual(at.q, at.place)
        bend = Term(whole / t2 * _power(size, power), power * at.first.power)
        lower = -at.place * whole * Balls().exact(power) / at.q
        step = Term(lower * _power(size, power - 1), (power - 1) * at.first.power)
        if not whole.is_zero() and at.theta.contains(0):
            raise ArithmeticError("kernel: it may vanish at an end: no decay is known")
    if kinks and bend and not kinks.order:
        return replace(at, q=t2, place=place, rho=rho, first=bend, rough=bend)
    dot = tapes.dot(s, angle)
    rate = at.q / t2 * dot
    rough = leading(None if at.rough is None else rate * at.rough, bend)
    trained = leading(
        None if at.trained is None else dot * at.trained, None if step is None else at.theta * step
    )
    return End(t2, place, rho, rate * at.first, rough, at.theta * dot, trained)


def _power(x: arb, exponent: Fraction) -> arb:
    return x ** Balls().exact(exponent)
