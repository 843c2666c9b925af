"""What docs/extending.md says, done to a copy of the package."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^<!-- (.*?) -->\n```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def sections() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The title of each section with its marked blocks, in order."""
    text = (ROOT / "docs" / "extending.md").read_text("utf-8")
    for section in text.split("\n## ")[1:]:
        yield section.splitlines()[0], BLOCK.findall(section)


def edit(copy: Path, where: str, code: str) -> None:
    """As the marker says: a new file, lines at the end of one, or lines after one line of it."""
    if new := re.fullmatch(r"file (\S+)", where):
        assert not (copy / new[1]).exists()
        (copy / new[1]).write_text(code, encoding="utf-8")
    elif end := re.fullmatch(r"end of (\S+)", where):
        with (copy / end[1]).open("a", encoding="utf-8") as file:
            file.write(code)
    else:
        start, name = re.fullmatch(r'after "(.*)" in (\S+)', where).groups()
        lines = (copy / name).read_text("utf-8").splitlines(keepends=True)
        (place,) = [k for k, line in enumerate(lines) if line.startswith(start)]
        lines.insert(place + 1, code)
        (copy / name).write_text("".join(lines), encoding="utf-8")


def python(copy: Path, *arguments: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=copy, env=environment,
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


SECTIONS = dict(sections())


@pytest.mark.parametrize("title", SECTIONS)
def test_what_the_page_says_works(title: str, tmp_path: Path) -> None:
    blocks = SECTIONS[title]
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "ntksym", tmp_path / "ntksym", ignore=ignore)
    assert [where for where, _ in blocks].count("run") == 1
    for where, code in blocks:
        if where == "run":
            python(tmp_path, "-W", "error", "-c", code)
        else:
            edit(tmp_path, where, code)


def test_the_page_covers_the_three() -> None:
    assert list(SECTIONS) == ["An activation", "A rule", "A special function"]


def test_the_places_that_the_page_names_exist() -> None:
    text = (ROOT / "docs" / "extending.md").read_text("utf-8")
    for path in re.findall(r"`((?:ntksym|tests)/[\w/.]+)`", text):
        assert (ROOT / path).exists() or f"<!-- file {path} -->" in text, path
