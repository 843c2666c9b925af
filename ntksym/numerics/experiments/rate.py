"""How an error falls with the width: a slope with its interval, and a decision."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import inf
from typing import Any

import numpy as np
from scipy import stats

from ntksym.lowering.modules import accepted
from ntksym.networks import Activation, Network
from ntksym.networks.layers import network_of

TWO_SIDED = (-0.6, -0.4)
AT_LEAST = (-inf, -0.4)
"""Slopes that a claim of width^(-1/2), or of a bound by it, allows."""

Family = Network | Activation | str | Callable[[int], Network]
"""A network, or one for each width."""


TINY = 1e-16
"""In the place of an error of 0: a network of dead units does not move at all."""


@dataclass(frozen=True)
class Rate:
    r"""Errors of independent networks, ``errors`` (widths, seeds), and the slope of

    .. math:: \mathbb E\log e=\text{intercept}+\text{slope}\cdot\log\text{width}

    by least squares; its variance is that of the seeds around the mean of their width. The claim
    is that the slope is in ``band``, and the geometric mean of the errors at the largest width at
    most ``tolerance``. ``passes`` if this is not rejected at ``level``, the rate of false alarms,
    and a slope of 0 or more is: too few networks prove nothing.

    ``strict`` asks for more, that the whole interval is in the band: a slope outside of it then
    passes with probability ``level`` / 2 at most, and one in its middle fails with at most
    ``level`` where the interval is no wider than half of the band.
    """

    claim: str
    widths: tuple[int, ...]
    errors: np.ndarray
    band: tuple[float, float]
    level: float = 1e-3
    tolerance: float = inf
    strict: bool = False

    @property
    def logarithms(self) -> np.ndarray:
        return np.log(np.maximum(self.errors, TINY))

    @property
    def typical(self) -> np.ndarray:
        """The geometric mean over seeds, for each width."""
        return np.exp(self.logarithms.mean(1))

    @property
    def uncertainty(self) -> float:
        """The standard error of log(typical), the same for each width."""
        pooled = self.logarithms.var(1, ddof=1).mean()
        return float(np.sqrt(pooled / self.errors.shape[1]))

    @property
    def line(self) -> tuple[float, float]:
        """Slope and intercept."""
        slope, intercept = np.polyfit(np.log(self.widths), self.logarithms.mean(1), 1)
        return float(slope), float(intercept)

    @property
    def slope(self) -> float:
        return self.line[0]

    @property
    def slope_error(self) -> float:
        """The standard error of the slope."""
        x = np.log(self.widths)
        return self.uncertainty / float(np.linalg.norm(x - x.mean()))

    @property
    def interval(self) -> tuple[float, float]:
        """That holds the slope with probability 1 - ``level`` (Student's t)."""
        reach = float(stats.t.isf(self.level / 2, self._freedom)) * self.slope_error
        return self.slope - reach, self.slope + reach

    @property
    def p_value(self) -> float:
        """Of the claim: twice the smaller of the p-values of its two parts."""
        outside = max(self.band[0] - self.slope, self.slope - self.band[1])
        beyond = float(np.log(self.typical[-1]) - np.log(self.tolerance))
        away = outside / self.slope_error, beyond / self.uncertainty
        return min(1.0, 2 * min(float(stats.t.sf(t, self._freedom)) for t in away))

    @property
    def passes(self) -> bool:
        lowest, highest = self.band if self.strict else (-inf, 0.0)
        low, high = self.interval
        return self.p_value >= self.level and lowest <= low and high < highest

    @property
    def _freedom(self) -> int:
        return self.errors.shape[0] * (self.errors.shape[1] - 1)

    def __str__(self) -> str:
        low, high = self.interval
        said = "passes" if self.passes else "fails"
        return (
            f"{self.claim}: slope {self.slope:.3f} in [{low:.3f}, {high:.3f}], "
            f"error {self.typical[-1]:.2g} at width {self.widths[-1]}, "
            f"p = {self.p_value:.2g}: {said} at level {self.level:g}"
        )


def family(network: Family, arguments: dict[str, Any]) -> Callable[[int], Network]:
    """The network of each width."""
    if not isinstance(network, Network | Activation | str) and callable(network):
        if arguments:
            raise TypeError(f"network: a function of the width, got {', '.join(arguments)} too")
        return network
    return partial(_same, network_of(accepted(network), arguments))


def _same(network: Network, width: int) -> Network:
    return network


def checked(widths: Sequence[int], seeds: int) -> tuple[int, ...]:
    """Widths in order; ``ValueError`` for fewer than two, or fewer than three seeds."""
    different = tuple(sorted({int(width) for width in widths}))
    if len(different) < 2:
        raise ValueError(f"widths: expected at least two different ones, got {list(widths)}")
    if seeds < 3:
        raise ValueError(f"seeds: expected at least 3, got {seeds}")
    return different
