"""A page for each theorem of the literature: where it holds, with the proof, and where it fails."""

import re
from collections.abc import Iterator
from typing import Any

from gallery import markdown

import ntksym
from ntksym.render import Document, Paragraph, Section, Table
from ntksym.render.document import Block
from ntksym.theorems import theorems
from ntksym.theorems.theorem import Answer, Application, Theorem

Case = tuple[Application, ntksym.Certificate]
ABOUT = (
    "Each hypothesis is checked on networks: one on which all are met, with the proof of what the "
    "theorem says of it, and one on which some are not, with what holds there instead. "
    "[Is my kernel positive definite?](/docs/theorems.md) has more."
)
BIAS = {"b_std": 0.5}
NETWORKS: tuple[tuple[str, str, dict[str, Any], int | None, str], ...] = (
    ("ntk", "relu", {"depth": 2, **BIAS}, None, "sphere"),
    ("ntk", "relu", {"depth": 2}, 2, "sphere"),
    ("ntk", "erf", {"depth": 3}, 2, "sphere"),
    ("ntk", "erf", {"depth": 2, **BIAS}, None, "sphere"),
    ("ntk", "exp", {"depth": 2}, None, "sphere"),
    ("nngp", "relu", {"depth": 3}, None, "sphere"),
    ("ntk", "power", {"depth": 2, **BIAS}, 2, "sphere"),
    ("ntk", "relu", {"depth": 2, **BIAS}, None, "R^d"),
    ("ntk", "relu", {"depth": 2, **BIAS, "bias_init": "zero"}, 3, "R^d"),
)
"""On which theorems are tried, in this order: the first that fits is shown."""


def pages() -> dict[str, str]:
    """Markdown by name: ``index``, then one for each theorem."""
    tried = [_case(*network) for network in NETWORKS]
    found = {_slug(t.name): markdown(document(t, tried)) for t in theorems()}
    listed = "\n".join(found)
    index = f"# Theorems of the literature\n\n{ABOUT}\n\n```{{toctree}}\n\n{listed}\n```\n"
    return {"index": index, **found}


def document(theorem: Theorem, tried: list[ntksym.Certificate]) -> Document:
    """The theorem, a network that it speaks of, and one that it does not, with the reason."""
    _, *statement = theorem.blocks()
    cases = [(theorem.apply(c.kernel, c.dimension, c.domain), c) for c in tried]
    return Document(
        theorem.name, "", (*statement, *_holds(theorem, cases), *_fails(theorem, cases))
    )


def _case(
    kind: str, activation: str, arguments: dict[str, Any], dimension: int | None, domain: str
) -> ntksym.Certificate:
    kernel = getattr(ntksym, kind)(activation, **arguments)
    return ntksym.positive_definite(kernel, dimension, domain)


def _holds(theorem: Theorem, cases: list[Case]) -> Iterator[Block]:
    for application, certificate in cases:
        if application.answer is Answer.HOLDS:
            yield Section("A network that meets the hypotheses")
            yield from _table(application)
            if theorem.decides is certificate.verdict:
                yield from _shown(certificate, "Its proof")
            return


def _fails(theorem: Theorem, cases: list[Case]) -> Iterator[Block]:
    """Where the hypotheses fail, and the conclusion with them if it is one that we decide."""
    for application, certificate in cases:
        other = theorem.decides is None or certificate.verdict is not theorem.decides
        if application.answer is Answer.NOT_MET and other:
            decided = theorem.decides is not None
            yield Section("A counterexample without" if decided else "A network that does not")
            yield from _table(application)
            if decided:
                yield from _shown(certificate, "What holds there instead")
            return


def _table(application: Application) -> Iterator[Block]:
    about = application.document()
    yield Paragraph(about.abstract)
    yield from (block for block in about.blocks if isinstance(block, Table))


def _shown(certificate: ntksym.Certificate, title: str) -> Iterator[Block]:
    yield Section(title)
    yield from (b for b in certificate.document().blocks if not isinstance(b, Section))


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
