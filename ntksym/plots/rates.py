"""Experiments on finite networks: errors against widths, samples against their law."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import stats

from ntksym.numerics.experiments import Rate, Tests
from ntksym.plots.style import COLOURS, DASHES, figure_of, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def rates(results: Mapping[str, Rate] | Iterable[tuple[str, Rate]]) -> "Figure":
    """Errors against the width, both logarithmic, with error bars and the fitted line.

    Small dots are single networks; marks are geometric means, with two standard errors. The grey
    line falls as width^(-1/2). ValueError without results; ImportError without matplotlib.
    """
    pairs = _pairs(results, Rate)
    figure = figure_of(6.4, 4.2)
    axes = figure.subplots()
    for n, (label, rate) in enumerate(pairs):
        _rate(axes, label, rate, n)
    widths = np.array(sorted({w for _, rate in pairs for w in rate.widths}), float)
    first = pairs[0][1]
    line = 0.6 * first.typical.min() * np.sqrt(max(first.widths) / widths)
    axes.plot(widths, line, color="#888888", linewidth=1.0, label="width$^{-1/2}$")
    axes.set_xscale("log", base=2)
    axes.set_yscale("log")
    axes.set_xticks(widths, [f"{int(width)}" for width in widths])
    axes.set_ylabel("relative error")
    plain(axes, "width")
    return figure


def quantiles(results: Mapping[str, Tests] | Iterable[tuple[str, Tests]]) -> "Figure":
    """Squared lengths of whitened outputs against those of the Gaussian law, quantile by quantile.

    Outputs that have the law lie on the diagonal. ValueError without results; ImportError without
    matplotlib.
    """
    pairs = _pairs(results, Tests)
    figure = figure_of(5.2, 4.2)
    axes = figure.subplots()
    largest = 0.0
    for n, (label, tests) in enumerate(pairs):
        sizes = np.sort(np.sum(tests.samples**2, axis=1).reshape(-1))
        level = (np.arange(len(sizes)) + 0.5) / len(sizes)
        law = stats.chi2.ppf(level, tests.samples.shape[1])
        axes.plot(law, sizes, "o", color=COLOURS[n % len(COLOURS)], label=label, markersize=3)
        largest = max(largest, float(law[-1]))
    axes.plot([0, largest], [0, largest], color="#888888", linewidth=1.0)
    axes.set_ylabel("found")
    plain(axes, r"quantiles of $\chi^2$")
    return figure


def _rate(axes: Any, label: str, rate: Rate, n: int) -> None:
    colour, widths = COLOURS[n % len(COLOURS)], np.array(rate.widths, float)
    for column in rate.errors.T:
        axes.plot(widths, column, ".", color=colour, markersize=2, alpha=0.4)
    slope, intercept = rate.line
    text = f"{label}: slope {slope:.2f} ± {2 * rate.slope_error:.2f}".replace("-", "−")
    below, above = (abs(np.exp(sign * 2 * rate.uncertainty) - 1) for sign in (-1, 1))
    bars = rate.typical * np.array([[below], [above]])
    axes.errorbar(widths, rate.typical, bars, fmt="o", color=colour, markersize=4, capsize=3)
    axes.plot(widths, np.exp(intercept) * widths**slope, color=colour,
              linestyle=DASHES[n % len(DASHES)], label=text)  # fmt: skip


def _pairs(results: Any, kind: type) -> list[tuple[str, Any]]:
    pairs = list(results.items() if isinstance(results, Mapping) else results)
    if not pairs:
        raise ValueError("results: expected at least one pair (label, result), got none")
    for _, result in pairs:
        if not isinstance(result, kind):
            got = type(result).__name__
            raise TypeError(f"results: expected a {kind.__name__}, got {got}")
    return pairs
