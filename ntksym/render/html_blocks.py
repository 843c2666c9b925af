"""The blocks of a document in HTML."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from sympy import Expr

from ntksym.check.verdict import Line
from ntksym.language import Claim, Condition
from ntksym.render.bibliography import reference
from ntksym.render.document import (
    Block,
    Document,
    Equation,
    Paragraph,
    Picture,
    Proof,
    Rules,
    Section,
    Stated,
    Table,
)
from ntksym.render.layout import SHORT, Chain, ChainLine, Layout, keys_of
from ntksym.render.mathematics import latex, mathml, rows, spans, width

LINE = 400.0
"""About how many points of 11-point type fit in the column on a wide screen."""


def _slug(label: str) -> str:
    return label.lower().replace(" ", "-")


def _formula(lines: tuple[str, ...]) -> str:
    first, *rest = (mathml(line, "block") for line in lines)
    infix = (row.replace("<mrow><mo>", '<mrow><mo form="infix">', 1) for row in rest)
    inside = "".join(f'<div class="row">{row}</div>' for row in (first, *infix))
    return f'<div class="formula">{inside}</div>'


def _rhs(expr: Expr) -> str:
    first, *rest = rows(expr, LINE)
    return _formula((f"= {first}", *rest))


@dataclass(frozen=True)
class Page:
    """``mark`` comes before every anchor, so that two fragments can share a page."""

    layout: Layout
    mark: str

    def body(self, document: Document) -> str:
        parts = [f"<h1>{self.prose(document.title)}</h1>"]
        if document.abstract:
            parts.append(f'<p class="abstract">{self.prose(document.abstract)}</p>')
        return "\n".join((*parts, *self.blocks(document), *self.bibliography()))

    def blocks(self, document: Document) -> Iterator[str]:
        proofs = iter(self.layout.proofs)
        for block in document.blocks:
            if isinstance(block, Proof):
                yield from map(self.chain, next(proofs))
            else:
                yield self.block(block)

    def block(self, block: Block) -> str:
        match block:
            case Section():
                return f"<h2>{self.prose(block.title)}</h2>"
            case Paragraph():
                return f"<p>{self.prose(block.text)}</p>"
            case Equation():
                return self.equation(block.claim)
            case Rules():
                return f'<ul class="rules">\n{"".join(map(self.rule, block.rules))}</ul>'
            case Table():
                return self.table(block)
            case Picture():
                return self.picture(block)
        raise TypeError(f"block: expected a block of a document, got {type(block).__name__}")

    def prose(self, text: str) -> str:
        draw: dict[str, Callable[[str], str]] = {
            "plain": escape,
            "mathematics": mathml,
            "citation": self.cite,
        }
        return "".join(draw[span.kind](span.content) for span in spans(text))

    def cite(self, key: str) -> str:
        number = self.layout.keys.index(key) + 1
        return f'<a href="#{self.mark}{escape(key)}">[{number}]</a>'

    def cited(self, rule: Stated) -> str:
        return "".join(f" {self.cite(key)}" for key in keys_of(rule))

    def link(self, label: str) -> str:
        return f'<a href="#{self.mark}{_slug(label)}">{label}</a>'

    def conditions(self, where: tuple[Condition, ...]) -> str:
        return "; ".join(self.prose(w) if isinstance(w, str) else mathml(latex(w)) for w in where)

    def equation(self, claim: Claim) -> str:
        where = f"<p>Here {self.conditions(claim.where)}.</p>" if claim.where else ""
        if width(latex(claim.lhs)) <= SHORT:
            first, *rest = rows(claim.rhs, LINE)
            return _formula((f"{latex(claim.lhs)} = {first}", *rest)) + where
        return (
            f'{_formula(rows(claim.lhs, LINE))}\n<div class="line">{_rhs(claim.rhs)}</div>{where}'
        )

    def chain(self, chain: Chain) -> str:
        label = f"{chain.label}. " if chain.label else ""
        anchor = f' id="{self.mark}{_slug(chain.label)}"' if chain.label else ""
        lines = "\n".join(map(self.line, chain.lines))
        stuck = ""
        if chain.stuck_on is not None:
            stuck = f"<p>No rule takes this further:</p>{_formula(rows(chain.stuck_on, LINE))}"
        return (
            f"<section{anchor}>\n<h3>{label}{self.prose(chain.title)}</h3>\n"
            f"{_formula(rows(chain.lhs, LINE))}\n{lines}\n{stuck}</section>"
        )

    def line(self, line: ChainLine) -> str:
        return (
            f'<div class="line" id="{self.mark}line-{line.number}">{_rhs(line.claim.rhs)}'
            f'<span class="number">({line.number})</span>'
            f'<div class="why">{self.why(line)}</div></div>'
        )

    def why(self, line: ChainLine) -> str:
        label = self.layout.rules.get(line.rule.name)
        source = f" ({self.link(label)})" if label else self.cited(line.rule)
        parts = [self.prose(line.rule.name) + source, *(f"by {self.link(x)}" for x in line.lemmas)]
        parts += [self.conditions(line.claim.where)] if line.claim.where else []
        return "; ".join(parts) + (self.verdict(line.checked) if line.checked else "")

    def verdict(self, line: Line) -> str:
        witnesses = "".join(
            f"<li>{self.prose(w.name)}: {_badge(w.verdict.name)} {self.prose(w.detail)}</li>"
            for w in line.witnesses
        )
        return (
            f"<details><summary>{_badge(line.verdict.name)}</summary><ul>{witnesses}</ul></details>"
        )

    def rule(self, rule: Stated) -> str:
        label = self.layout.rules[rule.name]
        return (
            f'<li id="{self.mark}{_slug(label)}"><span class="label">{label}</span>'
            f"<strong>{self.prose(rule.name)}</strong>{self.cited(rule)}"
            f"{_formula((rule.statement,))}Conditions: {self.prose(rule.where)}.</li>\n"
        )

    def bibliography(self) -> Iterator[str]:
        if self.layout.keys:
            yield '<h2>References</h2>\n<ol class="references">'
            for key in self.layout.keys:
                yield f'<li id="{self.mark}{escape(key)}">{escape(reference(key).text)}</li>'
            yield "</ol>"

    def table(self, table: Table) -> str:
        head = "".join(f"<th>{self.prose(cell)}</th>" for cell in table.header)
        body = "".join(f"<tr>{''.join(map(self.cell, row))}</tr>\n" for row in table.rows)
        return (
            f'<div class="scroll"><table>\n<thead><tr>{head}</tr></thead>\n'
            f"<tbody>\n{body}</tbody></table></div>"
        )

    def cell(self, cell: str | Expr) -> str:
        return f"<td>{self.prose(cell) if isinstance(cell, str) else mathml(latex(cell))}</td>"

    def picture(self, picture: Picture) -> str:
        kinds = {"png": "image/png", "svg": "image/svg+xml"}
        if picture.kind not in kinds:
            raise ValueError("picture: HTML takes PNG or SVG, got PDF")
        data = base64.b64encode(picture.content).decode("ascii")
        caption = self.prose(picture.caption)
        return (
            f'<figure><img src="data:{kinds[picture.kind]};base64,{data}" '
            f'alt="{escape(picture.caption)}"><figcaption>{caption}</figcaption></figure>'
        )


def _badge(verdict: str) -> str:
    return f'<span class="badge {verdict.lower()}">{verdict}</span>'
