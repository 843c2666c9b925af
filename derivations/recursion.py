"""The K∞ recursion, one layer derived and checked, written to recursion.tex.

``python derivations/recursion.py``
"""

from pathlib import Path

import sympy

import ntksym
from ntksym.render import Document
from ntksym.render.document import document_of


def document() -> Document:
    """A ReLU network of depth 3 with symbolic standard deviations."""
    w, beta = sympy.symbols("w beta", positive=True)
    kernel = ntksym.ntk("relu", depth=3, w_std=w, b_std=beta)
    return document_of(kernel, ntksym.check(kernel.derivation))


if __name__ == "__main__":
    Path(__file__).with_suffix(".tex").write_text(ntksym.to_latex(document()), encoding="utf-8")
