"""``ntksym figures``: the figures of Jacot, Gabriel and Hongler, from networks trained here."""

from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from ntksym.cli.arguments import AsJson
from ntksym.cli.terminal import give_json, output, waiting

Which = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FIGURE", help="kernels, bands, components or widths.", show_default="all"
    ),
]
Folder = Annotated[
    Path, typer.Option("--output", "-o", metavar="DIR", help="The folder of the pictures.")
]
Quick = Annotated[bool, typer.Option("--quick", help="Narrow networks, and few: a minute.")]
Seed = Annotated[int, typer.Option(help="Of all parameters and data.", min=0)]


def figures(
    names: Which = None,
    folder: Folder = Path("figures"),
    quick: Quick = False,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Train networks and draw them beside their limit: kernels, bands, components, widths.

    A picture each, and what it shows in numbers. Without --quick networks have up to 10 000 neurons
    a layer: 16 minutes of CPU, and 4 GB of memory.
    """
    from ntksym.plots.album import ALBUM
    from ntksym.plots.style import figure_of, small_png
    from ntksym.tour.files import write

    unknown = [name for name in names or () if name not in ALBUM]
    if unknown:
        raise ValueError(f"figures: expected some of {', '.join(ALBUM)}, got {unknown[0]!r:.60}")
    figure_of(1, 1)  # without matplotlib, now and not after the training
    folder.mkdir(parents=True, exist_ok=True)
    console, told = output(), []
    for name in dict.fromkeys(names or ALBUM):
        entry, start = ALBUM[name], perf_counter()
        with waiting(name) as progress:
            found = entry.numbers(quick, seed, progress)
        path, shows = write(folder / f"{name}.png", small_png(entry.draw(found))), str(found)
        seconds = perf_counter() - start
        told.append(
            {
                "figure": name, "title": entry.title, "quick": quick, "seed": seed,
                "shows": shows.splitlines(), "output": str(path), "seconds": round(seconds, 1),
            }
        )  # fmt: skip
        if not as_json:
            console.print(f"[bold underline]{entry.title}[/]")
            text = f"{shows}\n{path}, {seconds:.0f} s\n"
            console.print(text, markup=False, soft_wrap=True)
    if as_json:
        give_json(told)
