r"""``critical``: the border between order and chaos.

From :math:`\chi_1=w^2\,\mathbb E[\sigma'(u)^2]=1` and :math:`q=V(q)` the border is a curve with the
variance q as its parameter:

.. math:: w(q)^2=\frac1{\mathbb E[\sigma'(\sqrt qZ)^2]},\qquad
    \beta(q)^2=q-\frac{\mathbb E[\sigma(\sqrt qZ)^2]}{\mathbb E[\sigma'(\sqrt qZ)^2]}.
"""

from typing import Any

import numpy as np
from flint import arb
from sympy import sqrt

from ntksym.evaluate import precision
from ntksym.networks import Activation, activation
from ntksym.numerics.depth.maps.moments import GUARD, Moments
from ntksym.numerics.depth.maps.numbers import Number, ball, bits_of, free, parameter
from ntksym.numerics.depth.maps.origin import linear_sides, slopes_at_zero
from ntksym.numerics.depth.maps.roots import crossings, enclosed, interval

WITHIN = (1e-6, 1e4)


def critical(
    activation_: Activation | str,
    b_std: Any = 0,
    *,
    digits: int = 15,
    within: tuple[float, float] = WITHIN,
) -> Number:
    r"""The w_std at which χ₁ = 1 at a variance that attracts, for the given b_std.

    A SymPy number where it is exact: for a positively homogeneous σ, and for b_std = 0 where
    σ(0) = 0, :math:`w=1/\sqrt\kappa` with κ the mean of the squares of the two slopes at 0 (q* = 0
    then, [schoenholz2017]). Else a ball of about ``digits`` digits, the smallest w_std where
    there are several with q* ``within`` (lowest, highest). ``ValueError`` where there is none.

    >>> critical("relu"), critical("erf")
    (sqrt(2), sqrt(pi)/2)
    """
    sigma, bits = activation(activation_), bits_of(digits)
    b, within = parameter("b_std", b_std), interval(within)
    sides = linear_sides(sigma)
    if sides is not None:
        if b != 0 or sides.kappa == 0:
            raise ValueError(
                f"b_std: {sigma.name} is critical for b_std = 0 only, got {b_std}: its variance "
                "grows without bound where χ₁ = 1 and there is a bias"
            )
        return 1 / sqrt(sides.kappa)
    if free(b):
        raise ValueError(f"b_std: expected a number for {sigma.name}, got {b}")
    moments = Moments(sigma)
    origin = slopes_at_zero(sigma)
    if b == 0 and origin is not None and origin.kappa != 0:
        return 1 / sqrt(origin.kappa)
    found = [root for near in _near(moments, b, within) if (root := _root(moments, b, near, bits))]
    if not found:
        raise ValueError(
            f"b_std: {sigma.name} has no critical w_std for b_std = {b_std} at a variance from "
            f"{within[0]:g} to {within[1]:g}"
        )
    return min(found, key=float)


def _near(moments: Moments, b: Number, within: tuple[float, float]) -> list[float]:
    with precision(64):
        b2 = float(ball(b) ** 2)

    def gap(q: Any) -> Any:
        square, slope, _ = moments.doubles(q)
        with np.errstate(all="ignore"):
            return q - square / slope - b2

    return crossings(gap, within)


def _root(moments: Moments, b: Number, near: float, bits: int) -> arb | None:
    """The w at the root; ``None`` where the variance there does not attract."""

    def gap(q: arb, wanted: int) -> arb:
        square, slope, _ = moments.at(q, wanted)
        return q - square / slope - ball(b) ** 2

    values = moments.at(enclosed(gap, near, bits + 10), bits + 10)
    with precision(bits + GUARD):
        return 1 / values.slope.sqrt() if values.growth / values.slope < 1 else None
