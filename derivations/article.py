"""What every page of an activation has in common: derived, checked, written beside its script."""

from pathlib import Path
from typing import Any

import ntksym
from ntksym.render import Document
from ntksym.render.document import document_of

FOLDER = Path(__file__).parent


def document(name: str, symbols: dict[str, Any] | None = None) -> Document:
    """The dual with its report. ``symbols`` stand for the parameters that the page leaves open."""
    dual = ntksym.dual(name, **symbols or {})
    return document_of(dual, ntksym.check(dual.derivation))


def write(name: str, symbols: dict[str, Any] | None = None) -> None:
    """Write ``name.tex``."""
    page = ntksym.to_latex(document(name, symbols))
    (FOLDER / f"{name}.tex").write_text(page, encoding="utf-8")
