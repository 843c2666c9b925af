r"""How fast eigenvalues decay, from what is not smooth at ρ = 1 and ρ = -1 [bietti2021].

If :math:`\kappa(\pm(1-t))` is a smooth part plus :math:`c_\pm t^\nu` and higher terms, then, as
Rodrigues' formula turns one power into Beta functions,

.. math:: \mu_k\sim\bigl(c_++(-1)^kc_-\bigr)\,C\,\frac{\Gamma(k-\nu)}{\Gamma(k+\nu+d-1)}
    \sim\bigl(c_++(-1)^kc_-\bigr)\,C\,k^{-2\nu-d+1},\qquad
    C=\frac{\Gamma(\frac d2)\,2^{\nu+d-2}\,\Gamma(\nu+\frac{d-1}2)}{\sqrt\pi\,\Gamma(-\nu)}.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb

from ntksym.evaluate import Balls, precision
from ntksym.lowering.program import program
from ntksym.networks import Network
from ntksym.numerics.sphere.angular import parameter
from ntksym.numerics.sphere.decay.ends import Rough, end
from ntksym.numerics.sphere.decay.singular import kinks
from ntksym.numerics.sphere.decay.values import Values
from ntksym.theorems.series.supports import Support


@dataclass(frozen=True)
class Decay:
    r"""For large k: :math:`\mu_k\sim C_k\,k^{-p}` with p = ``exponent``.

    :math:`C_k` is ``even`` or ``odd``, as k is: 0 where those eigenvalues are 0, a ball around 0
    where the two ends cancel as far as is seen, as for two layers of ELU: then those of this parity
    decay faster. An ``exponent`` of ``None``: all decay faster than any power of k.
    """

    exponent: Fraction | None
    even: arb
    odd: arb

    def constant(self, k: int) -> arb:
        return self.odd if k % 2 else self.even


def decay(
    network: Network,
    values: Callable[[], dict[Any, Values]],
    parities: dict[Any, int],
    tangent: bool,
    variance: Any,
    dimension: int,
    support: Support,
    bits: int,
) -> Decay:
    """``values`` at the precision in force; ``ArithmeticError`` where leading terms may cancel."""
    bends = {a: kinks(a.expr) for a in parities}
    if not any(bends.values()):
        return Decay(None, arb(0), arb(0))
    with precision(bits + 64):
        tapes = values()
        roughs: list[Rough] = []
        for sign in (1, -1):
            at = end(program(network), tapes, bends, parities, parameter(variance), sign)
            roughs.append(at.trained if tangent else at.rough and at.q * at.rough)
        powers = [rough.power for rough in roughs if rough is not None]
        if not powers:
            return Decay(None, arb(0), arb(0))
        nu = min(powers)
        near, far = (r.factor if r is not None and r.power == nu else arb(0) for r in roughs)
        scale = _scale(dimension, nu)
        even, odd = (
            arb(0) if half is not None else scale * sum_
            for sum_, half in ((near + far, support.even), (near - far, support.odd))
        )
        if even.contains(0) and odd.contains(0):
            raise ArithmeticError("kernel: the leading terms of both ends may cancel: no decay")
        return Decay(2 * nu + dimension - 1, even, odd)


def _scale(dimension: int, nu: Fraction) -> arb:
    d, v = arb(dimension), Balls().exact(nu)
    above = (d / 2).gamma() * arb(2) ** (v + d - 2) * (v + (d - 1) / 2).gamma()
    return above / (arb.pi().sqrt() * (-v).gamma())
