"""``Theorem``: a statement, hypotheses that are checked on the network at hand, a conclusion."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from sympy import S

from ntksym.check import Verdict
from ntksym.kernel import Kernel
from ntksym.render import Document, Paragraph, Section, Table
from ntksym.render.document import Block
from ntksym.render.mathematics.plain import plain
from ntksym.theorems.activations import Undecided
from ntksym.theorems.case import Case, case


class Answer(StrEnum):
    """Whether a theorem speaks of a network."""

    HOLDS = "holds"
    NOT_MET = "hypothesis not met"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Hypothesis:
    """``holds`` decides it, or raises :class:`Undecided` with the reason."""

    statement: str
    holds: Callable[[Case], bool]


@dataclass(frozen=True)
class Finding:
    """A hypothesis on one network: met, not met, or ``None`` and why it is not known."""

    hypothesis: Hypothesis
    met: bool | None
    why: str = ""


@dataclass(frozen=True)
class Theorem:
    """``decides`` is what the conclusion says of strict positive definiteness, if it does."""

    name: str
    statement: str
    hypotheses: tuple[Hypothesis, ...]
    conclusion: str
    reference: str
    """A BibTeX key."""
    decides: Verdict | None = None

    def apply(
        self, kernel: Kernel, dimension: int | None = None, domain: str = "sphere"
    ) -> "Application":
        """Check each hypothesis; arguments and errors as for ``positive_definite``."""
        question = case(kernel, dimension, domain, S.One)
        findings = tuple(_found(hypothesis, question) for hypothesis in self.hypotheses)
        return Application(self, question.text, findings)

    def document(self) -> Document:
        """Statement, hypotheses, conclusion, reference."""
        return Document(self.name, "", tuple(self.blocks()))

    def blocks(self) -> Iterator[Block]:
        yield Section(self.name)
        yield Paragraph(f"{self.statement} [@{self.reference}]")
        for number, hypothesis in enumerate(self.hypotheses, 1):
            yield Paragraph(f"({number}) {hypothesis.statement}.")
        yield Paragraph(f"Then {self.conclusion}.")


@dataclass(frozen=True)
class Application:
    """A theorem beside a network: what of its hypotheses is met."""

    theorem: Theorem
    subject: str
    findings: tuple[Finding, ...]

    @property
    def answer(self) -> Answer:
        """NOT_MET if one hypothesis is known to fail, else UNKNOWN if one is not known."""
        met = [finding.met for finding in self.findings]
        return Answer.NOT_MET if False in met else Answer.UNKNOWN if None in met else Answer.HOLDS

    @property
    def missing(self) -> tuple[str, ...]:
        """The hypotheses that are not met."""
        return tuple(f.hypothesis.statement for f in self.findings if f.met is False)

    def document(self) -> Document:
        told = {True: "met", False: "not met", None: "unknown"}
        rows = tuple(
            (f.hypothesis.statement, told[f.met] + (f": {f.why}" if f.why else ""))
            for f in self.findings
        )
        end = (
            f"So {self.theorem.conclusion}."
            if self.answer is Answer.HOLDS
            else f"The theorem says nothing here: {self.answer}."
        )
        return Document(
            title=f"{self.theorem.name}: {self.answer}",
            abstract=f"For {self.subject}.",
            blocks=(
                *self.theorem.blocks(), Section("Hypotheses on this network"),
                Table(("hypothesis", "here"), rows), Paragraph(end),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        marks = {True: "met", False: "NOT MET", None: "unknown"}
        lines = [f"{self.theorem.name}: {self.answer}"]
        for f in self.findings:
            why = f" ({f.why})" if f.why else ""
            lines.append(f"  {marks[f.met]:8} {plain(f.hypothesis.statement, keep=True)}{why}")
        return "\n".join(lines)


def _found(hypothesis: Hypothesis, question: Case) -> Finding:
    try:
        return Finding(hypothesis, bool(hypothesis.holds(question)))
    except Undecided as doubt:
        return Finding(hypothesis, None, str(doubt))
