"""The kernel of the sphere as a power series in ρ, for activations without a closed form."""

from ntksym.numerics.sphere.series.powers import Progress
from ntksym.numerics.sphere.series.sums import Sums

__all__ = ["Progress", "Sums"]
