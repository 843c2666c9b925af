"""``ntksym derive``: the derivation of a dual pair, line by line."""

import json
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from ntksym.cli.arguments import AsJson, Name, Parameters, chosen
from ntksym.cli.terminal import output, say, waiting

if TYPE_CHECKING:
    from ntksym.networks.dual import Dual


class Format(StrEnum):
    """What to write."""

    text = "text"
    latex = "latex"
    html = "html"
    pdf = "pdf"
    json = "json"


SUFFIXES = {".tex": Format.latex, ".html": Format.html, ".pdf": Format.pdf, ".json": Format.json}
DEFAULT = "What to write; by default what the name of the output says, else text."


def derive(
    activation: Name,
    param: Parameters = None,
    format: Annotated[Format | None, typer.Option(help=DEFAULT, show_default=False)] = None,
    path: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="A file instead of standard output.", show_default=False
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Derive the Gaussian expectations Σ and Σ̇ of an activation, line by line.

    Exit status 1 where no rule takes the derivation to its end.
    """
    wanted = format or (SUFFIXES.get(path.suffix) if path else None) or Format.text
    wanted = Format.json if as_json else wanted
    if wanted is Format.pdf and path is None:
        raise ValueError("output: a PDF needs the name of a file, --output NAME.pdf")
    sigma = chosen(activation, param)
    with waiting(f"Deriving the dual of {sigma.name}"):
        from ntksym.networks.dual import dual

        pair = dual(sigma)
        text = _written(pair, wanted, path)
    from ntksym.cli.drawing.chains import draw, stuck

    if text is None:
        draw(pair, output())
    elif path is None:
        print(text, end="")
    if (end := stuck(pair)) is not None:
        say(f"incomplete: no rule applies to {end}")
        raise typer.Exit(1)


def _written(pair: "Dual", wanted: Format, path: Path | None) -> str | None:
    """The text, in ``path`` too where one is given; ``None`` for a terminal to draw."""
    from ntksym.cli.drawing.chains import data, draw
    from ntksym.render import to_html, to_latex, to_pdf
    from ntksym.tour.files import write

    if wanted is Format.pdf and path is not None:
        to_pdf(pair, path)
        return ""
    if wanted is Format.text and path is None:
        return None
    if wanted is Format.text:
        draw(pair, Console(file=(page := StringIO()), width=100, color_system=None))
        text = page.getvalue()
    elif wanted is Format.json:
        text = json.dumps(data(pair), indent=2, ensure_ascii=False) + "\n"
    else:
        text = to_latex(pair) if wanted is Format.latex else to_html(pair)
    if path is not None:
        write(path, text)
    return text
