"""The picture of the rooms is what the imports are now."""

import re
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [
    page
    for place in (ROOT, DOCS, DOCS / "howto", ROOT / "derivations")
    for page in place.glob("*.md")
]


def test_the_picture_of_the_rooms_is_current(update: bool) -> None:
    spec = spec_from_file_location("rooms", DOCS / "rooms.py")
    rooms = module_from_spec(spec)
    sys.modules["rooms"] = rooms
    spec.loader.exec_module(rooms)
    if update:
        rooms.PICTURE.write_text(rooms.drawing(), encoding="utf-8")
    assert rooms.PICTURE.read_text("utf-8") == rooms.drawing()


def test_every_path_named_in_the_architecture_exists() -> None:
    words = (DOCS / "architecture.md").read_text("utf-8").split("`")[1::2]
    package = DOCS.parent / "ntksym"
    paths = [word for word in words if "/" in word and " " not in word]
    assert paths
    for path in paths:
        assert (package / path).exists() or (DOCS.parent / path).exists(), path


def links(path: Path) -> set[str]:
    """The files of this repository to which a page leads."""
    found = re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8"))
    return {link for link in found if "://" not in link}


def test_every_link_leads_somewhere() -> None:
    found = [(page, link) for page in PAGES for link in links(page)]
    assert len(found) > len(PAGES)
    for page, link in found:
        assert (page.parent / link).exists(), (page, link)


@pytest.mark.parametrize("page", sorted((DOCS / "howto").glob("*.md")), ids=lambda page: page.stem)
def test_the_python_of_a_how_to_page_runs(page: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.S)
    assert "assert" in "".join(blocks)
    exec("".join(blocks), {})


def test_the_python_of_the_page_on_training_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (DOCS / "dynamics.md").read_text("utf-8"), re.S)
    seen: dict[str, Any] = {}
    exec(code, seen)
    assert (seen["model"].jitter, seen["model"].proved) == (0.0, "exact kernel")
