"""Figure 2 of [jacot2018]: trained networks on the circle, and the law of an infinite one."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import pi
from typing import Any

import numpy as np
from scipy import stats

from ntksym.kernel import ntk
from ntksym.numerics.dynamics import gradient_flow
from ntksym.numerics.figures.setting import (
    ACTIVATION,
    NETWORK,
    Progress,
    Ticks,
    around,
    checked,
    circle,
    of_each_width,
)
from ntksym.numerics.finite import FiniteNetwork
from ntksym.numerics.finite.draw import sequence

LEVELS = (0.1, 0.5, 0.9)
DATA = np.array([-0.75, -0.35, 0.3, 0.8]) * pi
"""The angles of four points."""


@dataclass(frozen=True, eq=False)
class TrainedBands:
    """Outputs at the ``angles`` (m,) after the ``time``, learned from ``targets`` at ``data``.

    ``mean`` and ``std`` (m,) are those of the infinitely wide network; ``outputs`` holds an array
    (networks, m) for each of the ``widths``.
    """

    angles: np.ndarray
    data: np.ndarray
    targets: np.ndarray
    time: float
    mean: np.ndarray
    std: np.ndarray
    widths: tuple[int, ...]
    outputs: tuple[np.ndarray, ...]

    @property
    def limit(self) -> np.ndarray:
        """The quantiles of :data:`LEVELS` of the infinitely wide network, (3, m)."""
        return self.mean + stats.norm.ppf(LEVELS)[:, None] * self.std

    def bands(self, k: int) -> np.ndarray:
        """The quantiles of the networks of width k, (3, m)."""
        return np.quantile(self.outputs[k], LEVELS, axis=0)

    def spread(self, k: int) -> tuple[float, float]:
        """Of width k: the distance of means, and the ratio of spreads less 1, over the circle.

        Both in root mean square, the first in units of that of ``std``.
        """
        scale = np.sqrt(np.mean(self.std**2))
        away = np.sqrt(np.mean((self.outputs[k].mean(0) - self.mean) ** 2))
        wide = np.sqrt(np.mean(self.outputs[k].var(0, ddof=1)))
        return float(away / scale), float(wide / scale - 1)

    def __str__(self) -> str:
        return "\n".join(
            f"width {width}, {len(found)} networks: mean off by {self.spread(k)[0]:.0%} of the "
            f"limit's standard deviation, spread {self.spread(k)[1]:+.0%}"
            for k, (width, found) in enumerate(zip(self.widths, self.outputs, strict=True))
        )


def trained_bands(
    widths: Mapping[int, int],
    *,
    steps: int = 1000,
    rate: float = 1.0,
    data: Any = DATA,
    angles: int = 121,
    seed: Any = 0,
    progress: Progress | None = None,
) -> TrainedBands:
    r"""Networks trained on x₁x₂ at a few points of the circle, and their limit by the flow.

    ReLU networks of depth 4 with β = 0.1 take ``steps`` steps at the learning ``rate``, by least
    squares, on the points at the angles ``data``. The law of infinite width at the time
    rate · steps is that of :func:`ntksym.gradient_flow`. Other arguments as of ``circle_kernels``.

    >>> found = trained_bands({8: 2, 16: 3}, steps=2, angles=5)
    >>> found.limit.shape, found.bands(1).shape
    ((3, 5), (3, 5))
    """
    at, chosen = around(angles), np.asarray(data, float)
    there, x = circle(at), circle(chosen)
    y = x[:, 0] * x[:, 1]
    checked(widths)

    def measure(net: FiniteNetwork, ticks: Ticks) -> np.ndarray:
        return net.train(x, y, steps, rate=rate, record=[steps], progress=ticks).final(there)[:, 0]

    outputs = of_each_width(measure, widths, steps, sequence(seed), progress)
    time = rate * steps
    flow = gradient_flow(ntk(ACTIVATION, **NETWORK), x, y, [time], there)
    mean, std, sizes = flow.mean[0], flow.std[0], tuple(sorted(widths))
    return TrainedBands(at, chosen, y, time, mean, std, sizes, outputs)
