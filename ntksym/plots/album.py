"""The figures of ``ntksym figures``: their numbers, fully or quickly, and their pictures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ntksym.numerics.figures import (
    WidthRates,
    circle_kernels,
    learned_component,
    trained_bands,
    width_rates,
)
from ntksym.numerics.figures.setting import Progress
from ntksym.plots import paper
from ntksym.plots.rates import rates

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Entry:
    """``compute(**settings, seed, progress)`` gives what ``draw`` draws; ``str`` of it says it."""

    title: str
    compute: Callable[..., Any]
    draw: "Callable[[Any], Figure]"
    full: Mapping[str, Any]
    quick: Mapping[str, Any]

    def numbers(self, quick: bool, seed: int, progress: Progress | None = None) -> Any:
        """What is drawn, with the settings of the page or with small ones."""
        return self.compute(**(self.quick if quick else self.full), seed=seed, progress=progress)


def _rates(found: WidthRates) -> "Figure":
    return rates(found.rates)


ALBUM: Mapping[str, Entry] = {
    "kernels": Entry(
        "The tangent kernel on the circle, before and after training",
        circle_kernels,
        paper.circle_kernels,
        {"widths": {500: 10, 10_000: 3}},
        {"widths": {50: 5, 500: 3}},
    ),
    "bands": Entry(
        "Trained networks and the law of an infinitely wide one",
        trained_bands,
        paper.trained_bands,
        {"widths": {50: 100, 1000: 40}},
        {"widths": {50: 30, 200: 15}},
    ),
    "components": Entry(
        "Learning along the second principal component",
        learned_component,
        paper.components,
        {"widths": {100: 10, 1000: 4, 3000: 1}},
        {"widths": {50: 4, 150: 3, 500: 1}, "points": 128},
    ),
    "widths": Entry(
        "The empirical kernel against its limit, by width",
        width_rates,
        _rates,
        {"widths": (64, 128, 256, 512, 1024), "seeds": 32},
        {"widths": (32, 64, 128, 256), "seeds": 16},
    ),
}
"""By the name that the command takes."""
