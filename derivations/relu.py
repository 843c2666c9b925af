"""The dual of relu, derived, checked and written to relu.tex: ``python derivations/relu.py``."""

from pathlib import Path

import ntksym


def article() -> str:
    """The LaTeX source, each line with its verdict."""
    dual = ntksym.dual("relu")
    return ntksym.to_latex(dual, ntksym.check(dual.derivation))


if __name__ == "__main__":
    Path(__file__).with_suffix(".tex").write_text(article(), encoding="utf-8")
