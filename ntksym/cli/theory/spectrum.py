"""``ntksym spectrum``: eigenvalues on the sphere, between rigorous bounds."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Column, Table
from rich.text import Text

from ntksym.cli.arguments import (
    AsJson,
    Bias,
    BiasInit,
    BStd,
    Depth,
    Kind,
    Name,
    Parameters,
    Which,
    WStd,
    chosen,
    exact,
    kernel,
)
from ntksym.cli.terminal import give_json, output, say, waiting

if TYPE_CHECKING:
    from ntksym.numerics.sphere import Spectrum

Coordinates = Annotated[int, typer.Option(help="Coordinates d; the sphere is S^(d-1).")]
Radius = Annotated[
    str | None, typer.Option(metavar="NUMBER", help="|x|; √d, that is x·x = n0, by default.")
]
Picture = Annotated[
    Path | None, typer.Option(help="A picture with the derived decay: .png, .svg, .pdf.")
]


def spectrum(
    activation: Name,
    depth: Depth,
    dimension: Coordinates,
    degrees: Annotated[int, typer.Option(help="How many: 0, 1, ..., degrees - 1.", min=1)] = 12,
    param: Parameters = None,
    w_std: WStd = "1",
    b_std: BStd = "0",
    bias_init: Bias = BiasInit.gaussian,
    kind: Which = Kind.ntk,
    radius: Radius = None,
    digits: Annotated[int, typer.Option(help="Significant digits.", min=1, max=10_000)] = 20,
    plot: Picture = None,
    as_json: AsJson = False,
) -> None:
    """Compute the eigenvalues of a kernel on the sphere, each with its error bound."""
    of = kernel(chosen(activation, param), kind, depth, w_std, b_std, bias_init)
    size = None if radius is None else exact("radius", radius)
    with waiting(f"Computing {degrees} eigenvalues") as working:
        from ntksym.numerics.sphere import spectrum as computed

        found = computed(
            of, dimension, degrees, radius=size, digits=digits,
            progress=partial(working, "Composing the layers"),
        )  # fmt: skip
        decay = _decay(found)
        if plot is not None:
            _draw(found, f"{activation}, depth {depth}", plot)
    if as_json:
        give_json(
            {
                "kind": kind.value, "activation": activation, "depth": depth,
                "dimension": dimension, "variance": str(found.variance), "digits": digits,
                "eigenvalues": [
                    {"degree": k, "multiplicity": n, "value": mu.str(digits), "zero": mu == 0}
                    for k, n, mu in _rows(found)
                ],
                "trace": found.trace.str(digits), "tail": found.tail.str(digits), "decay": decay,
            }
        )  # fmt: skip
        return
    table = Table("degree", "multiplicity", Column("eigenvalue", no_wrap=True), box=None)
    for k, n, mu in _rows(found):
        table.add_row(str(k), str(n), Text("0 (exactly)" if mu == 0 else mu.str(digits)))
    output().print(table)
    for name in ("trace", "tail"):
        text = f"{name} {getattr(found, name).str(digits)}"
        output().print(text, markup=False, soft_wrap=True)
    say(_words(decay))


def _rows(found: "Spectrum") -> Any:
    return zip(found.degrees, found.multiplicities, found, strict=True)


def _decay(found: "Spectrum") -> dict[str, Any] | None:
    """For programs; an exponent of ``None`` is faster than any power."""
    try:
        decay = found.decay
    except (ValueError, ArithmeticError):
        return None
    exponent = None if decay.exponent is None else str(decay.exponent)
    return {"exponent": exponent, "even": decay.even.str(8), "odd": decay.odd.str(8)}


def _words(decay: dict[str, Any] | None) -> str:
    if decay is None:
        return "no decay is derived for this kernel"
    if decay["exponent"] is None:
        return "the eigenvalues decay faster than any power of the degree"
    even, odd = (
        "0, as far as is seen," if decay[parity].startswith("[+/-") else decay[parity]
        for parity in ("even", "odd")
    )
    return f"decay: k^-{decay['exponent']} times {even} (even k), {odd} (odd k)"


def _draw(found: "Spectrum", label: str, path: Path) -> None:
    from ntksym.plots import spectra
    from ntksym.tour.files import replaced

    if path.suffix not in (".png", ".svg", ".pdf"):
        raise ValueError(f"plot: expected a name in .png, .svg or .pdf, got {path.name!r}")
    figure = spectra({label: found})
    with replaced(path) as temporary:
        figure.savefig(temporary, format=path.suffix[1:])
