"""The picture of the rooms is what the imports are now."""

import re
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"


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


@pytest.mark.parametrize(
    "name", ["README.md", "docs/architecture.md", "docs/benchmarks.md", "docs/certificates.md",
             "docs/extending.md", "docs/functional.md", "docs/scaling.md", "docs/theorems.md",
             "derivations/README.md", "derivations/rules.md"],
)  # fmt: skip
def test_every_link_leads_somewhere(name: str) -> None:
    page = DOCS.parent / name
    assert links(page)
    for link in links(page):
        assert (page.parent / link).exists(), link
