r"""Positively homogeneous σ: the powers of st in K(sx, tx).

With :math:`\sigma(tz)=t^p\sigma(z)` for t > 0 and no bias at the start, the covariance at (sx, tx)
is a constant times :math:`(st)^e`, and an activation turns e into pe and multiplies the tangent
kernel by :math:`(st)^{(p-1)e}`. A bias that is trained from 0 adds a constant to the latter.
"""

from collections.abc import Mapping

from ntksym.networks import Dense, Elementwise
from ntksym.theorems.case import Case


def exponents(case: Case) -> frozenset[int] | None:
    """The powers that occur; ``None`` where σ is not homogeneous or a bias is random."""
    if not case.plain or not case.weighted:
        return None
    if any(case.random_bias(layer) for layer in case.dense):
        return None
    degrees = {a: shape.degree for a, shape in case.shapes.items()}
    known = {a: int(p) for a, p in degrees.items() if p is not None}
    if len(known) < len(degrees) or any(p < int(case.tangent) for p in known.values()):
        return None
    power, theta = 1, frozenset[int]()
    for layer in case.kernel.network.layers:
        if isinstance(layer, Dense):
            theta |= {power} | ({0} if case.biased(layer) else set())
        elif isinstance(layer, Elementwise):
            p = known[layer.activation]
            theta = frozenset((p - 1) * power + e for e in theta)
            power *= p
    return theta if case.tangent else frozenset({power})


def mirrored(case: Case) -> Mapping[int, frozenset[int]]:
    r"""Powers k with :math:`\sum_jw_jt_j^k=0` that weights on :math:`\pm t_jx` need for a form 0.

    Of one hidden layer without a random bias before it. Under 1 for equal weights of a point and
    its mirror image, where the even part of σ is a polynomial on z > 0; under -1 for opposite ones
    and the odd part. A bias trained before σ asks the same of σ', one after it of the constants.
    """
    if not (case.plain and case.weighted) or len(case.order) != 1 or case.starts_random:
        return {}
    even, odd = (part.powers for part in case.order[0].dilates)
    seen = case.biased if case.tangent else case.random_bias
    constant = frozenset({0} if any(map(seen, case.blocks[1])) else ())
    if not (case.tangent and any(map(case.biased, case.blocks[0]))):
        found = {1: None if even is None else even | constant, -1: odd}
    elif even is None or odd is None:
        return {}
    else:
        found = {1: even | constant | _lowered(odd), -1: odd | _lowered(even)}
    return {sign: powers for sign, powers in found.items() if powers is not None}


def _lowered(powers: frozenset[int]) -> frozenset[int]:
    return frozenset(k - 1 for k in powers if k)
