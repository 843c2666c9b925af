"""Eigenvalues on the sphere."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ntksym.numerics.sphere import Spectrum
from ntksym.plots.style import COLOURS, DASHES, figure_of, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def spectra(spectra: Mapping[str, Spectrum] | Iterable[tuple[str, Spectrum]]) -> "Figure":
    """Eigenvalues against their degree, both logarithmic, a row of marks for each label.

    A line shows the derived decay where it is a power: solid for even, dashed for odd degrees.
    Degree 0 and eigenvalues that are 0 are left out. ValueError without spectra; ImportError
    without matplotlib.
    """
    pairs = list(spectra.items() if isinstance(spectra, Mapping) else spectra)
    if not pairs:
        raise ValueError("spectra: expected at least one pair (label, spectrum), got none")
    for _, spectrum in pairs:
        if not isinstance(spectrum, Spectrum):
            raise TypeError(f"spectra: expected a Spectrum, got {type(spectrum).__name__}")
    figure = figure_of(6.4, 4.2)
    axes = figure.subplots()
    for n, (label, spectrum) in enumerate(pairs):
        _marks(axes, label, spectrum, COLOURS[n % len(COLOURS)])
    axes.set_xscale("log")
    axes.set_yscale("log")
    plain(axes, r"degree $k$")
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
