"""Figure 1 of [jacot2018]: the tangent kernel on the circle, at random and after training."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ntksym.kernel import ntk
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
from ntksym.numerics.finite.draw import child, sequence

START = np.array([[1.0, 0.0]])
"""x₀."""


@dataclass(frozen=True, eq=False)
class CircleKernels:
    """Kernels K(x₀, x(γ)) at the ``angles`` γ (m,): ``limit`` (m,) and those of networks.

    ``kernels`` has an array (networks, 2, m) for each of the ``widths``, before and after training
    for the ``time``.
    """

    angles: np.ndarray
    limit: np.ndarray
    time: float
    widths: tuple[int, ...]
    kernels: tuple[np.ndarray, ...]

    def spread(self, k: int) -> tuple[float, float]:
        """Of width k, before and after: the root mean square of K̂ - K over that of K."""
        away = np.sqrt(np.mean((self.kernels[k] - self.limit) ** 2, axis=(0, 2)))
        before, after = (away / np.sqrt(np.mean(self.limit**2))).tolist()
        return before, after

    def __str__(self) -> str:
        return "\n".join(
            f"width {width}, {len(found)} networks: away from the limit by "
            f"{self.spread(k)[0]:.1%} at t = 0 and {self.spread(k)[1]:.1%} at t = {self.time:g}; "
            f"moved by {self.inflation(k):+.1%} in the mean"
            for k, (width, found) in enumerate(zip(self.widths, self.kernels, strict=True))
        )

    def inflation(self, k: int) -> float:
        """Of width k: by what share training moves the kernel, in the mean over γ and networks."""
        before, after = self.kernels[k].mean(axis=(0, 2))
        return float(after / before - 1)


def circle_kernels(
    widths: Mapping[int, int],
    *,
    steps: int = 200,
    rate: float = 1.0,
    points: int = 16,
    angles: int = 101,
    seed: Any = 0,
    progress: Progress | None = None,
) -> CircleKernels:
    r"""The empirical kernel of :math:`x_0=(1,0)` with the unit circle, before and after training.

    ReLU networks of depth 4 with β = 0.1 learn :math:`f^*(x)=x_1x_2` by least squares on
    ``points`` inputs from N(0, 1)², ``steps`` steps at the learning ``rate``: time rate · steps.
    ``widths`` maps each width to its number of networks; all have the same inputs, in float32.
    ``progress(what, done, total)`` follows the steps.

    >>> found = circle_kernels({8: 2, 16: 3}, steps=2, angles=5)
    >>> [kernels.shape for kernels in found.kernels], found.limit.shape
    ([(2, 2, 5), (3, 2, 5)], (5,))
    """
    at, _ = around(angles), checked(widths)
    there, source = circle(at), sequence(seed)
    x = np.random.default_rng(child(source, 0)).standard_normal((points, 2))
    y = x[:, 0] * x[:, 1]

    def measure(net: FiniteNetwork, ticks: Ticks) -> np.ndarray:
        before = net.ntk(START, there)
        after = net.train(x, y, steps, rate=rate, record=[steps], progress=ticks).final
        assert isinstance(after, FiniteNetwork)
        return np.concatenate([before, after.ntk(START, there)])

    kernels = of_each_width(measure, widths, steps, child(source, 1), progress)
    limit = ntk(ACTIVATION, **NETWORK)(START, there)[0]
    return CircleKernels(at, limit, rate * steps, tuple(sorted(widths)), kernels)
