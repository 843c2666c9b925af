"""The figures of [jacot2018], from the numbers of ``ntksym.numerics.figures``."""

from math import pi
from typing import TYPE_CHECKING, Any

from ntksym.numerics.figures import CircleKernels, Components, TrainedBands
from ntksym.numerics.figures.posterior import LEVELS
from ntksym.plots.circles import TICKS
from ntksym.plots.style import COLOURS, DASHES, figure_of, framed

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LIMIT = {"color": "#000000", "linewidth": 1.6}


def circle_kernels(found: CircleKernels) -> "Figure":
    """Each network's kernel on the circle and the limit: a panel before training, one after."""
    figure = figure_of(9.6, 4.2)
    panels = figure.subplots(1, 2, sharey=True)
    for moment, axes in enumerate(panels):
        for k, width in enumerate(found.widths):
            for n, kernel in enumerate(found.kernels[k][:, moment]):
                label = f"width {width}" if n == 0 else None
                axes.plot(found.angles, kernel, color=COLOURS[k], linewidth=0.9, alpha=0.7,
                          label=label)  # fmt: skip
        axes.plot(found.angles, found.limit, linestyle=DASHES[1], label="limit", **LIMIT)
        axes.set_title(f"$t={(0, found.time)[moment]:g}$", fontsize=13)
        _angles(axes)
    panels[0].legend(frameon=False, fontsize=10)
    panels[0].set_ylabel(r"$K^{(4)}(x_0,\,x(\gamma))$", fontsize=12)
    return figure


def trained_bands(found: TrainedBands) -> "Figure":
    """The 10, 50 and 90 % quantiles of trained networks and of their limit, a panel a width."""
    figure = figure_of(4.8 * len(found.widths), 4.2)
    panels = figure.subplots(1, len(found.widths), sharey=True, squeeze=False)[0]
    for k, (axes, width) in enumerate(zip(panels, found.widths, strict=True)):
        low, middle, high = found.bands(k)
        colour = COLOURS[k]
        shade = f"{len(found.outputs[k])} networks, {LEVELS[0]:.0%} to {LEVELS[2]:.0%}"
        axes.fill_between(
            found.angles, low, high, color=colour, alpha=0.3, linewidth=0, label=shade
        )
        axes.plot(found.angles, middle, color=colour, linewidth=2.0, label="median")
        for line, quantile in enumerate(found.limit):
            style = DASHES[0] if line == 1 else DASHES[1]
            label = (None, "limit: median", "limit: 10% and 90%")[line]
            axes.plot(found.angles, quantile, linestyle=style, label=label, **LIMIT)
        axes.plot(found.data, found.targets, "o", color=COLOURS[6], markersize=6, zorder=5)
        axes.set_title(f"width {width}, $t={found.time:g}$", fontsize=13)
        _angles(axes)
        axes.legend(frameon=False, fontsize=9, loc="upper center")
    low, high = panels[0].get_ylim()
    panels[0].set_ylim(low, high + 0.35 * (high - low))
    panels[0].set_ylabel(r"$f_t(x(\gamma))$", fontsize=12)
    return figure


def components(found: Components) -> "Figure":
    """Digits by their components; what networks have left along the second; how far off it."""
    figure = figure_of(12.6, 4.0)
    cloud, left, aside = figure.subplots(1, 3)
    _cloud(cloud, found)
    for k, width in enumerate(found.widths):
        for n, (along, away) in enumerate(found.paths[k]):
            style = {"color": COLOURS[k], "linewidth": 1.1, "alpha": 0.8}
            style["label"] = f"width {width}" if n == 0 else None
            left.plot(found.times, along, **style)
            aside.plot(found.times, away, **style)
    left.plot(found.times, found.limit, linestyle=DASHES[1], label="limit", **LIMIT)
    aside.plot(found.times, 0 * found.times, linestyle=DASHES[1], label="limit", **LIMIT)
    left.set_title("left along the 2nd component", fontsize=12)
    aside.set_title("distance from the straight line", fontsize=12)
    for axes in (left, aside):
        axes.set_xlim(0, found.times[-1])
        framed(axes, "$t$")
    left.legend(frameon=False, fontsize=10)
    return figure


def _cloud(axes: Any, found: Components) -> None:
    """Each digit as its numeral; zeros to nines in colours that repeat after seven."""
    across, up = found.functions[1:]
    for x, y, label in zip(across, up, found.labels.tolist(), strict=True):
        axes.text(x, y, str(label), color=COLOURS[label % 7], fontsize=7, ha="center", va="center")
    axes.set_xlim(1.1 * across.min(), 1.1 * across.max())
    axes.set_ylim(1.1 * up.min(), 1.1 * up.max())
    axes.set_title("digits by components", fontsize=12)
    axes.set_ylabel("$f^{(3)}$")
    framed(axes, "$f^{(2)}$")


def _angles(axes: Any) -> None:
    axes.set_xlim(-pi, pi)
    axes.set_xticks([at for at, _ in TICKS], [name for _, name in TICKS])
    framed(axes, r"$\gamma$")
    axes.yaxis.set_major_locator(_ticks())


def _ticks() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(6)
