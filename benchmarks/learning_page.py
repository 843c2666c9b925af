"""The page and the picture of learning.py."""

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from ntksym.plots.style import COLOURS, DASHES, plain

WHAT = {
    "digits": ("Handwritten digits", "wrong, % of the test images"),
    "diabetes": ("Diabetes", "RMSE of the progression"),
}
INTRODUCTION = """# Learning curves on real data

Written by `python benchmarks/learning.py`, with everything below measured by it.

Kernel regression with the tangent kernel (NTK) and the covariance (NNGP) of ReLU networks and with
a Gaussian kernel (RBF), all three from this package; the RBF is the NNGP of a cosine network. The
fourth row trains the network of the NTK by gradient flow for the best time instead
([dynamics.md](dynamics.md)). Each has the same effort: nine kernels (depth 2, 3 or 5 with `b_std`
0, 0.3 or 1 at `w_std` √2; nine widths) times nine ridges (or times). A fifth of the n
training points chooses among them by its squared error, and the winner learns from all n. Splits
are random with fixed seeds, the same for all rows; inputs are centred and scaled by the training
points. After ± stands the standard error of the mean over splits; they overlap, so it says less of
other data.

![Learning curves](pictures/learning.png)
"""


def page(results: Mapping[str, Any]) -> str:
    parts = [INTRODUCTION]
    for name, (title, unit) in WHAT.items():
        found = results[name]
        rows = found["rows"]
        parts.append(f"## {title}: {unit}\n")
        parts.append(
            f"{found['test']} test points, {found['splits']} splits; n is the training set.\n"
        )
        parts.append("| | " + " | ".join(f"n = {row['n']}" for row in rows) + " |")
        parts.append("| --- " + "| --: " * len(rows) + "|")
        for kind in kinds(rows):
            cells = (f"{row[kind][0]:.1f} ± {row[kind][1]:.1f}" for row in rows)
            parts.append(f"| {kind} | " + " | ".join(cells) + " |")
        parts.append("")
    return "\n".join(parts)


def kinds(rows: list[dict[str, Any]]) -> list[str]:
    return [key for key in rows[0] if key != "n"]


def draw(results: Mapping[str, Any]) -> Figure:
    figure = Figure(figsize=(10, 4.2), dpi=160, layout="constrained")
    for axes, (name, (title, unit)) in zip(figure.subplots(1, 2), WHAT.items(), strict=True):
        rows = results[name]["rows"]
        sizes = [row["n"] for row in rows]
        for k, kind in enumerate(kinds(rows)):
            values, errors = zip(*(row[kind] for row in rows), strict=True)
            axes.errorbar(
                [n * 1.03 ** (k - 1.5) for n in sizes], values, errors, color=COLOURS[k],
                linestyle=DASHES[k], marker="o", markersize=4, linewidth=1.6, capsize=2, label=kind,
            )  # fmt: skip
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(FixedLocator(sizes))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.set_xticks(sizes, [str(n) for n in sizes])
        axes.set_title(title, fontsize=12)
        axes.set_ylabel(unit)
        plain(axes, "training points $n$")
        if name == "digits":
            axes.set_ylim(bottom=0)
    return figure
