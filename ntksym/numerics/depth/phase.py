"""``phase``: order or chaos, the depth to which a signal travels, the kernel's limit."""

from dataclasses import dataclass, replace
from typing import Any

from flint import arb
from sympy import Expr, S, simplify

from ntksym.arguments import choice
from ntksym.evaluate import precision
from ntksym.language import q
from ntksym.networks import Activation, activation
from ntksym.networks.layers import BIAS
from ntksym.numerics.depth.expansion import Expansion, expansion
from ntksym.numerics.depth.limit import Limit, limit
from ntksym.numerics.depth.maps.complete import no_others
from ntksym.numerics.depth.maps.layer import FixedPoint, Layer
from ntksym.numerics.depth.maps.moments import GUARD, Moments
from ntksym.numerics.depth.maps.numbers import (
    Number,
    accuracy,
    against_one,
    ball,
    bits_of,
    free,
    parameter,
    scale,
)
from ntksym.numerics.depth.maps.origin import linear_sides
from ntksym.numerics.depth.maps.roots import interval
from ntksym.render import Document

WITHIN = (1e-6, 1e4)
REGIMES = {-1: "ordered", 0: "critical", 1: "chaotic", None: "undecided"}


@dataclass(frozen=True)
class Phase:
    r"""What many layers of one activation, w and β do to variances, correlations and the kernel.

    ``fixed_points``: of the variance map, with their slopes V'(q*); ``variance`` is the one that is
    reached, ``None`` where there is none. ``chi`` is
    :math:`\chi_1=w^2\,\mathbb E[\sigma'(\sqrt{q^*}Z)^2]`. ``correlation``: the attracting fixed
    point of the correlation map and its slope. ``regime``: ``"ordered"`` for χ₁ < 1, ``"critical"``
    for χ₁ = 1 (for a ball: it holds 1), ``"chaotic"`` for χ₁ > 1; ``"unstable"`` where
    the variance settles at no fixed point; ``"undecided"`` where that depends on symbols (the
    numbers are then those for χ₁ < 1).
    ``expansion``: of the correlation map at 1, where χ₁ = 1. ``depth_scales``: (ξ_q, ξ_c), the
    layers in which a deviation of q or ρ falls to 1/e, -1/log|slope|. ``limit``: the tangent kernel
    of many layers, ``None`` where no one limit holds for all inputs. ``complete``: it is proved
    that V has no other fixed point in the range that was searched.

    Numbers are SymPy expressions where they are exact, else Arb balls that contain the value.
    """

    activation: Activation
    w_std: Number
    b_std: Number
    fixed_points: tuple[FixedPoint, ...]
    variance: FixedPoint | None
    chi: Number | None
    correlation: FixedPoint | None
    expansion: Expansion | None
    regime: str
    depth_scales: tuple[Number | None, Number | None] = (None, None)
    limit: Limit | None = None
    bias_init: str = "gaussian"
    complete: bool = False

    @property
    def trained(self) -> Number:
        """What a bias that starts at 0 adds to the tangent kernel with each layer."""
        return self.b_std**2 if self.bias_init == "zero" else S.Zero

    def document(self) -> Document:
        """The maps, the fixed points, the regime and the limit, with references."""
        from ntksym.numerics.depth.article import article

        return article(self)


def phase(
    activation_: Activation | str,
    w_std: Any = 1,
    b_std: Any = 0,
    *,
    bias_init: str = "gaussian",
    start: Any = 1,
    digits: int = 15,
    within: tuple[float, float] = WITHIN,
) -> Phase:
    r"""The phase of wide, deep networks of one activation [poole2016] [schoenholz2017].

    .. math:: q\mapsto w^2\,\mathbb E[\sigma(\sqrt qZ)^2]+\beta^2,\qquad
        \chi_1=w^2\,\mathbb E[\sigma'(\sqrt{q^*}Z)^2]

    Exact for a positively homogeneous σ, with SymPy symbols too; else balls with about ``digits``
    digits. With ``bias_init="zero"`` β² is in the tangent kernel alone. Fixed points of the
    variance are found by changes of sign between 600 points ``within`` (lowest, highest), and each
    is then enclosed; ``complete`` says whether balls over the range prove that there are no others.
    The phase is that at the fixed point to which the variance ``start`` flows. Raises
    ``ValueError`` for bad parameters and where σ jumps, ``ArithmeticError`` where a root is not
    isolated at this accuracy.

    >>> from sympy import sqrt
    >>> phase("relu", sqrt(2)).regime, phase("relu", 1, 1).limit.diagonal
    ('critical', 4)
    """
    sigma, bits = activation(activation_), bits_of(digits)
    w, b = parameter("w_std", w_std), parameter("b_std", b_std)
    first, searched = parameter("start", start), interval(within)
    zero = choice("bias_init", bias_init, BIAS) == "zero"
    inside = S.Zero if zero else b
    sides = linear_sides(sigma)
    if sides is not None and not isinstance(w, arb) and not isinstance(b, arb):
        found = _homogeneous(sigma, w, inside, sides.kappa)
        return _with_limit(replace(found, b_std=b, bias_init=bias_init, complete=True))
    for name, value in (("w_std", w), ("b_std", b), ("start", first)):
        if free(value):
            raise ValueError(f"{name}: expected a number for {sigma.name}, got {value}")
        bits = min(bits, accuracy(value))
    moments = Moments(sigma)
    with precision(bits + 10 + GUARD):
        layer = Layer(moments, w**2, inside**2, bits + 10)
        points = layer.fixed_points(searched)
        fixed = tuple(point for point, _ in points)
        unstable = Phase(
            sigma, w, b, fixed, None, None, None, None, "unstable",
            bias_init=bias_init, complete=no_others(layer, fixed, searched),
        )  # fmt: skip
        reached = _reached(points, ball(first), layer)
        return unstable if reached is None else _with_limit(_at(unstable, layer, *reached))


def _with_limit(phase: Phase) -> Phase:
    pair = phase.variance, phase.correlation
    first, second = (None if point is None else scale(point.slope) for point in pair)
    parts = phase.variance, phase.chi, phase.correlation, phase.expansion
    end = limit(phase.regime, *parts, phase.trained)
    return replace(phase, depth_scales=(first, second), limit=end)


def _at(unstable: Phase, layer: Layer, point: FixedPoint, chi: Number) -> Phase:
    """The phase at the fixed point that the variance settles at."""
    sign, variance = against_one(chi), point.value
    correlation = near = None
    if isinstance(variance, arb):
        correlation = layer.correlation(variance, chi)
        if sign == 0:
            near = expansion(unstable.activation, layer.w2, variance, layer.bits)
    return replace(
        unstable, variance=point, chi=chi, correlation=correlation, expansion=near,
        regime=REGIMES[sign],
    )  # fmt: skip


def _reached(
    points: tuple[tuple[FixedPoint, Number], ...], start: arb, layer: Layer
) -> tuple[FixedPoint, Number] | None:
    """Where a rising map takes the variance: to the next fixed point in the direction of V(q)-q."""
    above = [point for point in points if bool(point[0].value > start)]
    below = [point for point in points if bool(point[0].value < start)]
    drift = layer.variance(start, layer.bits) if start > 0 else arb(0)
    if drift > 0:
        candidates = above[:1]
    elif drift < 0:
        candidates = below[-1:]
    else:
        candidates = sorted(points, key=lambda p: abs(float(p[0].value) - float(start)))[:1]
    return next((p for p in candidates if p[0].stability != "repelling"), None)


def _homogeneous(sigma: Activation, w: Expr, b: Expr, kappa: Expr) -> Phase:
    """V(q) = χq + β², and χ = κw² is the same for every q."""
    chi = simplify(kappa * w**2)
    sign = against_one(chi)
    settled = Phase(sigma, w, b, (), None, chi, None, None, "unstable")
    if sign == 0 and b == 0:
        every = FixedPoint(q, chi)
        near = expansion(sigma, w**2, q, 0)
        correlation = FixedPoint(S.One, S.One)
        return replace(
            settled, fixed_points=(every,), variance=every, correlation=correlation,
            expansion=near, regime="critical",
        )  # fmt: skip
    if sign == 0 or (sign == 1 and b != 0):
        return settled
    point = FixedPoint(simplify(b**2 / (1 - chi)), chi)
    settled = replace(settled, fixed_points=(point,))
    if sign == 1:
        return settled
    one = None if point.value == 0 else FixedPoint(S.One, chi)
    return replace(settled, variance=point, correlation=one, regime=REGIMES[sign])
