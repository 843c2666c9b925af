"""The empirical kernel against its limit by width, and against a limit that is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ntksym.kernel import Kernel, ntk
from ntksym.numerics.experiments import Rate, kernel_convergence
from ntksym.numerics.figures.setting import Progress
from ntksym.numerics.finite.draw import child, sequence

OPTIONS: Mapping[str, Any] = {"depth": 3, "b_std": 0.3}
CASES: tuple[tuple[str, str, float], ...] = (
    ("relu", "relu", 1.0), ("erf", "erf", 1.0), ("relu, limit of w = 1.1", "relu", 1.1),
)  # fmt: skip
"""Label, activation, and w_std of the limit; that of the networks is 1."""


@dataclass(frozen=True, eq=False)
class WidthRates:
    """The :class:`Rate` of each case, by its label."""

    rates: Mapping[str, Rate]

    def __str__(self) -> str:
        return "\n".join(f"{label}: {rate}" for label, rate in self.rates.items())


def width_rates(
    widths: Sequence[int], seeds: int, *, seed: Any = 0, progress: Progress | None = None
) -> WidthRates:
    """``kernel_convergence`` on five points: ReLU, erf, and ReLU against the limit of w = 1.1.

    ``seeds`` networks of depth 3 with β = 0.3 and 16 outputs for each width and case.

    >>> found = width_rates((16, 64), 3)
    >>> found.rates["erf"].errors.shape
    (2, 3)
    """
    source = sequence(seed)
    x = np.random.default_rng(child(source, 0)).standard_normal((5, 3))
    found = {}
    for k, (label, activation, w) in enumerate(CASES, 1):
        limit: Kernel = ntk(activation, w_std=w, **OPTIONS)
        found[label] = kernel_convergence(
            activation, x, widths, seeds, limit=limit, seed=child(source, k),
            progress=_part(label, progress), **OPTIONS,
        )  # fmt: skip
    return WidthRates(found)


def _part(label: str, progress: Progress | None) -> Any:
    return (lambda done, total: progress(label, done, total)) if progress else None
