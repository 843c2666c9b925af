"""The growth with n, d and L, drawn: ``python benchmarks/growth.py`` draws the last run again."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator
from scipy.optimize import isotonic_regression
from side_by_side.cases import Case

LINES = {
    "ntksym": ("#0072B2", "-", 2.6),
    "ntksym float32": ("#56B4E9", "-", 1.8),
    "ntksym gradients": ("#E69F00", "-", 1.8),
    "neural-tangents": ("#D55E00", "-", 1.8),
    "scikit-ntk": ("#CC79A7", "-", 1.8),
    "NumPy": ("#009E73", "-", 1.8),
    "X @ X.T": ("#666666", (0, (4, 2)), 1.4),
    "write": ("#999999", (0, (1, 1.5)), 1.4),
}
"""Okabe and Ito's colours; floors are dashed."""
AXES = {"n": "points $n$", "d": "dimensions $d$", "depth": "affine layers $L$"}

Rows = Sequence[Mapping[str, Any]]


def lines(n: int) -> dict[str, list[Case]]:
    """Cases along each axis, through ReLU with L = 4 and d = 10; n / 2 points where n is fixed."""
    half = max(n // 2, 1)
    return {
        "n": [Case("relu", 4, n >> k, 10) for k in (4, 3, 2, 1, 0) if n >> k],
        "d": [Case("relu", 4, half, d) for d in (3, 10, 30, 100, 300, 1000)],
        "depth": [Case("relu", depth, half, 10) for depth in (2, 4, 8, 16, 32)],
    }


def draw(grown: Mapping[str, Rows]) -> Figure:
    """Three panels in one scale of seconds; each line is named at its right end."""
    figure = Figure(figsize=(13.5, 5.4), dpi=160, layout="constrained")
    panels = figure.subplots(1, len(grown), sharey=True, squeeze=False)[0]
    for axes, (along, rows) in zip(panels, grown.items(), strict=True):
        _panel(axes, along, rows)
    panels[0].set_ylabel("seconds for the Gram matrix", fontsize=12)
    low, high = (float(value) for value in panels[0].get_ylim())
    panels[0].set_ylim(low, high * (high / low) ** 0.06)
    for axes in panels:  # only now are the limits of the shared scale known
        _name_lines(axes)
    return figure


def _panel(axes: Any, along: str, rows: Rows) -> None:
    for name, (colour, dashes, width) in LINES.items():
        points = [
            (row["case"][along], median(row["seconds"])) for row in rows if row["program"] == name
        ]
        if points:
            axes.plot(
                *zip(*points, strict=True), color=colour, linestyle=dashes, linewidth=width,
                marker="o", markersize=4, label=name,
            )  # fmt: skip
    axes.set_xscale("log")
    axes.set_yscale("log")
    ticks = sorted({row["case"][along] for row in rows})
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticks(ticks, [str(tick) for tick in ticks])
    axes.set_xlabel(AXES[along], fontsize=12)
    axes.set_title(_fixed(along, rows[0]["case"]), fontsize=12)
    axes.tick_params(labelsize=11)
    axes.grid(color="#dddddd", linewidth=0.7)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines["bottom"].set_bounds(ticks[0], ticks[-1])


def _fixed(along: str, case: Mapping[str, Any]) -> str:
    signs = {"n": "n", "d": "d", "depth": "L"}
    kept = ", ".join(f"${signs[key]} = {case[key]}$" for key in signs if key != along)
    return f"{case['activation']}, {kept}"


def _name_lines(axes: Any) -> None:
    """Names beside the last points, as near as they can be without touching each other."""
    low, high = np.log(axes.get_ylim())
    ends = sorted(axes.get_lines(), key=lambda line: float(line.get_ydata()[-1]))
    steps = np.arange(len(ends)) * 0.05 * (high - low)
    heights = np.log([line.get_ydata()[-1] for line in ends])
    for line, at in zip(ends, np.exp(isotonic_regression(heights - steps).x + steps), strict=True):
        axes.annotate(
            line.get_label(), (line.get_xdata()[-1], at), xytext=(8, 0),
            textcoords="offset points", color=line.get_color(), fontsize=10.5, va="center",
            annotation_clip=False,
        )  # fmt: skip
    left, right = axes.get_xlim()
    axes.set_xlim(left, right * (right / left) ** 0.42)


if __name__ == "__main__":
    folder = Path(__file__).parent
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    draw(results["growth"]).savefig(folder / "growth.png")
