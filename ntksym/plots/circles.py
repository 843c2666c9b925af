"""Kernels on the unit circle."""

from collections.abc import Iterable, Mapping
from math import pi
from typing import TYPE_CHECKING, Any

import numpy as np

from ntksym.arguments import integer
from ntksym.kernel import Kernel
from ntksym.plots.style import COLOURS, DASHES, figure_of, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

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
    points = integer("points", points, 2)
    drawn = {title: _pairs(kernels) for title, kernels in panels.items()}
    if not drawn or not all(drawn.values()):
        raise ValueError("kernels: expected at least one pair (label, kernel), got none")
    figure = figure_of(6.4 * len(drawn) ** 0.75, 4.2)
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
    plain(axes, r"angle $\gamma$ between $x_0$ and $x(\gamma)$")
