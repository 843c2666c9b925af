"""``ntksym tour``: the main job on real input."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.status import Status
from rich.table import Table
from rich.text import Text

from ntksym.cli.arguments import AsJson
from ntksym.cli.terminal import give_json, messages, output, say

if TYPE_CHECKING:
    from ntksym.tour import Stage, Summary

Folder = Annotated[
    Path, typer.Option("--output", "-o", metavar="DIR", help="The folder of the report.")
]


def tour(folder: Folder = Path("ntksym-tour"), as_json: AsJson = False) -> None:
    """Derive ReLU and erf, check every line, classify handwritten digits, write a report.

    Exit status 1 where something is not as it should be. A minute at most.
    """
    from ntksym.tour import tour as run

    console = messages()
    status = Status("", console=console)
    try:
        summary = run(folder, lambda stage: _tell(stage, console, status))
    finally:
        status.stop()
    if as_json:
        from ntksym.tour.report import as_data

        give_json(as_data(summary))
    else:
        _show(summary, output())
    for failure in summary.failures:
        say(f"failed: {failure}")
    if summary.failures:
        raise typer.Exit(1)


def _tell(stage: "Stage", console: Console, status: Status) -> None:
    if stage.result is None:
        status.update(stage.title)
        if console.is_terminal:
            status.start()
        return
    status.stop()
    title, result = stage.title.ljust(38), (stage.result, "dim")
    line = Text.assemble(("✔ ", "bold green"), title, result)
    seconds = Text(f"{stage.seconds:.1f} s", "cyan")
    room = console.width - line.cell_len - seconds.cell_len
    console.print(Text.assemble(line, " " * max(room, 2), seconds))


def _show(summary: "Summary", console: Console) -> None:
    from ntksym.cli.drawing.chains import chains, heading
    from ntksym.cli.terminal import COLOURS
    from ntksym.render.mathematics.plain import plain
    from ntksym.tour.report import rows

    for checked in summary.duals:
        console.print(Text(f"\nThe dual of {checked.dual.activation.name}", "bold underline"))
        for chain in chains(checked.dual, checked.report):
            console.print(heading(chain))
            for line in chain.lines:
                if line.checked is not None:
                    name = line.checked.verdict.name
                    number = f"{f'({line.number})':>6}  ", "dim"
                    verdict = name.ljust(10), COLOURS[name]
                    console.print(Text.assemble(number, verdict, line.rule.name))
    table = Table(show_header=False, box=None, padding=(0, 3, 0, 0))
    for name, value in rows(summary):
        table.add_row(plain(name), Text(plain(value), "bold"))
    console.print("", table, "", sep="\n")
    for name in summary.files:
        console.print(f"{summary.folder / name}", markup=False, soft_wrap=True)
    for reason in summary.skipped:
        say(f"skipped {reason}")
