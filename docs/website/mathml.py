"""Formulas as MathML when the site is built: no script, no font and nothing from the network."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from ntksym.render.mathematics import mathml, width

LOG = logging.getLogger(__name__)
COLUMN = 150.0
"""Points of a formula in a line of text from which on it scrolls where the column is narrower."""


def _converted(node: nodes.Element, tex: str, display: str) -> str:
    """``tex`` as MathML; what it does not know it leaves as text, and that must not be seen."""
    found = mathml(tex, display)
    if "\\" in found:
        LOG.warning("mathematics that MathML has no word for: %s", tex, location=node)
    return found


def inline(translator: Any, node: nodes.math) -> None:
    tex = node.astext()
    kind = "math wide" if width(tex) > COLUMN else "math"
    translator.body.append(f'<span class="{kind}">{_converted(node, tex, "inline")}</span>')
    raise nodes.SkipNode


def block(translator: Any, node: nodes.math_block) -> None:
    tex = node.astext()
    if r"\\" in tex and r"\begin" not in tex:
        tex = rf"\begin{{aligned}}{tex}\end{{aligned}}"
    formula = _converted(node, " ".join(tex.split()), "block")
    translator.body.append(f'<div class="math formula">{formula}</div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
