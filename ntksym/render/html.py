"""Documents as one self-contained HTML file: MathML, no scripts, nothing from the network."""

import zlib
from html import escape
from importlib.resources import files
from typing import Any

from ntksym.check.verdict import Report
from ntksym.render.document import Document, document_of
from ntksym.render.html_blocks import Page
from ntksym.render.layout import lay_out


def to_html(obj: Any, report: Report | None = None) -> str:
    """``obj`` as a page that stands alone, in light or dark as the reader's system asks.

    ``obj`` is a :class:`Document`, has a ``document()``, or is a derivation; with a ``report``
    each line shows its verdict, and its witnesses on a click. TypeError for an object that does not
    describe itself, ValueError for a PDF picture or an unknown reference, ImportError without
    latex2mathml.
    """
    document = document_of(obj, report)
    body = Page(lay_out(document), "").body(document)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>\n{_style()}</style>\n</head>\n"
        f'<body class="ntksym">\n<main>\n{body}\n</main>\n</body>\n</html>\n'
    )


def fragment(document: Document) -> str:
    """``document`` for the inside of another page, a notebook's for example."""
    layout = lay_out(document)
    claims = [
        (chain.title, line.claim) for p in layout.proofs for chain in p for line in chain.lines
    ]
    mark = f"n{zlib.crc32(repr((document.title, claims)).encode()):08x}-"
    return (
        f'<div class="ntksym">\n<style>\n{_style()}</style>\n'
        f"{Page(layout, mark).body(document)}\n</div>"
    )


def _style() -> str:
    return files("ntksym.render").joinpath("style.css").read_text(encoding="utf-8")
