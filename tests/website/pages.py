"""The HTML of the site as text: where its links lead, without a browser."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag


@dataclass
class _Found(HTMLParser):
    """``links`` are followed by a reader, ``loads`` by the browser."""

    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("id", "name"):
                self.ids.add(value or "")
            elif name in ("src", "href") and value:
                (self.links if tag == "a" else self.loads).append(value)


def broken(folder: Path) -> Iterator[str]:
    """Links to what does not exist, and whatever a page loads from elsewhere."""
    pages = {path: _read(path) for path in folder.rglob("*.html")}
    for page, found in pages.items():
        for link in found.loads:
            if "//" in link:
                yield f"{page.relative_to(folder)}: loads {link}"
        for link in sorted({*found.links, *found.loads}):
            if ":" not in link.split("#")[0].split("?")[0] and not _leads(page, link, pages):
                yield f"{page.relative_to(folder)}: {link}"


def _read(path: Path) -> _Found:
    found = _Found()
    found.feed(path.read_text(encoding="utf-8"))
    return found


def _leads(page: Path, link: str, pages: dict[Path, _Found]) -> bool:
    address, anchor = urldefrag(link)
    path = Path(os.path.normpath(page.parent / unquote(address.split("?")[0]))) if address else page
    if path in pages:
        return not anchor or unquote(anchor) in pages[path].ids
    return path.is_file()
