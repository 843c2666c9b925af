"""An activation's dual at single correlations, from a closed form or by integration."""

from dataclasses import dataclass
from typing import Any, Protocol

from flint import arb

from ntksym.evaluate.integrals.hermite import expand
from ntksym.evaluate.integrals.line.halfline import Integrands, Scaled
from ntksym.evaluate.integrals.pieces import derivative
from ntksym.evaluate.integrals.series import series_pair
from ntksym.language import z
from ntksym.networks import Activation


class Values(Protocol):
    """E[σ(u)²]; Σ and Σ̇ of two variances s² at an angle."""

    def square(self, q: arb) -> arb: ...
    def sigma(self, s: arb, angle: Any) -> Any: ...
    def dot(self, s: arb, angle: Any) -> Any: ...


@dataclass(frozen=True)
class Integrated:
    """To about ``tolerance``."""

    activation: Activation
    tolerance: float

    def square(self, q: arb) -> arb:
        return self._moment(self.activation.expr, q, 1)

    def sigma(self, s: arb, angle: Any) -> Any:
        return self._pair(self.activation.expr, s * s, angle)

    def dot(self, s: arb, angle: Any) -> Any:
        return self._pair(derivative(self.activation.expr, z), s * s, angle)

    def _pair(self, f: Any, q: arb, angle: arb) -> arb:
        """A correlation between the ends is well inside."""
        if angle.contains(0) or angle.overlaps(arb.pi()):
            return self._moment(f, q, 1 if angle.contains(0) else -1)
        return series_pair(f, z, q, q, q * angle.cos(), self.tolerance)

    def _moment(self, f: Any, q: arb, turn: int) -> arb:
        """E[f(u) f(u)] or E[f(u) f(-u)]."""
        form = Integrands((Scaled(f, z, q),), 0, ((0, 0, turn),), 0)
        return expand(form, self.tolerance).moments[0]
