"""``ntksym check``: the verdict on each line of a derivation."""

from itertools import count

import typer
from rich.text import Text

from ntksym.cli.arguments import AsJson, Name, Parameters, chosen
from ntksym.cli.terminal import COLOURS, give_json, output, waiting


def check(activation: Name, param: Parameters = None, as_json: AsJson = False) -> None:
    """Check every line of the derivation of an activation's Σ and Σ̇.

    Exit status 1 where the weakest line is below ENCLOSED: enclosed by rigorous balls, or proved.
    """
    sigma = chosen(activation, param)
    with waiting(f"Deriving the dual of {sigma.name}") as working:
        from ntksym.check import Verdict
        from ntksym.check import check as checked
        from ntksym.networks.dual import dual

        pair = dual(sigma)
        parts, done = sum(1 for _ in pair.derivation.parts()), count()
        report = checked(
            pair.derivation,
            progress=lambda _: working(f"Checking {sigma.name}", next(done), parts),
        )
    from ntksym.cli.drawing.chains import chains, data, heading, stuck, verdicts

    end = stuck(pair)
    if as_json:
        give_json(data(pair, report if end is None else None) | {"verdict": report.verdict.name})
    else:
        name = report.verdict.name
        if end is None:
            for chain in chains(pair, report):
                output().print(heading(chain), verdicts(chain), "", sep="\n")
        else:
            output().print(f"no rule applies to {end}", markup=False, soft_wrap=True)
        weakest = Text(f"{sigma.name}: the weakest line is ") + Text(name, COLOURS[name])
        output().print(weakest)
    if report.verdict < Verdict.ENCLOSED:
        raise typer.Exit(1)
