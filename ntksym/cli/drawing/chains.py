"""The chains of a derivation, for people and for programs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ntksym.cli.terminal import COLOURS

if TYPE_CHECKING:
    from ntksym.check import Report
    from ntksym.networks.dual import Dual
    from ntksym.render.layout import Chain, ChainLine

MARGIN = " " * 9
NOTATION = (
    "E is the expectation over a centred Gaussian pair (u, v) with variances q₁, q₂ and the",
    "covariance written below it; with q₁ or q₂ below it, over a single u of that variance.",
)


def chains(dual: "Dual", report: "Report | None" = None) -> "tuple[Chain, ...]":
    """The chains in the order of the proof, numbered as in the articles."""
    from ntksym.render import Document, Proof
    from ntksym.render.layout import lay_out

    return lay_out(Document("", blocks=(Proof(dual.derivation, report),))).proofs[0]


def stuck(dual: "Dual") -> str | None:
    """What no rule applies to, somewhere in the derivation; ``None`` where it is complete."""
    ends = (part.stuck_on for part in dual.derivation.parts())
    return next((str(end) for end in ends if end is not None), None)


def heading(chain: "Chain") -> Text:
    """Its label and its title."""
    from ntksym.render.mathematics.plain import plain

    label = f"{chain.label}. " if chain.label else ""
    return Text(f"{label}{plain(chain.title)}", "bold")


def drawn(chain: "Chain", columns: int) -> Iterator[Text]:
    """The chain as formulas, each with the rule that gave it."""
    from ntksym.render.mathematics.unicode import picture

    yield heading(chain)
    yield Text("".join(f"{MARGIN}{row}\n" for row in picture(chain.lhs, columns - len(MARGIN))))
    for line in chain.lines:
        rows = picture(line.claim.rhs, columns - len(MARGIN))
        axis = _axis(line.claim.rhs, rows)
        number = f"{f'({line.number})':>5}  = "
        left = ((number if k == axis else MARGIN, "dim") for k in range(len(rows)))
        body = (Text.assemble(start, row, "\n") for start, row in zip(left, rows, strict=True))
        yield Text.assemble(*body, (f"{MARGIN}{reason(line)}\n", "cyan"))
    if chain.stuck_on is not None:
        yield Text(f"{MARGIN}no rule applies here\n", "bold yellow")


def _axis(expr: Any, lines: list[str]) -> int:
    """The line on which the equals sign stands."""
    from ntksym.render.mathematics.unicode import baseline

    return min(baseline(expr), len(lines) - 1)


def reason(line: "ChainLine") -> str:
    """The rule, what it takes for granted and when the line holds."""
    from ntksym.render.mathematics.unicode import flat

    by = f", by {' and '.join(line.lemmas)}" if line.lemmas else ""
    where = ", ".join(map(flat, line.claim.where))
    return f"{line.rule.name}{by}" + (f", where {where}" if where else "")


def verdicts(chain: "Chain") -> Table:
    """The verdict on each line and what its witnesses said."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for style in ("dim", "", "", "dim"):
        table.add_column(style=style, overflow="fold", no_wrap=style == "")
    for line in chain.lines:
        if line.checked is not None:
            name = line.checked.verdict.name
            said = "\n".join(
                f"{w.name} {w.verdict.name}: {' '.join(w.detail.split())}"
                for w in line.checked.witnesses
            )
            number, verdict = f"{f'({line.number})':>5}", Text(name, COLOURS[name])
            table.add_row(number, verdict, line.rule.name, Text(said))
    return table


def draw(dual: "Dual", console: Console) -> None:
    """The whole derivation on ``console``."""
    console.print(Text(f"The dual of {dual.activation.name}\n", "bold underline"))
    console.print(Text("\n".join((*NOTATION, "")), "dim"))
    for chain in chains(dual):
        for part in drawn(chain, console.width):
            console.print(part, no_wrap=True, soft_wrap=True)


def data(dual: "Dual", report: "Report | None" = None) -> dict[str, Any]:
    """The derivation as JSON holds it; with a report, its verdicts too."""
    from ntksym.render import latex

    closed: dict[str, Any] = {}
    for name in ("sigma", "sigma_dot"):
        try:
            expr = getattr(dual, name)
            closed[name] = {"text": str(expr), "latex": latex(expr)}
        except ValueError:
            closed[name] = None
    return {
        "activation": {"name": dual.activation.name, "expression": str(dual.activation.expr)},
        "kind": dual.kind,
        **closed,
        **({"verdict": report.verdict.name} if report else {}),
        "chains": [_chain(chain) for chain in chains(dual, report)],
    }


def _chain(chain: "Chain") -> dict[str, Any]:
    stuck = None if chain.stuck_on is None else str(chain.stuck_on)
    lines = [_line(line) for line in chain.lines]
    head = {"label": chain.label, "title": chain.title, "start": str(chain.lhs)}
    return {**head, "lines": lines, "stuck_on": stuck}


def _line(line: "ChainLine") -> dict[str, Any]:
    from ntksym.render import latex

    found: dict[str, Any] = {
        "number": line.number,
        "rule": line.rule.name,
        "reference": line.rule.reference,
        "equals": str(line.claim.rhs),
        "latex": latex(line.claim.rhs),
        "where": [str(condition) for condition in line.claim.where],
        "lemmas": list(line.lemmas),
    }
    if line.checked is not None:
        witnesses = line.checked.witnesses
        found["verdict"] = line.checked.verdict.name
        found["witnesses"] = [
            {"name": w.name, "verdict": w.verdict.name, "detail": w.detail} for w in witnesses
        ]
    return found
