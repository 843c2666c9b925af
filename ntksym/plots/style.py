"""What all pictures share."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
"""Okabe and Ito's colours: distinct with any colour vision. The dashes tell them apart in grey."""
DASHES = ("-", (0, (6, 2)), (0, (3, 1.5)), (0, (6, 2, 1, 2)), (0, (1, 1.2)))


def figure_of(width: float, height: float) -> "Figure":
    """An empty figure, in inches; ImportError without matplotlib."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ImportError("plots need matplotlib: pip install 'ntksym[report]'") from error
    return Figure(figsize=(width, height), dpi=160, layout="constrained")


def plain(axes: Any, across: str) -> None:
    """The labels, the frame and the legend that all pictures share."""
    framed(axes, across)
    axes.legend(frameon=False, fontsize=11)


def framed(axes: Any, across: str) -> None:
    """The labels and the frame, without a legend."""
    axes.set_xlabel(across, fontsize=12)
    axes.yaxis.label.set_fontsize(12)
    axes.tick_params(labelsize=11)
    axes.grid(color="#dddddd", linewidth=0.7)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def small_png(figure: "Figure", dpi: int = 80) -> bytes:
    """The picture in 64 colours: a quarter of the bytes, for pages and repositories."""
    from PIL import Image

    figure.savefig(whole := BytesIO(), format="png", dpi=dpi)
    picture = Image.open(whole).convert("RGB").quantize(64, dither=Image.Dither.NONE)
    picture.save(small := BytesIO(), format="png", optimize=True)
    return small.getvalue()
