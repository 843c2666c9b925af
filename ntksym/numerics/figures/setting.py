"""What the figures of [jacot2018] share: the network, the circle, the progress."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from math import pi
from threading import Lock
from typing import Any

import numpy as np

from ntksym.numerics.finite import ensemble
from ntksym.numerics.finite.draw import child

NETWORK: Mapping[str, Any] = {"depth": 4, "b_std": 0.1}
"""Four affine layers, β = 0.1, beside the activation."""
ACTIVATION = "relu"

Progress = Callable[[str, int, int], None]
"""What is under way, steps done, steps in all."""


def circle(angles: np.ndarray) -> np.ndarray:
    """The points (cos γ, sin γ), of shape (m, 2)."""
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def around(count: int) -> np.ndarray:
    """Angles from -π to π, both included; ValueError for fewer than three."""
    if isinstance(count, bool) or not isinstance(count, int) or count < 3:
        raise ValueError(f"angles: expected an integer of at least 3, got {count!r}")
    return np.linspace(-pi, pi, count)


@dataclass
class Ticks:
    """Steps of several networks that are trained at once, counted together."""

    what: str
    total: int
    progress: Progress | None
    done: int = 0
    lock: Lock = field(default_factory=Lock)

    def __call__(self, *_: int) -> None:
        if self.progress:
            with self.lock:
                self.done += 1
                self.progress(self.what, self.done, self.total)


def of_each_width(
    measure: Callable[..., Any], widths: Mapping[int, int], steps: int,
    seed: np.random.SeedSequence, progress: Progress | None, **arguments: Any,
) -> tuple[np.ndarray, ...]:  # fmt: skip
    """``measure(net, ticks)`` of the networks of each width, stacked: an array for each width.

    ``widths`` says how many networks of each; width k of the sorted ones has the k-th child of
    ``seed``. ``measure`` calls ``ticks`` after each of its ``steps``.
    """
    found = []
    options = {**NETWORK, "dtype": np.float32, **arguments}
    for k, (width, count) in enumerate(sorted(widths.items())):
        ticks = Ticks(f"width {width}", steps * count, progress)
        one = partial(measure, ticks=ticks)
        found.append(ensemble(one, ACTIVATION, width, count, seed=child(seed, k), **options))
    return tuple(found)


def checked(widths: Mapping[int, int]) -> Mapping[int, int]:
    """``ValueError`` for no width, or for fewer than one network of one."""
    if not widths or any(count < 1 for count in widths.values()):
        raise ValueError(f"widths: expected {{width: networks of it, at least 1}}, got {widths!r}")
    return widths
