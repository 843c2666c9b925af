r"""The kernel as a function of the angle between two points of the sphere, real or complex.

Through the layers goes the gap :math:`m=1-\rho`. The angle after a layer,
:math:`\vartheta=-2i\log(y+ix)` with :math:`x=\sqrt{m/2}=\sin\tfrac\vartheta2` and
:math:`y=\sqrt{1-m/2}=\cos\tfrac\vartheta2`, is analytic in the angle :math:`\varphi` of the inputs
even where a gap vanishes: at both ends the zeros are known and of second order, so that

.. math:: x=\varphi\,(\pi-\varphi)^{e}\sqrt{h/2},\qquad h=\frac{m}{\varphi^2(\pi-\varphi)^{2e}},

and h has a positive real part in a region if it has one on its border; y in the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from flint import acb, arb
from sympy import log

from ntksym.evaluate import SQRT, TABLE, Balls, record
from ntksym.lowering.program import Affine, Fork, Join, Nonlinear, Operation
from ntksym.numerics.sphere.layers import OnSphere, Tapes


@dataclass(frozen=True)
class Region:
    """Angles of the inputs: a ball around ``centre``, or one real number (``spread`` is 0)."""

    whole: Any
    centre: Any

    @property
    def spread(self) -> Any:
        return self.whole - self.centre


@dataclass(frozen=True)
class State:
    """Both variances, the gap at the centre and its derivative in φ on the region, the rest there.

    ``antipode``: the correlation of opposite points where it is 1 or -1, else 0.
    """

    q: arb
    gap: Any
    slope: Any
    theta: Any
    antipode: int


@dataclass(frozen=True)
class Angular:
    """A network's kernel of points with x·x/n0 = ``variance``, at the precision of its tapes."""

    operations: Sequence[Operation]
    tapes: dict[Any, Tapes]
    parities: dict[Any, int]
    tangent: bool
    variance: arb

    def __call__(self, whole: Any) -> Any:
        """The kernel on all angles of a ball; no number where it is not seen to be analytic.

        A complex ball lies off 0 and π. A finite value on each of the balls that cover the border
        of a region shows that the kernel is analytic inside.
        """
        region = Region(whole, whole.mid() if isinstance(whole, acb) else whole)
        state, kept = self._start(region), []
        for operation in self.operations:
            match operation:
                case Affine():
                    state = self._affine(state, operation, region)
                case Nonlinear():
                    state = self._nonlinear(state, operation.activation, region)
                case Fork():
                    kept.append(state)
                case Join():
                    state = _join(kept.pop(), state)
        return state.theta if self.tangent else _covariance(state, region)

    def _start(self, region: Region) -> State:
        gap = 2 * (region.centre / 2).sin() ** 2
        return State(self.variance, gap, region.whole.sin(), 0 * region.whole, -1)

    def _affine(self, state: State, layer: Affine, region: Region) -> State:
        w, b = parameter(layer.w_std), parameter(layer.b_std)
        inside = b if layer.random_bias else 0 * b
        scaled = w * w * state.q
        q = scaled + inside * inside
        share = scaled / q if q != 0 else arb(1)
        antipode = 0 if inside != 0 and state.antipode < 0 else state.antipode
        after = State(q, share * state.gap, share * state.slope, state.theta, antipode)
        if not self.tangent:
            return after
        outside = 0 if layer.random_bias else b * b
        return replace(after, theta=w * w * state.theta + _covariance(after, region) + outside)

    def _nonlinear(self, state: State, activation: Any, region: Region) -> State:
        r"""The gap by the mean value theorem, as :math:`d\Sigma/dc=\dot\Sigma` [price1958].

        Σ itself is computed at a point: its terms cancel, and balls of them would not.
        """
        tapes, s = self.tapes[activation], state.q.sqrt()
        t2, parity = tapes.square(state.q), self.parities[activation]
        antipode = parity if state.antipode < 0 else state.antipode
        point = state.gap.mid()
        angle, _ = _angle(point, state.antipode, region.centre)
        if region.whole == 0:
            theta = state.theta * tapes.dot(s, angle) if self.tangent else state.theta
            return replace(state, q=t2, theta=theta)
        around = angle + self._turn(state, region)
        rate = state.q / t2 * (dot := tapes.dot(s, around))
        gap = 1 - tapes.sigma(s, angle) / t2 + rate * (state.gap - point)
        theta = state.theta * dot if self.tangent else state.theta
        return State(t2, gap, rate * state.slope, theta, antipode)

    def _turn(self, state: State, region: Region) -> Any:
        """From the angle at the gap's midpoint to all others of the region: dϑ = dm / sin ϑ."""
        gap = state.gap
        if isinstance(region.whole, acb):
            gap += state.slope * region.spread
        _, sine = _angle(gap, state.antipode, region.whole)
        moved = gap - state.gap.mid()
        return moved if moved == 0 else moved / sine


def _covariance(state: State, region: Region) -> Any:
    spread = state.slope * region.spread if isinstance(region.whole, acb) else 0
    return state.q * (1 - state.gap - spread)


def _join(kept: State, state: State) -> State:
    q = kept.q + state.q
    gap, slope = (
        (kept.q * a + state.q * b) / q
        for a, b in ((kept.gap, state.gap), (kept.slope, state.slope))
    )
    antipode = kept.antipode if kept.antipode == state.antipode else 0
    return State(q, gap, slope, kept.theta + state.theta, antipode)


def _angle(gap: Any, antipode: int, phi: Any) -> tuple[Any, Any]:
    """The angle with this gap, and its sine."""
    half = gap / 2
    if not isinstance(phi, acb):
        x, y = SQRT.ball(half), SQRT.ball(1 - half)
        return 2 * arb.atan2(x, y), 2 * x * y
    rest = arb.pi() - phi
    low = phi * rest if antipode > 0 else phi
    high = rest if antipode < 0 else acb(1)
    x, y = low * _root(half / low**2), high * _root((1 - half) / high**2)
    angle = acb(0, -2) * TABLE[log].ball(y + acb(0, 1) * x)
    return angle, 2 * x * y if angle.is_finite() else angle


def _root(h: acb) -> acb:
    return h.sqrt() if h.real > 0 else acb(arb.nan())


def parameter(value: Any) -> arb:
    if isinstance(value, Fraction):
        return Balls().exact(value)
    return record([value], (), Balls())()[0]


def angular(
    operations: Sequence[Operation],
    lowered: dict[Any, OnSphere],
    parities: dict[Any, int],
    tangent: bool,
    variance: Any,
) -> Angular:
    """At the precision in force. ``parities``: 1 for an even activation, -1 for an odd one."""
    tapes = {activation: form.tapes() for activation, form in lowered.items()}
    return Angular(operations, tapes, parities, tangent, parameter(variance))
