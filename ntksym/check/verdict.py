"""Verdicts, the witnesses that give them, and the report that collects them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from ntksym.language import Claim


class Verdict(IntEnum):
    """PROVED > ENCLOSED > AGREES > UNKNOWN > REFUTED. UNKNOWN is never a pass."""

    REFUTED = 0
    UNKNOWN = 1
    AGREES = 2
    ENCLOSED = 3
    PROVED = 4

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Witness:
    """One independent look at a claim."""

    name: str
    verdict: Verdict
    detail: str


@dataclass(frozen=True)
class Line:
    """A claim with what its witnesses say of it."""

    claim: Claim
    witnesses: tuple[Witness, ...]

    @property
    def verdict(self) -> Verdict:
        """The strongest witness; but one refutation refutes, and one kind of witness is too few."""
        if any(witness.verdict == Verdict.REFUTED for witness in self.witnesses):
            return Verdict.REFUTED
        passed = [witness for witness in self.witnesses if witness.verdict > Verdict.UNKNOWN]
        if len({witness.name for witness in passed}) < 2:
            return Verdict.UNKNOWN
        return max(witness.verdict for witness in passed)


@dataclass(frozen=True)
class Section:
    """The lines of one chain of a derivation."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Report:
    """What :func:`check` found, section by section in the order of ``derivation.parts()``."""

    sections: tuple[Section, ...]

    @property
    def lines(self) -> Iterator[Line]:
        return (line for section in self.sections for line in section.lines)

    @property
    def verdict(self) -> Verdict:
        """The weakest line decides."""
        return min(line.verdict for line in self.lines)

    def require(self, least: Verdict) -> "Report":
        """This report, or an ``AssertionError`` that names the first line below ``least``."""
        for section in self.sections:
            for number, line in enumerate(section.lines, 1):
                if line.verdict < least:
                    said = (f"{w.name}: {w.verdict.name} ({w.detail})" for w in line.witnesses)
                    raise AssertionError(
                        f"{section.title}, line {number} is {line.verdict.name}, expected at least "
                        f"{least.name}: {line.claim.lhs} = {line.claim.rhs}. {'; '.join(said)}"
                    )
        return self
