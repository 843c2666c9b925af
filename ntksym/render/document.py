"""``Document``: what every higher object says of itself, before it is LaTeX, HTML or PDF.

Text is plain, with mathematics between dollars and citations as ``[@key]``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sympy import Expr

from ntksym.calculus.derivation import Derivation, Rule
from ntksym.check.functional.facts import Fact
from ntksym.check.symbolic.lemmas import Lemma
from ntksym.check.trusted import trusted
from ntksym.check.verdict import Report
from ntksym.language import Claim


@dataclass(frozen=True)
class Section:
    """A heading."""

    title: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text."""

    text: str


@dataclass(frozen=True)
class Equation:
    """One displayed equation and its conditions."""

    claim: Claim


@dataclass(frozen=True)
class Proof:
    """A derivation line by line: lemmas first, then the chain, then what stands beside it.

    A ``report`` adds the verdict of each line. ValueError if it is a report of something else.
    """

    derivation: Derivation
    report: Report | None = None

    def __post_init__(self) -> None:
        if self.report is not None and not _fits(self.report, self.derivation):
            raise ValueError(f"report: it is not a report on {self.derivation.title!r}")


Stated = Rule | Lemma | Fact
"""What has a name, a statement, conditions and a reference."""


@dataclass(frozen=True)
class Rules:
    """The rules used: name, statement, conditions, reference. Proofs refer to them by number."""

    rules: tuple[Stated, ...]


@dataclass(frozen=True)
class Table:
    """A table; a cell is text or a SymPy expression."""

    header: tuple[str, ...]
    rows: tuple[tuple[str | Expr, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.header):
                raise ValueError(f"rows: expected {len(self.header)} cells, got {len(row)}: {row}")


@dataclass(frozen=True)
class Picture:
    """A picture, from a file or its bytes: PNG anywhere, SVG in HTML, PDF in LaTeX."""

    source: str | Path | bytes
    caption: str

    @property
    def content(self) -> bytes:
        return self.source if isinstance(self.source, bytes) else Path(self.source).read_bytes()

    @property
    def kind(self) -> str:
        """``png``, ``svg`` or ``pdf``, by the first bytes; ValueError for anything else."""
        start = self.content[:256].lstrip()
        marks = {b"\x89PNG": "png", b"%PDF": "pdf", b"<svg": "svg", b"<?xml": "svg"}
        for mark, kind in marks.items():
            if start.startswith(mark):
                return kind
        raise ValueError(f"picture: expected PNG, SVG or PDF, got bytes that start {start[:8]!r}")


Block = Section | Paragraph | Equation | Proof | Rules | Table | Picture


@dataclass(frozen=True)
class Document:
    """A title, an abstract, and blocks; ``references`` are cited beside those of the rules."""

    title: str
    abstract: str = ""
    blocks: tuple[Block, ...] = ()
    references: tuple[str, ...] = ()


def document_of(obj: Any, report: Report | None = None) -> Document:
    """What ``obj`` says of itself: a document, the result of ``obj.document()``, or a derivation.

    ``report`` goes to the proof that it is a report on. TypeError for an object that does not
    describe itself, ValueError for a report on something else.
    """
    if isinstance(obj, Derivation):
        return _document_of_derivation(obj, report)
    if not isinstance(obj, Document):
        describe = getattr(obj, "document", None)
        if not callable(describe) or isinstance(obj, type):
            raise TypeError(f"obj: a {type(obj).__name__} has no document() to render")
        obj = describe()
    return obj if report is None else _with_report(obj, report)


def _with_report(document: Document, report: Report) -> Document:
    for place, block in enumerate(document.blocks):
        if isinstance(block, Proof) and block.report is None and _fits(report, block.derivation):
            before, after = document.blocks[:place], document.blocks[place + 1 :]
            proof = (_verdict(report), Proof(block.derivation, report))
            return replace(document, blocks=(*before, *proof, *after, *_lemmas(report)))
    raise ValueError(f"report: it is not a report on a proof of {document.title!r}")


def _fits(report: Report, derivation: Derivation) -> bool:
    found = [[(line.claim.lhs, line.claim.rhs) for line in s.lines] for s in report.sections]
    parts = derivation.parts()
    return found == [[(s.claim.lhs, s.claim.rhs) for s in part.steps] for part in parts]


CONVENTIONS = (
    r"$\mathbb{E}_{q_1,q_2,c}$ is the expectation over a centred Gaussian pair $(u,v)$ with "
    r"variances $q_1,q_2>0$ and covariance $c$, $c^2\le q_1q_2$; where the variances are $q_1,q_2$ "
    r"themselves, only the covariance is shown: $\mathbb{E}_c$. With a single index and a function "
    r"of $u$ alone, $\mathbb{E}_q$ has $u\sim\mathcal{N}(0,q)$. $\theta$ is the Heaviside function "
    r"and $\delta$ the Dirac distribution."
)

VERDICTS = (
    "Each line was looked at by independent witnesses. PROVED: the difference of the two sides "
    "reduces to zero symbolically, or the line is an instance of a lemma of the trusted base whose "
    "conditions were checked. ENCLOSED: rigorous balls around both sides overlap and are narrow "
    "[@johansson2017]. AGREES: floating quadrature agrees. UNKNOWN is not a pass; REFUTED is a "
    "counterexample."
)


def _document_of_derivation(derivation: Derivation, report: Report | None) -> Document:
    return Document(derivation.title, "", tuple(_blocks(derivation, report)))


def _blocks(derivation: Derivation, report: Report | None) -> Iterator[Block]:
    yield Section("Statement")
    yield Paragraph(
        "We derive" if derivation.complete else "The derivation is incomplete; it ends at"
    )
    yield Equation(derivation.claim)
    yield Section("Conventions")
    yield Paragraph(CONVENTIONS)
    yield Section("Derivation")
    if report is not None:
        yield _verdict(report)
    yield Proof(derivation, report)
    yield Section("Rules used")
    yield Rules(derivation.rules())
    yield from _lemmas(report) if report is not None else ()


def _verdict(report: Report) -> Paragraph:
    return Paragraph(f"The weakest line of this derivation is {report.verdict.name}. {VERDICTS}")


def _lemmas(report: Report) -> Iterator[Block]:
    if used := trusted(report):
        yield Section("Lemmas of the check")
        yield Paragraph(
            "Lines were found to be instances of these, by code that shares nothing with the rules."
        )
        yield Rules(used)
