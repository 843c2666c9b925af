"""The index of rules, read off the pages: ``python derivations/index.py`` writes rules.md.

With ``--pages`` every page is written first, which takes minutes.
"""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from ntksym.calculus import MEHLER, rules
from ntksym.calculus.derivation import Rule
from ntksym.calculus.strategy import COLLECT, WITHIN
from ntksym.networks.dual import CONSISTENT
from ntksym.render.bibliography import reference
from ntksym.render.layout import keys_of

FOLDER = Path(__file__).parent
INDEX = FOLDER / "rules.md"
SHORT = 180
"""Characters of LaTeX that a cell of the table takes; a longer formula is left to the page."""
HEAD = """\
# Rules and derivations

Written by `python derivations/index.py` from the pages beside it; a test proves it current.
"""


@dataclass(frozen=True)
class Page:
    """What one page says: the closed forms, the rules in order of use, the verdict of each line."""

    name: str
    kind: str
    formulas: dict[str, str]
    rules: tuple[str, ...]
    verdicts: tuple[str, ...]

    @property
    def link(self) -> str:
        return f"[{self.name}]({self.name}.tex)"


def read(path: Path) -> Page:
    """A page as :func:`ntksym.to_latex` writes it."""
    text = path.read_text(encoding="utf-8")
    statement, proof = text.split(r"\section*{Derivation}", 1)
    proof, listed = proof.split(r"\section*{Rules}", 1)
    listed = listed.split(r"\section*{Lemmas of the check}")[0]
    formulas = {}
    for symbol, rows in re.findall(
        r"^  (\\Sigma|\\dot\\Sigma) & = (.*?)^\\end\{align\*\}", statement, re.MULTILINE | re.DOTALL
    ):
        broken = re.sub(r" \\\\\n  & (\\phantom\{\{\}=\{\}\}) ", " ", rows).strip()
        formulas[symbol] = re.sub(r"\\fit\{\w+\}", "", broken)
    used = tuple(re.findall(r"\\entry\{R\d+\}\{\\textbf\{(.*?)\}", listed))
    quadrant = r"\Phi_2" in "".join(formulas.values())
    return Page(
        path.stem,
        "C" if MEHLER.name in used else "B" if quadrant else "A",
        formulas,
        used,
        tuple(re.findall(r"\\verdict\{(\w+)\}", proof)),
    )


def pages() -> list[Page]:
    """The pages that have a script and speak of an activation, in the order of their names."""
    scripts = sorted(path for path in FOLDER.glob("*.py") if "article import" in path.read_text())
    return [read(path.with_suffix(".tex")) for path in scripts if path != Path(__file__)]


def weakest(page: Page) -> str:
    order = ("REFUTED", "UNKNOWN", "AGREES", "ENCLOSED", "PROVED")
    return min(page.verdicts, key=order.index)


def markdown(found: list[Page]) -> str:
    """The table of activations, then every rule with the pages that use it."""
    known = {rule.name: rule for rule in (*rules(), MEHLER, WITHIN, COLLECT, CONSISTENT)}
    table = [
        "| activation | class | $\\Sigma$ | $\\dot\\Sigma$ | lines | weakest line |",
        "| --- | --- | --- | --- | --- | --- |",
        *map(_row, found),
    ]
    entries = [
        _entry(rule, [page for page in found if name in page.rules]) for name, rule in known.items()
    ]
    classes = (
        "Class A is elementary; class B needs the bivariate normal distribution function "
        "$\\Phi_2$; class C is a Hermite series. A formula that is too long for the table stands "
        "on its page."
    )
    return "\n".join((HEAD, "## Activations\n", classes, "", *table, "\n## Rules\n", *entries))


def _row(page: Page) -> str:
    cells = [page.link, page.kind, *(_cell(page, s) for s in (r"\Sigma", r"\dot\Sigma"))]
    return f"| {' | '.join((*cells, str(len(page.verdicts)), weakest(page)))} |"


def _cell(page: Page, symbol: str) -> str:
    formula = page.formulas.get(symbol)
    if formula is None:
        return "none"
    return f"${formula}$".replace("|", r"\vert ") if len(formula) <= SHORT else "on the page"


def _entry(rule: Rule, used: list[Page]) -> str:
    sources = " ".join(reference(key).text for key in keys_of(rule))
    links = ", ".join(page.link for page in used) or "no page"
    statement = f"```math\n{rule.statement}\n```"
    where = rule.where[:1].upper() + rule.where[1:]
    return (
        f"### {rule.name}\n\n{statement}\n\nConditions: {where}.\n\n"
        f"Reference: {sources}\n\nUsed by {links}.\n"
    )


if __name__ == "__main__":
    if "--pages" in sys.argv:
        for page in pages():
            subprocess.run([sys.executable, FOLDER / f"{page.name}.py"], check=True)
    INDEX.write_text(markdown(pages()), encoding="utf-8")
