"""The rooms: who imports whom, how large a module and a room may grow, and what is shipped."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ntksym"
GENERATED = [PACKAGE / "lowering" / room / "generated" for room in ("code", "derivatives")]


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """The contracts of ``root``/pyproject.toml, checked on ``root``/ntksym."""
    script = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
    return subprocess.run(
        [sys.executable, "-c", script, "--no-cache"],
        cwd=root, env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__", "*.npz")
    shutil.copytree(PACKAGE, tmp_path / "ntksym", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_rooms_import_only_what_the_table_allows() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "planted", "broken"),
    [
        ("language/symbols.py", "import ntksym.kernel", "ntksym.language is not allowed to import"),
        ("check/verdict.py", "import ntksym.calculus", "ntksym.check is not allowed to import"),
        ("calculus/strategy.py", "import ntksym", "ntksym.calculus is not allowed to import"),
        (
            "networks/parser/text.py",
            "import numba",
            "ntksym.networks is not allowed to import numba",
        ),
        ("attic.py", "", "ntksym.attic"),
    ],
)
def test_a_planted_violation_is_found(copied: Path, module: str, planted: str, broken: str) -> None:
    if planted == "import ntksym":  # the root knows everything: importing it is importing all
        (copied / "ntksym/__init__.py").write_text("import ntksym.kernel\n")
    with (copied / "ntksym" / module).open("a") as file:
        file.write(f"\n{planted}\n")
    done = lint(copied)
    assert done.returncode != 0
    assert broken in done.stdout


def test_no_module_has_more_than_200_lines() -> None:
    written = PACKAGE / "lowering" / "functions" / "polynomials.py", *GENERATED
    modules = [p for p in PACKAGE.rglob("*.py") if p not in written and p.parent not in written]
    lines = {path: len(path.read_text().splitlines()) for path in modules}
    assert modules
    assert {str(path): n for path, n in lines.items() if n > 200} == {}


SHELVES = *GENERATED, PACKAGE / "calculus" / "rules"
"""Folders of like things that nobody reads as a whole: a file more is a rule more."""


def test_no_room_has_more_than_9_modules() -> None:
    rooms = [path.parent for path in PACKAGE.rglob("__init__.py")]
    sizes = {
        room: len([path for path in room.glob("*.py") if path.name != "__init__.py"])
        for room in rooms
        if room not in SHELVES
    }
    assert sizes
    assert {str(room): n for room, n in sizes.items() if n > 9} == {}


def test_the_installed_package_is_the_one_under_test() -> None:
    try:
        files = distribution("ntksym").files or []
    except PackageNotFoundError:
        files = []
    shipped = {str(path): path.locate() for path in files if path.parts[0] == "ntksym"}
    if not shipped:
        reason = "ntksym is not installed, or is installed in editable mode"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    here = [path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix in SHIPPED]
    for path in here:
        name = path.relative_to(ROOT).as_posix()
        assert name in shipped, f"{name} is missing from the installed package"
        assert Path(shipped[name]).read_bytes() == path.read_bytes(), f"{name} differs"


SHIPPED = {".py", ".bib", ".npz", ".md", ".typed", ".css"}
