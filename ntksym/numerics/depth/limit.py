r"""The tangent kernel of many layers.

With q at its fixed point, :math:`\Theta^{(L+1)}=q^*\rho_L+t+C'(\rho_L)\,\Theta^{(L)}`
[jacot2019] [hayou2019] [xiao2020], t = β² for a bias that starts at 0, which q* does not hold, and
else 0:

- ordered: :math:`\Theta^{(L)}\to(q^*+t)/(1-\chi_1)` for every pair, since ρ → 1;
- critical: :math:`\Theta^{(L)}(x,x)=L(q^*+t)` and
  :math:`\Theta^{(L)}(x,x')\sim L(q^*+t)/(1+p)`, with p from the expansion of C at 1;
- chaotic: :math:`\Theta^{(L)}(x,x)\sim\chi_1^L(q^*+t)/(\chi_1-1)` and
  :math:`\Theta^{(L)}(x,x')\to(q^*\rho^*+t)/(1-C'(\rho^*))`.
"""

from dataclasses import dataclass

from sympy import S

from ntksym.numerics.depth.expansion import Expansion
from ntksym.numerics.depth.maps.layer import FixedPoint
from ntksym.numerics.depth.maps.numbers import Number


@dataclass(frozen=True)
class Limit:
    r"""Θ of L layers as L → ∞.

    ``growth`` of the diagonal: ``"constant"``, ``"linear"`` (L) or ``"exponential"`` (χ₁^L);
    ``diagonal`` is the limit of Θ(x, x) divided by that. ``ratio`` is the limit of Θ(x, x')/Θ(x, x)
    for x' no multiple of x (``None`` where q* = 0 and Θ → 0); ``off_diagonal`` that of Θ(x, x')
    itself, divided by L where ``growth`` is linear.
    """

    growth: str
    diagonal: Number
    off_diagonal: Number
    ratio: Number | None


def limit(
    regime: str,
    variance: FixedPoint | None,
    chi: Number | None,
    correlation: FixedPoint | None,
    expansion: Expansion | None,
    trained: Number,
) -> Limit | None:
    """Of a phase, where it is the same for all inputs; ``trained`` is the t of a bias from 0."""
    if variance is None or chi is None:
        return None
    q = variance.value + trained
    if regime == "ordered":
        return Limit("constant", q / (1 - chi), q / (1 - chi), S.One if q != 0 else None)
    if regime == "critical" and expansion is not None:
        return Limit("linear", q, _times(expansion, q), expansion.ratio)
    if regime == "chaotic" and correlation is not None:
        settled = (variance.value * correlation.value + trained) / (1 - correlation.slope)
        return Limit("exponential", q / (chi - 1), settled, S.Zero)
    return None


def _times(expansion: Expansion, q: Number) -> Number:
    p, n = int(expansion.ratio.p), int(expansion.ratio.q)
    return q * p / n
