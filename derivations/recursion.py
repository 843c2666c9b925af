"""The K∞ recursion, one layer derived and checked, written to recursion.tex.

``python derivations/recursion.py``
"""

from pathlib import Path

import sympy

import ntksym


def article() -> str:
    """The LaTeX source for a ReLU network of depth 3 with symbolic standard deviations."""
    w, beta = sympy.symbols("w beta", positive=True)
    kernel = ntksym.ntk("relu", depth=3, w_std=w, b_std=beta)
    return ntksym.to_latex(kernel, ntksym.check(kernel.derivation))


if __name__ == "__main__":
    Path(__file__).with_suffix(".tex").write_text(article(), encoding="utf-8")
