"""``ntksym phase``: order or chaos, the depth scales, the kernel of many layers."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ntksym.cli.arguments import AsJson, Bias, BiasInit, BStd, Name, Parameters, WStd, chosen, exact
from ntksym.cli.terminal import give_json, output, waiting

if TYPE_CHECKING:
    from ntksym.numerics.depth import Phase

PLOT = "A picture of the phases, .png, .svg or .pdf."


def phase(
    activation: Name,
    param: Parameters = None,
    w_std: WStd = "1",
    b_std: BStd = "0",
    bias_init: Bias = BiasInit.gaussian,
    digits: Annotated[int, typer.Option(help="Significant digits.", min=1, max=250)] = 15,
    plot: Annotated[Path | None, typer.Option(help=PLOT, show_default=False)] = None,
    as_json: AsJson = False,
) -> None:
    """Say whether deep networks are ordered, critical or chaotic, and where their kernel goes.

    With the critical w_std at this b_std. Numbers are exact where they can be: 0.1 is one tenth.
    """
    sigma = chosen(activation, param)
    w, b = exact("w-std", w_std), exact("b-std", b_std)
    with waiting(f"Following the variance of {sigma.name} through the layers"):
        from ntksym.numerics.depth import phase as phase_of

        found = phase_of(sigma, w, b, bias_init=bias_init.value, digits=digits)
        border = _critical(sigma, b if bias_init is BiasInit.gaussian else 0, digits)
        if plot is not None:
            _draw(plot, sigma, w, b if bias_init is BiasInit.gaussian else 0)
    if as_json:
        names = {"activation": activation, "w_std": w_std, "b_std": b_std}
        names |= {"bias_init": bias_init.value}
        give_json({**names, "digits": digits, **_data(found, border, digits)})
    else:
        _print(found, border, digits)


def _critical(sigma: Any, b: Any, digits: int) -> Any:
    from ntksym.numerics.depth import critical

    try:
        return critical(sigma, b, digits=digits)
    except ValueError:
        return None


def _draw(path: Path, sigma: Any, w: Any, b: Any) -> None:
    """The whole picture, then the file."""
    from io import BytesIO

    from ntksym.plots import phases
    from ntksym.tour.files import write

    kind = path.suffix.removeprefix(".")
    if kind not in ("png", "svg", "pdf"):
        raise ValueError(f"plot: expected a name that ends in .png, .svg or .pdf, got {path.name}")
    phases(sigma, w, b).savefig(page := BytesIO(), format=kind)
    write(path, page.getvalue())


def _text(x: Any, digits: int) -> str | None:
    from ntksym.numerics.depth.article import text

    return None if x is None else str(text(x, digits))


def _data(found: "Phase", border: Any, digits: int) -> dict[str, Any]:
    """What --json prints: numbers as texts, exact ones as formulas."""
    keys = {
        "variance": ("value", "slope"),
        "correlation": ("value", "slope"),
        "expansion": ("exponent", "coefficient"),
        "limit": ("growth", "diagonal", "off_diagonal", "ratio"),
    }

    def spelt(part: Any, names: tuple[str, ...]) -> dict[str, Any] | None:
        if part is None:
            return None
        return {name: _text(getattr(part, name), digits) for name in names}

    points = [{**(spelt(point, ("value", "slope")) or {}), "stability": point.stability}
              for point in found.fixed_points]  # fmt: skip
    scales = dict(zip(("variance", "correlation"), found.depth_scales, strict=True))
    return {
        "regime": found.regime,
        "chi": _text(found.chi, digits),
        "critical_w_std": _text(border, digits),
        "fixed_points": points,
        "no_other_fixed_point": "proved" if found.complete else "not proved",
        **{name: spelt(getattr(found, name), names) for name, names in keys.items()},
        "depth_scales": {name: _text(value, digits) for name, value in scales.items()},
    }


def _print(found: "Phase", border: Any, digits: int) -> None:
    from rich.table import Table

    from ntksym.numerics.depth.article import others, rows
    from ntksym.render.mathematics.plain import plain

    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_row("regime", found.regime)
    table.add_row("critical w_std at this b_std", _text(border, digits) or "none")
    for label, _, value in rows(found):
        table.add_row(plain(label), _text(value, digits) or "none")
    output().print(table)
    output().print(others(found))
