"""What the articles on functions have in common: proofs with verdicts, rules, what is trusted."""

from collections.abc import Iterable
from pathlib import Path

import ntksym
from ntksym.check import Report
from ntksym.check.trusted import trusted
from ntksym.render import Document, Paragraph, Proof, Rules, Section
from ntksym.render.document import VERDICTS, Block

FOLDER = Path(__file__).parent
READING = (
    r"An element of a space of functions is written $f$, or with a dot for its argument: "
    r"$K(x,\cdot)$ is the section of the kernel at $x$. $\partial_p$ is the derivative by the "
    r"parameter $\theta_p$, $\ell'$ the derivative of the loss by its first argument. Functions "
    r"have one output; for several read the pair of an input and the number of an output for $x$."
)
WITNESSES = (
    "The witnesses here are a normal form, which reduces both sides by what is listed at the end "
    "for all functions, data and sizes, and two models of finite dimension with different "
    "functions, data and sizes, in which inner products are those of coordinates, expectations are "
    "sums over a law or over all draws, and every derivative is a difference quotient."
)


def document(
    title: str, abstract: str, blocks: Iterable[Block | ntksym.Derivation], remarks: Iterable[Block]
) -> Document:
    """The page of ``blocks``, where each derivation is checked and must be PROVED."""
    body: list[Block] = []
    reports: list[Report] = []
    rules = {}
    for block in blocks:
        if isinstance(block, ntksym.Derivation):
            reports.append(ntksym.check(block).require(ntksym.Verdict.PROVED))
            rules |= {rule.name: rule for rule in block.rules()}
            block = Proof(block, reports[-1])
        body.append(block)
    return Document(
        title,
        abstract,
        (
            Section("Conventions"), Paragraph(READING),
            Paragraph(f"{VERDICTS} {WITNESSES}"),
            *body, *remarks,
            Section("Rules"), Rules(tuple(rules.values())),
            Section("What the check takes for granted"), Rules(trusted(*reports)),
        ),
    )  # fmt: skip


def write(script: str, page: Document) -> None:
    """The article beside its script."""
    path = FOLDER / f"{Path(script).stem}.tex"
    path.write_text(ntksym.to_latex(page), encoding="utf-8")
