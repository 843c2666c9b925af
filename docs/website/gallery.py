"""A page for each document of ``derivations/``: every line with its verdict and its witnesses."""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import kept

from ntksym.render import Document
from ntksym.render.document import Proof, Section
from ntksym.render.html_blocks import Page
from ntksym.render.layout import lay_out

FOLDER = kept.ROOT / "derivations"


def documents() -> list[str]:
    """What has a script that writes a page."""
    return sorted(path.stem for path in FOLDER.glob("*.tex"))


def document(name: str) -> Document:
    """Derived and checked, now."""
    if str(FOLDER) not in sys.path:
        sys.path.insert(0, str(FOLDER))
    script = import_module(name)
    if hasattr(script, "document"):
        return script.document()
    return import_module("article").document(name, getattr(script, "SYMBOLS", {}))


def markdown(page: Document) -> str:
    """Headings as Markdown, so that they stand in the contents; what is between them as HTML."""
    drawn = Page(lay_out(page), "")
    parts = [
        f"# {page.title}\n",
        page.abstract and raw_html(f"<p>{drawn.prose(page.abstract)}</p>"),
    ]
    for kind, html in _blocks(page, drawn):
        parts.append(f"## {html}\n" if kind == "heading" else raw_html(html))
    title, *references = drawn.bibliography() if drawn.layout.keys else ("",)
    if title:
        parts += ["## References\n", raw_html("\n".join((title.partition("\n")[2], *references)))]
    return "\n".join(filter(None, parts))


def _blocks(page: Document, drawn: Page) -> Iterator[tuple[str, str]]:
    """Headings, and between them the HTML of one block after the other."""
    proofs = iter(drawn.layout.proofs)
    for block in page.blocks:
        if isinstance(block, Section):
            yield "heading", block.title
        elif isinstance(block, Proof):
            yield "html", "\n".join(map(drawn.chain, next(proofs)))
        else:
            yield "html", drawn.block(block)


def raw_html(text: str) -> str:
    if left := re.search(r"\\\w*", text):
        raise ValueError(f"mathematics that MathML has no word for: {left[0]}")
    return f'``````{{raw}} html\n<div class="ntksym">\n{text}\n</div>\n``````\n'


def write(names: list[str], folder: Path, told: kept.Progress) -> None:
    """Pages ``folder/name.md``."""
    made_by = kept.digest([*FOLDER.glob("*.py"), Path(__file__)], ("latex2mathml",))
    kept.write(page, dict.fromkeys(names, made_by), folder, told)


def page(name: str, folder: Path) -> str:
    """The text of one page."""
    return markdown(document(name))
