"""``Argument``: a proof in sentences, each with what it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass

from ntksym.render import Document, Paragraph, Section
from ntksym.render.document import Block


@dataclass(frozen=True)
class Line:
    """A statement, mathematics between dollars, and why it holds."""

    statement: str
    because: str
    reference: str = ""
    """A BibTeX key, or nothing."""


@dataclass(frozen=True)
class Argument:
    """Lines in order, from what is given to what was to be shown."""

    title: str
    lines: tuple[Line, ...]

    def blocks(self) -> Iterator[Block]:
        for number, line in enumerate(self.lines, 1):
            cited = f" [@{line.reference}]" if line.reference else ""
            yield Paragraph(f"({number}) {line.statement} {line.because}{cited}")

    def document(self) -> Document:
        return Document(self.title, "", (Section("Proof"), *self.blocks()))

    def __str__(self) -> str:
        from ntksym.render.mathematics.plain import plain

        return "\n".join(
            f"({k}) {plain(line.statement, keep=True)}\n      {plain(line.because, keep=True)}"
            for k, line in enumerate(self.lines, 1)
        )
