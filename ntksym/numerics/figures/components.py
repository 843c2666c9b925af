"""Figure 3 of [jacot2018]: learning along a principal component of the limit kernel."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.linalg import eigh

from ntksym.data import digits
from ntksym.kernel import ntk
from ntksym.numerics.figures.setting import (
    ACTIVATION,
    NETWORK,
    Progress,
    Ticks,
    checked,
    of_each_width,
)
from ntksym.numerics.finite import FiniteNetwork
from ntksym.numerics.finite.draw import child, sequence

DISTANCE = 0.5
SHARE = 0.5
"""Of the inverse of the largest eigenvalue, a learning rate that is stable for narrow ones too."""


@dataclass(frozen=True, eq=False)
class Components:
    r"""Principal components of K(X, X)/N on N digits, and networks that learn the second one.

    ``values`` and ``functions`` (3, N): the three largest eigenvalues, and their eigenvectors with
    :math:`\frac1N|f^{(i)}|^2=1`; ``labels`` (N,). Networks learn
    :math:`f^*=f_0+\frac12f^{(2)}`, and ``paths`` has an array (networks, 2, T) for each of the
    ``widths``: what is left along f⁽²⁾, and the distance from that line, at the ``times`` (T,).
    """

    values: np.ndarray
    functions: np.ndarray
    labels: np.ndarray
    times: np.ndarray
    widths: tuple[int, ...]
    paths: tuple[np.ndarray, ...]

    @property
    def limit(self) -> np.ndarray:
        r"""What an infinitely wide network has left, :math:`\frac12e^{-\lambda_2t}`, (T,)."""
        return DISTANCE * np.exp(-self.values[1] * self.times)

    def deviation(self, k: int) -> float:
        """The largest distance from the line, in the mean over networks of width k."""
        return float(self.paths[k][:, 1].max(1).mean())

    def delay(self, k: int) -> float:
        """The largest difference of what is left from the limit, in the mean over networks."""
        return float(np.abs(self.paths[k][:, 0] - self.limit).max(1).mean())

    def __str__(self) -> str:
        values = ", ".join(f"{value:.3g}" for value in self.values)
        return "\n".join([
            f"eigenvalues {values}",
            *(
                f"width {width}, {len(found)} networks: {self.deviation(k):.3f} from the line, "
                f"{self.delay(k):.3f} from the limit along it, at most, of {DISTANCE}"
                for k, (width, found) in enumerate(zip(self.widths, self.paths, strict=True))
            ),
        ])  # fmt: skip


def learned_component(
    widths: Mapping[int, int],
    *,
    points: int = 256,
    lives: float = 3.0,
    seed: Any = 0,
    progress: Progress | None = None,
) -> Components:
    r"""How networks follow the straight line along the second principal component.

    With a constant kernel :math:`f_t=f_0+\frac12(1-e^{-\lambda_2t})f^{(2)}`. ReLU networks of depth
    4 with β = 0.1 learn from ``points`` of the digits of the package, pixels from 0 to 1, by
    gradient descent for ``lives`` times 1/λ₂. Other arguments as of ``circle_kernels``.

    >>> found = learned_component({8: 2, 16: 3}, points=20, lives=0.1)
    >>> len(found.paths), found.functions.shape
    (2, (3, 20))
    """
    images, labels = digits()
    source = sequence(seed)
    if not 3 <= points <= len(images):
        raise ValueError(f"points: expected from 3 to {len(images)}, got {points}")
    rows = np.random.default_rng(child(source, 0)).permutation(len(images))[:points]
    x = images[rows] / 16
    checked(widths)
    gram = ntk(ACTIVATION, **NETWORK)(x) / points
    values, vectors = eigh(gram, subset_by_index=[points - 3, points - 1])
    functions = np.sqrt(points) * (vectors * np.sign(vectors.sum(0))).T[::-1]
    rate = SHARE / float(values[2])
    steps = int(np.ceil(lives / (rate * float(values[1]))))
    goal = functions[1]

    def measure(net: FiniteNetwork, ticks: Ticks) -> np.ndarray:
        start = net(x)[:, 0]
        target = start + DISTANCE * goal
        moved = net.train(x, target, steps, rate=rate, progress=ticks).outputs[:, :, 0] - start
        along = moved @ goal / points
        aside = np.sqrt(np.mean((moved - along[:, None] * goal) ** 2, axis=1))
        return np.stack([DISTANCE - along, aside])

    paths = of_each_width(measure, widths, steps, child(source, 1), progress)
    times = rate * np.arange(steps + 1)
    return Components(values[::-1], functions, labels[rows], times, tuple(sorted(widths)), paths)
