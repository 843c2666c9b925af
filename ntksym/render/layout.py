"""What both renderers need before they draw: the numbers of rules, lemmas, lines and references."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from sympy import Expr, Integral, preorder_traversal

from ntksym.calculus.derivation import Derivation, Rule
from ntksym.check.verdict import Line
from ntksym.language import Claim, GaussianExpectation
from ntksym.render.document import Document, Paragraph, Proof, Rules, Stated
from ntksym.render.mathematics import spans

SHORT = 50.0
"""A left side of so many points or less stands in one row with its equals sign."""


@dataclass(frozen=True)
class ChainLine:
    """A numbered line; ``lemmas`` are the labels of what it takes for granted."""

    number: int
    claim: Claim
    rule: Rule
    lemmas: tuple[str, ...]
    checked: Line | None

    def rewrites(self) -> tuple[Claim, ...]:
        """The line node by node: what the rule puts for each. Empty where that is not the line."""
        nodes = set(self.claim.lhs.atoms(GaussianExpectation, Integral))
        kept = self.claim.rhs.atoms(GaussianExpectation, Integral)
        ordered = [n for n in preorder_traversal(self.claim.lhs) if n in nodes - kept]
        found = {node: self.rule.rewrite(node) for node in dict.fromkeys(ordered)}
        claims = {n: Claim(n, done.result, done.where) for n, done in found.items() if done}
        after = self.claim.lhs.xreplace({node: claim.rhs for node, claim in claims.items()})
        return tuple(claims.values()) if after == self.claim.rhs else ()


@dataclass(frozen=True)
class Chain:
    """One chain of equations; ``label`` is empty for the chain that the proof is about."""

    label: str
    title: str
    lhs: Expr
    lines: tuple[ChainLine, ...]
    stuck_on: Expr | None


@dataclass(frozen=True)
class Layout:
    """The chains of each proof in order, the labels of the rules, the keys of the references."""

    proofs: tuple[tuple[Chain, ...], ...]
    rules: dict[str, str]
    keys: tuple[str, ...]


def lay_out(document: Document) -> Layout:
    """Number everything in ``document``. A lemma that comes again is not printed again."""
    counters = _Counters()
    proofs = [block for block in document.blocks if isinstance(block, Proof)]
    listed = [rule for b in document.blocks if isinstance(b, Rules) for rule in b.rules]
    rules = {name: f"R{k}" for k, name in enumerate(dict.fromkeys(r.name for r in listed), 1)}
    chains = tuple(tuple(_chains(proof, counters)) for proof in proofs)
    return Layout(chains, rules, tuple(dict.fromkeys(_keys(document, listed, proofs))))


@dataclass
class _Counters:
    lines: "count[int]" = field(default_factory=lambda: count(1))
    lemmas: "count[int]" = field(default_factory=lambda: count(1))
    remarks: "count[int]" = field(default_factory=lambda: count(1))
    labels: dict[Derivation, str] = field(default_factory=dict)


def _chains(proof: Proof, counters: _Counters) -> Iterator[Chain]:
    roles: dict[Derivation, str] = {}
    for derivation, role in _roles(proof.derivation, ""):
        roles.setdefault(derivation, role)
    sections = proof.report.sections if proof.report else None
    for place, (derivation, role) in enumerate(roles.items()):
        if role and derivation in counters.labels:
            continue
        numbers = counters.lemmas if role == "Lemma" else counters.remarks
        label = f"{role} {next(numbers)}" if role else ""
        if role:
            counters.labels[derivation] = label
        checked = sections[place].lines if sections else (None,) * len(derivation.steps)
        lines = tuple(
            ChainLine(
                next(counters.lines),
                step.claim,
                step.rule,
                tuple(counters.labels[inner] for inner in step.inner),
                line,
            )
            for step, line in zip(derivation.steps, checked, strict=True)
        )
        yield Chain(label, derivation.title, derivation.lhs, lines, derivation.stuck_on)


def _roles(derivation: Derivation, role: str) -> Iterator[tuple[Derivation, str]]:
    """The parts of ``derivation``, in the order of ``parts()``, with what each is to the whole."""
    for step in derivation.steps:
        for inner in step.inner:
            yield from _roles(inner, "Lemma")
    yield derivation, role
    for companion in derivation.companions:
        yield from _roles(companion, "Remark")


def _keys(document: Document, rules: list[Stated], proofs: list[Proof]) -> Iterator[str]:
    """The keys cited, in the order in which the references are listed."""
    yield from document.references
    for text in (document.abstract, *(b.text for b in document.blocks if isinstance(b, Paragraph))):
        yield from (span.content for span in spans(text) if span.kind == "citation")
    for rule in (*rules, *(rule for proof in proofs for rule in proof.derivation.rules())):
        yield from keys_of(rule)


def keys_of(rule: Stated) -> tuple[str, ...]:
    """The BibTeX keys of a rule; several are separated by commas."""
    return tuple(key.strip() for key in rule.reference.split(",") if key.strip())
