"""``positive_definite`` and the ``Certificate`` it returns, which re-checks itself."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from sympy import Expr

from ntksym.check import Verdict
from ntksym.kernel import Kernel
from ntksym.render import Document, Paragraph, Section, Table
from ntksym.render.document import Block
from ntksym.render.mathematics.plain import plain
from ntksym.theorems.argument import Argument
from ntksym.theorems.case import Case, case
from ntksym.theorems.decide import decide
from ntksym.theorems.series.layers import Level
from ntksym.theorems.series.supports import Support
from ntksym.theorems.witnesses.witness import Witness

ANSWER = {
    Verdict.PROVED: "strictly positive definite",
    Verdict.REFUTED: "not strictly positive definite",
    Verdict.UNKNOWN: "unknown",
}
SHOWN = 12
"""An article writes out so many points of a witness."""


@dataclass(frozen=True)
class Certificate:
    """Whether a kernel is strictly positive definite, and why.

    ``verdict`` is PROVED (it is), REFUTED (it is not, and ``witness`` shows it) or UNKNOWN (for
    the ``reason`` given). ``supports`` are the degrees layer by layer, ``support`` those of the
    kernel; ``rank`` is the rank on the whole domain where that is finite. The derivation is the
    proof in sentences. ``ntksym.to_latex``, ``to_html`` and ``to_pdf`` print a certificate.
    """

    kernel: Kernel
    dimension: int | None
    domain: str
    square: Expr
    statement: str
    verdict: Verdict
    reason: str
    supports: tuple[Level, ...]
    support: Support | None
    witness: Witness | None
    rank: int | None
    derivation: Argument

    @property
    def positive_definite(self) -> bool | None:
        """True, False, or None for unknown."""
        return {Verdict.PROVED: True, Verdict.REFUTED: False}.get(self.verdict)

    def verify(self) -> bool:
        """Whether all of it follows anew from the network, the domain and the dimension.

        The decision is made again and compared field by field; the Hermite coefficients of each
        activation are enclosed by integration and must fit the supports; a witness must satisfy its
        identity in exact arithmetic, and the ball around its quadratic form must be narrow and
        contain 0. An UNKNOWN certifies nothing.
        """
        from ntksym.theorems.witnesses.evidence import coefficients_fit, form_vanishes
        from ntksym.theorems.witnesses.identity import holds

        if self.verdict not in (Verdict.PROVED, Verdict.REFUTED):
            return False
        try:
            again = positive_definite(self.kernel, self.dimension, self.domain, square=self.square)
        except (TypeError, ValueError, AttributeError):
            return False
        if any(getattr(self, f.name) != getattr(again, f.name) for f in fields(self)):
            return False
        if not all(coefficients_fit(a) for a in self.kernel.network.activations):
            return False
        if self.witness is None:
            return True
        question = case(self.kernel, self.dimension, self.domain, self.square)
        exact = holds(question, self.support, self.witness)
        return exact and form_vanishes(self.kernel, self.witness)

    def document(self) -> Document:
        """Statement, proof, supports, witness, references."""
        return Document(
            title="Is this kernel positive definite?",
            abstract="A decision and its proof, in the conventions of [@jacot2018].",
            blocks=tuple(self._blocks()),
        )

    def _answer(self) -> str:
        subject = self.statement[0].upper() + self.statement[1:]
        if self.verdict is Verdict.UNKNOWN:
            return f"{subject}: unknown. {self.reason}."
        rank = "" if self.rank is None else f" Its rank there is {self.rank}."
        return f"{subject}: {ANSWER[self.verdict]}. The reason: {self.reason}.{rank}"

    def _blocks(self) -> Iterator[Block]:
        yield Section("Statement")
        yield Paragraph(self._answer())
        if self.derivation.lines:
            yield from (Section("Proof"), *self.derivation.blocks())
        if self.witness is not None:
            yield Section("Witness")
            rows = list(zip(self.witness.points, self.witness.weights, strict=True))
            cells = tuple((f"$({_row(point)})$", weight) for point, weight in rows[:SHOWN])
            yield Table(("point", "weight"), cells)
            if len(rows) > SHOWN:
                yield Paragraph(f"The other {len(rows) - SHOWN} points go on in the same way.")

    def __str__(self) -> str:
        told = [plain(self._answer(), keep=True)]
        if self.derivation.lines:
            told += ["", "Proof", str(self.derivation)]
        if self.witness is not None:
            told += ["", f"Witness: {self.witness.name}"]
            pairs = list(zip(self.witness.weights, self.witness.points, strict=True))
            told += [f"  {w!s:>4}  at ({', '.join(map(str, p))})" for w, p in pairs[:SHOWN]]
            told += [f"  and {len(pairs) - SHOWN} more"] if len(pairs) > SHOWN else []
        return "\n".join(told)

    def __repr__(self) -> str:
        return f"<Certificate: {plain(self._answer(), keep=True)}>"

    def _repr_html_(self) -> str | None:
        from ntksym.render import repr_html

        return repr_html(self.document())


def _row(point: tuple[Expr, ...]) -> str:
    from ntksym.render import latex

    return ",\\ ".join(latex(x) for x in point)


def positive_definite(
    kernel: Kernel, dimension: int | None = None, domain: str = "sphere", *, square: Any = 1
) -> Certificate:
    r"""Decide whether a kernel is strictly positive definite, and prove it.

    .. math:: \sum_{i,j}c_ic_jK(x_i,x_j)>0\quad\text{for distinct } x_i \text{ and } c\ne0.

    ``domain``: ``"sphere"`` (:math:`S^{d-1}`: x·x = ``square``, input kernel x·x'/d),
    ``"sphere without antipodes"``, ``"R^d"`` or ``"R^d without proportional pairs"`` (the last two
    hold for subsets too). ``dimension``: d >= 1, or None for every d. On a sphere the kernel is a
    power series in the correlation without negative coefficients, and the parities that occur
    infinitely often decide [gneiting2013]; off it the independence of ridge functions does
    [carvalho2025]. Nothing is sampled. ``TypeError`` and ``ValueError`` name a wrong argument.

    >>> from ntksym.kernel import ntk
    >>> positive_definite(ntk("relu", depth=2), dimension=3).witness.name
    'regular hexagon'
    >>> positive_definite(ntk("relu", depth=3), dimension=3).verdict.name
    'PROVED'
    """
    question = case(kernel, dimension, domain, square)
    found = decide(question)
    return Certificate(
        kernel, question.dimension, question.domain, question.square, question.text,
        found.verdict, found.reason, found.levels, found.support, found.witness, found.rank,
        Argument(_title(question), found.lines),
    )  # fmt: skip


def _title(question: Case) -> str:
    return f"On {question.text}"
