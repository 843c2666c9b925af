"""What every page of an activation has in common: derived, checked, written beside its script."""

from pathlib import Path
from typing import Any

import ntksym

FOLDER = Path(__file__).parent


def write(name: str, symbols: dict[str, Any] | None = None) -> None:
    """Write ``name.tex``. ``symbols`` stand for the parameters that the page leaves open."""
    dual = ntksym.dual(name, **symbols or {})
    page = ntksym.to_latex(dual, ntksym.check(dual.derivation))
    (FOLDER / f"{name}.tex").write_text(page, encoding="utf-8")
