"""A page for each theorem of the literature: where it holds, with the proof, and where it fails."""

import re
from collections.abc import Iterator
from typing import Any

import ntksym
from gallery import markdown
from ntksym.render import Document, Paragraph, Section, Table
from ntksym.render.document import Block
from ntksym.theorems import theorems
from ntksym.theorems.theorem import Answer, Application, Theorem

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
    """Markdown by name."""
    return {_slug(theorem.name): markdown(document(theorem)) for theorem in theorems()}


def document(theorem: Theorem) -> Document:
    """The theorem, a network that it speaks of, and one that it does not, with the reason."""
    _, *statement = theorem.blocks()
    return Document(theorem.name, "", (*statement, *_holds(theorem), *_fails(theorem)))


def _tried(theorem: Theorem) -> Iterator[tuple[Application, ntksym.Certificate]]:
    for kind, activation, arguments, dimension, domain in NETWORKS:
        kernel = getattr(ntksym, kind)(activation, **arguments)
        found = ntksym.positive_definite(kernel, dimension, domain)
        yield theorem.apply(kernel, dimension, domain), found


def _holds(theorem: Theorem) -> Iterator[Block]:
    for application, certificate in _tried(theorem):
        if application.answer is Answer.HOLDS:
            yield Section("A network that meets the hypotheses")
            yield from _table(application)
            if theorem.decides is certificate.verdict:
                yield from _shown(certificate, "Its proof")
            return


def _fails(theorem: Theorem) -> Iterator[Block]:
    """Where the hypotheses fail, and the conclusion with them if it is one that we decide."""
    for application, certificate in _tried(theorem):
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
