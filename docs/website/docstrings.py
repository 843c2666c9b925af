"""Docstrings: a BibTeX key in brackets leads to the page of references."""

import re
from typing import Any

from sphinx.application import Sphinx

from ntksym.render.bibliography import references

_KEYS = re.compile(r"\[([a-z]+\d{4}[a-z]?)\]")


def cited(text: str) -> str:
    """``[jacot2018]`` as a link; brackets around anything else stay."""
    known = references()

    def link(found: re.Match[str]) -> str:
        key = found[1]
        return f":ref:`[{key}] <ref-{key}>`" if key in known else found[0]

    return _KEYS.sub(link, text)


def process(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    lines[:] = cited("\n".join(lines)).split("\n")


def skip(app: Sphinx, what: str, name: str, obj: Any, skipped: bool, options: Any) -> bool | None:
    """What scikit-learn adds to its estimators is documented there."""
    return True if name.endswith("_request") else None


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("autodoc-process-docstring", process)
    app.connect("autodoc-skip-member", skip)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
