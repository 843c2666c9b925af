"""The page on the source texts, from the records in ``claims``: ``python docs/sources.py``."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from claims import FORMULAS, SOURCES, VERDICTS, WRONG, SourceFormula

DOCS = Path(__file__).parent
PAGE = DOCS / "sources.md"

INTRODUCTION = r"""# The sources, line by line

This project started from four texts about the paper of Jacot, Gabriel and Hongler (2018). Here each
displayed formula of theirs is a claim with a verdict, and so are the statements in their prose on
which something depends. Formulas that stand in several places share a row. The texts themselves
are not part of the project; places are headings and lines of their plain-text form.

This page is written by `python docs/sources.py`, which runs every check first. A check finds the
truth without the formula (differences of the cost, quadrature, an integrated flow, random networks
with a fixed seed) and compares. Where a form is wrong, the check must reject it and accept the
corrected one. Checks on random networks allow five standard errors, a false alarm below 1e-6 for an
entry, or name their own tolerance. A theorem of the literature is not proved by a number: its row
names the hypotheses and what part of it is shown.

Notation is the project's: $L$ counts affine layers, $\Sigma^{(1)} = w^2 x \cdot x'/n_0 +
\beta^2$. The sources have $w = 1$. The tangent kernel at the parameters $\theta$ is $\hat\Theta$
here, and $K_{\mathrm{NTK}}$, $K$, $\tilde K$ or $\Theta^{(L)}(\theta)$ there; its limit is
$\Theta^{(L)}$ here, and $K_\infty$, $K_0$ or $\Theta^{(L)}$ there. The cost is $C$ here, and $C$,
$V$ or $L$ there; $d$ stands for its gradient $\nabla_f C$ in function space, $p$ for the
distribution of the inputs, $\dot f$ for $df/dt$.
"""


def page() -> str:
    """The whole page."""
    wrong = [row for row in FORMULAS if row.verdict in WRONG[:2]]
    parts = [
        INTRODUCTION,
        _summary(),
        "## Misprints and false statements\n",
        _table(wrong, named=True),
    ]
    for source in SOURCES:
        rows = [row for row in FORMULAS if row.source == source.name and row not in wrong]
        parts += [f"## {source.heading}\n\n`{source.name}`: {source.about}\n", _table(rows)]
    return "\n".join(parts)


def _summary() -> str:
    """How many rows of each verdict each source has."""
    names = [source.name for source in SOURCES]
    counts = Counter((row.source, row.verdict) for row in FORMULAS)
    lines = [_line(["verdict", "meaning", *names, "all"]), _line(["---"] * 2 + ["--:"] * 5)]
    for verdict, meaning in VERDICTS.items():
        found = [counts[name, verdict] for name in names]
        lines.append(_line([verdict, meaning, *map(str, found), str(sum(found))]))
    totals = [sum(row.source == name for row in FORMULAS) for name in names]
    lines.append(_line(["rows", "", *map(str, totals), str(sum(totals))]))
    return "\n".join(lines) + "\n"


def _table(rows: Iterable[SourceFormula], named: bool = False) -> str:
    head = ["place", "claim", "verdict", "corrected form or hypothesis", "what shows it"]
    lines = [_line((["source"] if named else []) + head)]
    lines.append(_line(["---"] * (len(head) + named)))
    for row in rows:
        cells = [row.place, row.claim, row.verdict, row.corrected, _shown(row)]
        lines.append(_line(([row.source] if named else []) + cells))
    return "\n".join(lines) + "\n"


def _shown(row: SourceFormula) -> str:
    if row.check is None:
        return ""
    module = row.check.__module__.rpartition(".")[2]
    return f"{row.shown_by} ([`{row.check.__name__}`](claims/checks/{module}.py))"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def failures() -> list[str]:
    """The rows whose check does not bear out the verdict."""
    return [
        f"{row.source}, {row.place}: {row.verdict} is not what {row.check.__name__} finds"
        for row in FORMULAS
        if row.check is not None and not row.check().supports(row.verdict)
    ]


def main() -> None:
    """Run the checks, and write the page if all hold."""
    if wrong := failures():
        raise SystemExit("\n".join(wrong))
    draft = PAGE.with_suffix(".md.draft")
    draft.write_text(page(), encoding="utf-8")
    draft.replace(PAGE)


if __name__ == "__main__":
    main()
