r"""Positively homogeneous σ: the powers of st in K(sx, tx).

With :math:`\sigma(tz)=t^p\sigma(z)` for t > 0 and no bias at the start, the covariance at (sx, tx)
is a constant times :math:`(st)^e`, and an activation turns e into pe and multiplies the tangent
kernel by :math:`(st)^{(p-1)e}`. A bias that is trained from 0 adds a constant to the latter.
"""

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
