"""How a derivation shows itself in a notebook."""

from typing import Any

from ntksym.calculus import Derivation
from ntksym.render.document import Document, Proof, document_of
from ntksym.render.html import fragment
from ntksym.render.html_blocks import LINE
from ntksym.render.layout import lay_out
from ntksym.render.mathematics import latex, rows


def repr_html(obj: Any) -> str | None:
    """An HTML fragment, or None without latex2mathml: a notebook then falls back to LaTeX."""
    try:
        return fragment(_short(obj))
    except ImportError:
        return None


def repr_latex(obj: Any) -> str:
    """The chains of ``obj`` as displayed mathematics, for MathJax."""
    chains = [chain for proof in lay_out(_short(obj)).proofs for chain in proof]
    shown = []
    for chain in chains:
        lines = [latex(chain.lhs)]
        for line in chain.lines:
            lines.append("&= " + r" \\ & \quad ".join(rows(line.claim.rhs, LINE)))
        shown.append(r"$$\begin{aligned}" + r" \\ ".join(lines) + r"\end{aligned}$$")
    return "\n".join(shown)


def _short(obj: Any) -> Document:
    """The document of ``obj``, of which a derivation is nothing but its proof."""
    document = document_of(obj)
    proofs = tuple(block for block in document.blocks if isinstance(block, Proof))
    return Document(document.title, "", proofs) if document is not obj and proofs else document


# A derivation knows nothing of drawing, so its two methods for notebooks are put on from here.
for _name, _show in (("_repr_html_", repr_html), ("_repr_latex_", repr_latex)):
    setattr(Derivation, _name, _show)
