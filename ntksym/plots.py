"""Pictures of kernels, with matplotlib where it is installed (the extra ``report``)."""

from collections.abc import Iterable, Mapping
from math import pi
from typing import TYPE_CHECKING, Any

import numpy as np

from ntksym.kernel import Kernel
from ntksym.numerics.sphere import Spectrum

if TYPE_CHECKING:
    from matplotlib.figure import Figure

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


def spectra(spectra: Mapping[str, Spectrum] | Iterable[tuple[str, Spectrum]]) -> "Figure":
    """Eigenvalues against their degree, both logarithmic, a row of marks for each label.

    A line shows the derived decay where it is a power, for even and odd degrees apart where they
    differ. Degree 0 and eigenvalues that are 0 are left out. ValueError without spectra;
    ImportError without matplotlib.
    """
    pairs = list(spectra.items() if isinstance(spectra, Mapping) else spectra)
    if not pairs:
        raise ValueError("spectra: expected at least one pair (label, spectrum), got none")
    for _, spectrum in pairs:
        if not isinstance(spectrum, Spectrum):
            raise TypeError(f"spectra: expected a Spectrum, got {type(spectrum).__name__}")
    figure = _figure(6.4, 4.2)
    axes = figure.subplots()
    for n, (label, spectrum) in enumerate(pairs):
        _marks(axes, label, spectrum, COLOURS[n % len(COLOURS)])
    axes.set_xscale("log")
    axes.set_yscale("log")
    _plain(axes, r"degree $k$")
    axes.set_ylabel(r"$\mu_k$", fontsize=12)
    return figure


def _marks(axes: Any, label: str, spectrum: Spectrum, colour: str) -> None:
    mu = {k: float(ball) for k, ball in zip(spectrum.degrees, spectrum, strict=True) if k > 0}
    shown = {k: value for k, value in mu.items() if value > 0}
    axes.plot(list(shown), list(shown.values()), "o", color=colour, label=label, markersize=4)
    try:
        decay = spectrum.decay
    except (ValueError, ArithmeticError):
        return
    for parity in (0, 1):
        degrees = [k for k in shown if k % 2 == parity]
        if decay.exponent is not None and degrees and decay.constant(parity) > 0:
            constant, power = float(decay.constant(parity)), float(decay.exponent)
            line = [constant * k**-power for k in degrees]
            axes.plot(degrees, line, color=colour, linestyle=DASHES[parity], linewidth=1.0)


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
    _plain(axes, r"angle $\gamma$ between $x_0$ and $x(\gamma)$")


def _plain(axes: Any, across: str) -> None:
    """The labels and the frame that all pictures share."""
    axes.set_xlabel(across, fontsize=12)
    axes.yaxis.label.set_fontsize(12)
    axes.tick_params(labelsize=11)
    axes.grid(color="#dddddd", linewidth=0.7)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=11)
