"""Pictures of kernels, with matplotlib where it is installed (the extra ``report``)."""

from collections.abc import Iterable, Mapping
from math import pi
from typing import TYPE_CHECKING, Any

import numpy as np

from ntksym.kernel import Kernel
from ntksym.networks import Activation

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ntksym.numerics.depth.curves import Curves

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
"""Okabe and Ito's colours: distinct with any colour vision. The dashes tell them apart in grey."""
DASHES = ("-", (0, (6, 2)), (0, (3, 1.5)), (0, (6, 2, 1, 2)), (0, (1, 1.2)))
TICKS = ((-pi, "−π"), (-pi / 2, "−π/2"), (0.0, "0"), (pi / 2, "π/2"), (pi, "π"))

Labelled = Mapping[str, Kernel] | Iterable[tuple[str, Kernel]]


def circle(kernels: Labelled, points: int = 721) -> "Figure":
    r"""K(x₀, x(γ)) on the unit circle of the plane, a line for each label and kernel.

    .. math:: x(\gamma)=(\cos\gamma,\sin\gamma),\quad x_0=x(0),\quad\gamma\in[-\pi,\pi]

    the picture of [jacot2018]: the input kernel is x·x'/2. ``points`` is the number of angles.
    Save it with ``figure.savefig("circle.png")``. ValueError without kernels or for fewer than two
    points; ImportError without matplotlib.
    """
    return circles({"": kernels}, points)


def circles(panels: Mapping[str, Labelled], points: int = 721) -> "Figure":
    """Several :func:`circle` side by side, each under its title."""
    if isinstance(points, bool) or not isinstance(points, int) or points < 2:
        raise ValueError(f"points: expected an integer of at least 2, got {points!r}")
    drawn = {title: _pairs(kernels) for title, kernels in panels.items()}
    if not drawn or not all(drawn.values()):
        raise ValueError("kernels: expected at least one pair (label, kernel), got none")
    figure = _figure(6.4 * len(drawn) ** 0.75, 4.2)
    axes = figure.subplots(1, len(drawn), squeeze=False)[0]
    for place, (title, pairs) in enumerate(drawn.items()):
        _draw(axes[place], title, pairs, points)
    axes[0].set_ylabel(r"$K(x_0,\,x(\gamma))$")
    return figure


def _pairs(kernels: Labelled) -> list[tuple[str, Kernel]]:
    pairs = list(kernels.items() if isinstance(kernels, Mapping) else kernels)
    for _, kernel in pairs:
        if not isinstance(kernel, Kernel):
            raise TypeError(f"kernels: expected a Kernel, got {type(kernel).__name__}")
    return pairs


def _figure(width: float, height: float) -> "Figure":
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ImportError("plots need matplotlib: pip install 'ntksym[report]'") from error
    return Figure(figsize=(width, height), dpi=160, layout="constrained")


def _draw(axes: Any, title: str, pairs: list[tuple[str, Kernel]], points: int) -> None:
    gamma = np.linspace(-pi, pi, points)
    circle = np.stack([np.cos(gamma), np.sin(gamma)], axis=1)
    for k, (label, kernel) in enumerate(pairs):
        values = kernel(np.array([[1.0, 0.0]]), circle)[0]
        style = {"color": COLOURS[k % len(COLOURS)], "linestyle": DASHES[k % len(DASHES)]}
        axes.plot(gamma, values, label=label, linewidth=2.0, **style)
    axes.set_title(title, fontsize=13)
    axes.set_xlim(-pi, pi)
    axes.set_xticks([at for at, _ in TICKS], [name for _, name in TICKS])
    axes.set_xlabel(r"angle $\gamma$ between $x_0$ and $x(\gamma)$", fontsize=12)
    axes.yaxis.label.set_fontsize(12)
    axes.tick_params(labelsize=11)
    axes.grid(color="#dddddd", linewidth=0.7)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=11)


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
    figure = _figure(9.6, 4.2)
    left, right = figure.subplots(1, 2)
    _plane(left, drawn)
    _variances(right, drawn)
    figure.suptitle(drawn.name, fontsize=14)
    return figure


REGIMES = (("ordered", "#d6e6f2"), ("chaotic", "#f7dccb"), ("variance unstable", "#e4e4e4"))


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
