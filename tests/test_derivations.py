"""The committed articles are what their scripts write now, and they compile."""

import subprocess
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "derivations"
SCRIPTS = sorted(FOLDER.glob("*.py"))


def article(script: Path) -> str:
    spec = spec_from_file_location(f"derivations_{script.stem}", script)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.article()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_the_committed_article_is_current(script: Path, update: bool) -> None:
    text, committed = article(script), script.with_suffix(".tex")
    if update:
        committed.write_text(text, encoding="utf-8")
    assert committed.read_text(encoding="utf-8") == text
    assert "UNKNOWN" not in text
    assert "REFUTED" not in text


@pytest.mark.tex
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_the_committed_article_compiles(script: Path, tmp_path: Path) -> None:
    source = script.with_suffix(".tex")
    options = ["-norc", "-pdf", "-interaction=nonstopmode", f"-outdir={tmp_path}"]
    run = subprocess.run(
        ["latexmk", *options, source], capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stdout[-2000:]
    assert (tmp_path / f"{script.stem}.pdf").stat().st_size > 10_000


def test_there_is_an_article_for_each_script() -> None:
    assert {path.stem for path in SCRIPTS} == {"erf", "recursion", "relu"}
