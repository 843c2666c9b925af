"""Order and chaos."""

from typing import TYPE_CHECKING, Any

import numpy as np

from ntksym.networks import Activation
from ntksym.plots.style import COLOURS, figure_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ntksym.numerics.depth.curves import Curves

REGIMES = (("ordered", "#d6e6f2"), ("chaotic", "#f7dccb"), ("variance unstable", "#e4e4e4"))


def phases(
    activation: Activation | str, w_std: float | None = None, b_std: float = 0.0
) -> "Figure":
    r"""Order and chaos of an activation, and the variance that deep layers settle at.

    Left the plane of the two standard deviations with the critical line χ₁ = 1 [schoenholz2017];
    right the fixed points q* of the variance as functions of w_std at this ``b_std``, from
    :math:`w(q)^2=(q-\beta^2)/\mathbb E[\sigma(\sqrt qZ)^2]`: a full line where they attract. A dot
    marks ``w_std``. ValueError for a negative or infinite number, or where σ jumps.
    """
    from ntksym.numerics.depth.curves import curves

    drawn = curves(activation, w_std, b_std)
    figure = figure_of(9.6, 4.2)
    left, right = figure.subplots(1, 2)
    _plane(left, drawn)
    _variances(right, drawn)
    figure.suptitle(drawn.name, fontsize=14)
    return figure


def _plane(axes: Any, drawn: "Curves") -> None:
    from matplotlib.colors import ListedColormap

    colours = ListedColormap([colour for _, colour in REGIMES])
    axes.pcolormesh(drawn.w, drawn.b, drawn.regimes, cmap=colours, vmin=0, vmax=2, rasterized=True)
    for k, (name, _) in enumerate(REGIMES):
        rows, columns = np.nonzero(drawn.regimes == k)
        if len(rows) > drawn.regimes.size / 20:
            at = drawn.w[int(columns.mean())], drawn.b[int(rows.mean())]
            axes.text(*at, name, ha="center", va="center", fontsize=12)
    axes.plot(*drawn.border, color=COLOURS[6], linewidth=2.0)
    if len(drawn.border[0]) == 1:
        axes.plot(*drawn.border, "o", color=COLOURS[6], clip_on=False)
    w, b = drawn.mark
    if w is not None:
        axes.plot([w], [b], "o", color=COLOURS[1], markersize=8, clip_on=False, zorder=5)
    axes.set_xlim(0, drawn.w[-1])
    axes.set_ylim(0, drawn.b[-1])
    _named(axes, r"$\beta$ (b_std)", r"critical line $\chi_1=1$")


def _variances(axes: Any, drawn: "Curves") -> None:
    w, q, slope = drawn.fixed
    attracting, top = np.abs(slope) < 1, max([1.0, *q[q < 20]])
    for where, style, label in ((attracting, "-", "attracting"), (~attracting, "--", "repelling")):
        if (where & (q <= top)).any():
            line = np.where(where, q, np.nan)
            axes.plot(w, line, style, color=COLOURS[0], linewidth=2.0, label=label, clip_on=True)
    mark, bias = drawn.mark
    if mark is not None:
        axes.axvline(mark, color=COLOURS[1], linewidth=1.2, linestyle=":")
    axes.set_xlim(0, drawn.w[-1])
    axes.set_ylim(-0.02 * top, 1.05 * top)
    _named(axes, "variance $q^*$", rf"fixed points of the variance, $\beta={bias:g}$")
    axes.grid(color="#dddddd", linewidth=0.7)
    axes.legend(frameon=False, fontsize=11)


def _named(axes: Any, vertical: str, title: str) -> None:
    axes.set_xlabel("$w$ (w_std)", fontsize=12)
    axes.set_ylabel(vertical, fontsize=12)
    axes.set_title(title, fontsize=12)
    axes.tick_params(labelsize=11)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
