"""Proposition 2 as it is used here: ``python derivations/positive_definite.py`` writes the page."""

from pathlib import Path

import ntksym
from ntksym.render import Document, Paragraph, Section
from ntksym.theorems import theorems

COVERED = {"depth": 2, "b_std": 0.5}
CASES = (
    ("ReLU with two layers", "relu", {"depth": 2}, "sphere"),
    ("erf at depth 4", "erf", {"depth": 4}, "sphere"),
    ("sigmoid with two layers", "sigmoid", {"depth": 2}, "sphere"),
    ("A polynomial", "power", {"depth": 2, "b_std": 0.5}, "sphere"),
    ("A bias from zero, off the sphere", "relu",
     {"depth": 2, "b_std": 0.5, "bias_init": "zero"}, "R^d"),
)  # fmt: skip


def document() -> Document:
    """The theorem with its hypotheses, its proof for one network, what fails without each."""
    proposition = next(t for t in theorems() if "Proposition 2" in t.name)
    proved = ntksym.positive_definite(ntksym.ntk("relu", **COVERED), domain="sphere")
    blocks = [
        *proposition.blocks(),
        Section("Proof, for ReLU with two layers and a bias"),
        Paragraph(
            "Any other network that meets the hypotheses has the same proof, with its own parts."
        ),
        *proved.derivation.blocks(),
    ]
    for title, name, network, domain in CASES:
        dimension = 3 if domain == "R^d" else 2
        found = ntksym.positive_definite(ntksym.ntk(name, **network), dimension, domain)
        missing = proposition.apply(found.kernel, dimension, domain).missing
        blocks += [
            Section(f"Counterexample: {title}"),
            Paragraph(f"Not met: {'; '.join(missing)}."),
            *(block for block in found.document().blocks if not isinstance(block, Section)),
        ]
    return Document(
        "Positive definite neural tangent kernels: Proposition 2 and its hypotheses",
        "Often quoted without the bias, and then false. Supports of power series prove it, and "
        "show what each hypothesis is for [@jacot2018].",
        tuple(blocks),
    )


if __name__ == "__main__":
    path = Path(__file__).with_suffix(".tex")
    path.write_text(ntksym.to_latex(document()), encoding="utf-8")
