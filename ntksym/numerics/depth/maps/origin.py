r"""What is exact: slopes at the origin, and activations that are linear on either side of it.

For :math:`\sigma(x)=s_\pm x` on the two half lines :math:`\mathbb E[\sigma(\sqrt qZ)^2]=\kappa q`
and :math:`\mathbb E[\sigma'(\sqrt qZ)^2]=\kappa` with :math:`\kappa=(s_+^2+s_-^2)/2`, for every q.
For a σ with σ(0) = 0 and one-sided slopes :math:`s_\pm` at 0 the same holds as q → 0.
"""

from typing import NamedTuple

from sympy import Expr, S, simplify

from ntksym.evaluate.integrals.pieces import derivative, knots, one_sided, resolved
from ntksym.language import z
from ntksym.networks import Activation


class Slopes(NamedTuple):
    """On the left and on the right of 0."""

    left: Expr
    right: Expr

    @property
    def kappa(self) -> Expr:
        """The mean square of the slope."""
        return simplify((self.left**2 + self.right**2) / 2)


def linear_sides(activation: Activation) -> Slopes | None:
    """The slopes of a positively homogeneous σ, σ(λx) = λσ(x) for λ > 0; ``None`` for others.

    >>> from ntksym.networks import activation
    >>> linear_sides(activation("relu")).kappa, linear_sides(activation("tanh"))
    (1/2, None)
    """
    f = activation.expr
    try:
        if any(knot != 0 for knot in knots(f, z)):
            return None
        left, right = (simplify(resolved(f, {z: S(side)}) / z) for side in (-1, 1))
    except ValueError:
        return None
    return None if left.has(z) or right.has(z) else Slopes(left, right)


def slopes_at_zero(activation: Activation) -> Slopes | None:
    """The one-sided slopes of σ at 0 where σ(0) = 0; ``None`` where it is not, or they are none."""
    f = activation.expr
    if any(simplify(side) != 0 for side in one_sided(f, z, S.Zero)):
        return None
    left, right = one_sided(derivative(f, z), z, S.Zero)
    return Slopes(left, right) if left.is_finite and right.is_finite else None
