"""The blocks of a document in LaTeX."""

from collections.abc import Callable

from sympy import Expr

from ntksym.language import Claim, Condition
from ntksym.render.document import Stated, Table
from ntksym.render.layout import SHORT, Chain, ChainLine, Layout, keys_of
from ntksym.render.mathematics import escaped, latex, rows, spans, width

LINE = 375.0
"""Points left for a row of a proof beside its indentation and its number."""
TALL = 8
"""A chain with a line of more rows than about this is set in smaller type."""
SMALL = 0.82
"""The size of that type."""
OPERATION = 11.0
"""Points that an operation takes on the average: a guess at a height costs no printing."""


def prose(text: str) -> str:
    """Text with its plain parts escaped."""
    draw: dict[str, Callable[[str], str]] = {
        "plain": escaped,
        "mathematics": lambda content: f"${content}$",
        "citation": lambda key: rf"\cite{{{key}}}",
    }
    return "".join(draw[span.kind](span.content) for span in spans(text))


def equation(claim: Claim) -> str:
    where = f"\nHere {conditions(claim.where)}." if claim.where else ""
    if width(latex(claim.lhs)) > SHORT:
        return _unnumbered([*_lhs(claim.lhs), *_rhs(claim.rhs)]) + where
    first, *rest = (fitted(row) for row in rows(claim.rhs, LINE))
    below = (rf"  & \phantom{{{{}}={{}}}} {row}" for row in rest)
    return _unnumbered([rf"  {latex(claim.lhs)} & = {first}", *below]) + where


def _unnumbered(lines: list[str]) -> str:
    return _display("align*", " \\\\\n".join(lines))


def _display(environment: str, content: str) -> str:
    return f"\\begin{{{environment}}}\n{content}\n\\end{{{environment}}}"


def _lhs(lhs: Expr, limit: float = LINE) -> list[str]:
    first, *rest = (fitted(row, limit) for row in rows(lhs, limit))
    return [rf"  & {first}", *(rf"  & \quad {row}" for row in rest)]


def _rhs(rhs: Expr, limit: float = LINE) -> list[str]:
    first, *rest = (fitted(row, limit) for row in rows(rhs, limit))
    return [rf"  & \quad = {first}", *(rf"  & \quad \phantom{{{{}}={{}}}} {row}" for row in rest)]


def fitted(tex: str, limit: float = LINE) -> str:
    """A row that could not be broken far enough is drawn smaller rather than into the margin."""
    wide = width(tex) > limit
    return rf"\fit{{{min(limit, LINE):g}pt}}{{{tex}}}" if wide else tex


def chain_of(chain: Chain, layout: Layout) -> str:
    heading = " ".join(filter(None, (chain.label and f"{chain.label}.", prose(chain.title))))
    tall = max((_height(line.claim.rhs, LINE) for line in chain.lines), default=0) > TALL
    limit = LINE / SMALL if tall else LINE
    start = "".join(f"{row} \\notag \\\\*\n" for row in _lhs(chain.lhs, limit))
    content = start + " \\\\[1ex]\n".join(_line(line, layout, limit) for line in chain.lines)
    display = _display("align", content)
    stuck = ""
    if chain.stuck_on is not None:
        stuck = "\nNo rule takes this further:\n" + _unnumbered(_lhs(chain.stuck_on))
    display = f"{{\\footnotesize\n{display}\\par}}" if tall else display
    return f"\\paragraph{{{heading}}}\\leavevmode\\nopagebreak\n{display}{stuck}"


def _line(line: ChainLine, layout: Layout, limit: float) -> str:
    """A line of many rows may go on over the page, but not end there without its reason."""
    lines = _shorter(line, limit) or _rhs(line.claim.rhs, limit)
    keep = [len(lines) <= TALL or k in (0, len(lines) - 2) for k in range(len(lines) - 1)]
    ends = (r"\\*" if kept else r"\\" for kept in keep)
    broken = "".join(f"{row} \\notag {end}\n" for row, end in zip(lines[:-1], ends, strict=True))
    why = rf"  & \quad \phantom{{{{}}={{}}}} \why{{{_why(line, layout)}}} \notag"
    return f"{broken}{lines[-1]} \\tag{{{line.number}}} \\\\*[-.5ex]\n{why}"


def _height(expr: Expr, limit: float) -> float:
    return float(OPERATION * expr.count_ops() / limit)


def _shorter(line: ChainLine, limit: float) -> list[str]:
    """A tall line says what it changes in the one above, where that takes fewer rows."""
    height = _height(line.claim.rhs, limit)
    changed: list[str] = []
    room = 0.0
    for claim in line.rewrites() if height > TALL else ():
        left = f"{latex(claim.lhs)} = "
        first, *rest = rows(claim.rhs, limit - width(left))
        needed = width(left + first) + 20
        if needed <= room and not rest:
            changed[-1] += rf",\quad {left}{first}"
        else:
            changed += [left + first, *(rf"\qquad {row}" for row in rest)]
            room = 0.0 if rest else limit + 20
        room -= needed
    if not 0 < len(changed) < height - 1:
        return []
    head = r"  & \quad = \text{the same, where}"
    return [head, *(rf"  & \quad \phantom{{{{}}={{}}}} {fitted(row, limit)}" for row in changed)]


def _why(line: ChainLine, layout: Layout) -> str:
    name = prose(line.rule.name)
    label = layout.rules.get(line.rule.name)
    cited = "".join(rf"~\cite{{{key}}}" for key in keys_of(line.rule))
    parts = [rf"{name} (\hyperlink{{{label}}}{{{label}}})" if label else name + cited]
    parts += [f"by {lemma}" for lemma in line.lemmas]
    parts += [conditions(line.claim.where)] if line.claim.where else []
    verdict = rf" \hfill \verdict{{{line.checked.verdict.name}}}" if line.checked else ""
    return "; ".join(parts) + verdict


def conditions(where: tuple[Condition, ...]) -> str:
    """The conditions of a claim in one line."""
    return "; ".join(prose(w) if isinstance(w, str) else f"${latex(w)}$" for w in where)


def rule_entry(rule: Stated, layout: Layout) -> str:
    cited = "".join(rf"~\cite{{{key}}}" for key in keys_of(rule))
    statement = fitted(rule.statement, 400)
    name, where = prose(rule.name), prose(rule.where)
    body = f"\\textbf{{{name}}}{cited}\n\\[ {statement} \\]\nConditions: {where}."
    return rf"\entry{{{layout.rules[rule.name]}}}{{{body}}}"


def tabular(table: Table) -> str:
    cells = [[_cell(cell) for cell in row] for row in (table.header, *table.rows)]
    widths = [max(width(cell) for cell in column) for column in zip(*cells, strict=True)]
    wide = sum(widths) + 12 * len(widths) > 440
    columns = (r">{\raggedright\arraybackslash}X" if wide else "l") * len(widths)
    kind, size = ("tabularx", r"{\linewidth}") if wide else ("tabular", "")
    head, *body = (" & ".join(row) + r" \\" for row in cells)
    inside = "\n".join((r"\toprule", head, r"\midrule", *body, r"\bottomrule"))
    return (
        f"\\begin{{center}}\n\\begin{{{kind}}}{size}{{{columns}}}\n{inside}\n"
        f"\\end{{{kind}}}\n\\end{{center}}"
    )


def _cell(cell: str | Expr) -> str:
    return prose(cell) if isinstance(cell, str) else f"${latex(cell)}$"
