"""A page for each document of ``derivations/``: every line with its verdict and its witnesses."""

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from hashlib import sha256
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from ntksym.render import Document
from ntksym.render.document import Proof, Section
from ntksym.render.html_blocks import Page
from ntksym.render.layout import lay_out

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "derivations"
Progress = Callable[[str], None]


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
    parts = [f"# {page.title}\n", page.abstract and _html(f"<p>{drawn.prose(page.abstract)}</p>")]
    for kind, html in _blocks(page, drawn):
        parts.append(f"## {html}\n" if kind == "heading" else _html(html))
    title, *references = drawn.bibliography() if drawn.layout.keys else ("",)
    if title:
        parts += ["## References\n", _html("\n".join((title.partition("\n")[2], *references)))]
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


def _html(text: str) -> str:
    return f'``````{{raw}} html\n<div class="ntksym">\n{text}\n</div>\n``````\n'


def write(names: list[str], folder: Path, progress: Progress, workers: int = 2) -> None:
    """Pages ``folder/name.md``. One that was written by the same code is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = f"<!-- {_digest()} -->\n"
    wanted = [name for name in names if not _kept(folder / f"{name}.md", mark)]
    with ProcessPoolExecutor(workers) as pool:
        running = {pool.submit(_written, name, folder, mark): name for name in wanted}
        for count, done in enumerate(as_completed(running), 1):
            seconds = done.result()
            progress(f"[{count}/{len(wanted)}] {running[done]}: checked in {seconds:.1f} s")


def _kept(path: Path, mark: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8").startswith(mark)


def _written(name: str, folder: Path, mark: str) -> float:
    start = time.perf_counter()
    draft = folder / f"{name}.draft"
    draft.write_text(mark + markdown(document(name)), encoding="utf-8")
    draft.replace(folder / f"{name}.md")
    return time.perf_counter() - start


def _digest() -> str:
    """Of all that a page is made by: our code, the Python, what the witnesses compute with."""
    paths = [*(ROOT / "ntksym").rglob("*.py"), *(ROOT / "ntksym").rglob("*.bib")]
    paths += [*FOLDER.glob("*.py"), Path(__file__)]
    made = sha256(sys.version.encode())
    for package in ("sympy", "mpmath", "python-flint", "scipy", "latex2mathml"):
        made.update(version(package).encode())
    for path in sorted(paths):
        made.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return made.hexdigest()
