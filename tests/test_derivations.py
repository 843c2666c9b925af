"""The committed articles are what their scripts write now, they compile, the index fits them."""

import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import ntksym
from tests.catalogue.entries import checked, derived, identify

pytestmark = pytest.mark.long

FOLDER = Path(__file__).parents[1] / "derivations"
NAMES = [name for name in ntksym.catalogue() if (FOLDER / f"{name}.py").exists()]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch):
    """A script of the folder by its name, imported as ``python`` would find it there."""
    monkeypatch.syspath_prepend(FOLDER)

    def load(name: str) -> ModuleType:
        return import_module(name)

    return load


def compare(committed: Path, text: str, update: bool) -> None:
    if update:
        committed.write_text(text, encoding="utf-8")
    assert committed.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", NAMES, ids=identify)
def test_the_committed_page_is_current(name: str, script, update: bool) -> None:
    symbols = getattr(script(name), "SYMBOLS", {})
    report = checked(name, **symbols).report
    report.require(ntksym.Verdict.ENCLOSED)
    page = ntksym.to_latex(derived(name, **symbols), report)
    compare(FOLDER / f"{name}.tex", page, update)


def test_every_activation_has_its_page() -> None:
    assert {*NAMES} == {*ntksym.catalogue()}, "write derivations/<name>.py and run it"


def test_the_recursion_is_current(script, update: bool) -> None:
    compare(FOLDER / "recursion.tex", ntksym.to_latex(script("recursion").document()), update)


def test_the_page_on_positive_definiteness_is_current(script, update: bool) -> None:
    page = ntksym.to_latex(script("positive_definite").document())
    compare(FOLDER / "positive_definite.tex", page, update)


FUNCTIONS = "functional_derivatives", "kernel_gradient_flow", "least_squares", "random_functions"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_page_on_functions_is_current_and_proved(name: str, script, update: bool) -> None:
    """Writing it checks every line, and fails where one is not PROVED."""
    page = ntksym.to_latex(script(name).document())
    assert r"\verdict{PROVED}" in page
    assert set(re.findall(r"\\verdict\{(\w+)\}", page)) == {"PROVED"}
    compare(FOLDER / f"{name}.tex", page, update)


def test_the_index_is_what_the_pages_say(script, update: bool) -> None:
    index = script("index")
    pages = index.pages()
    assert [page.name for page in pages] == sorted(NAMES)
    for page in pages:
        assert page.verdicts
        assert page.formulas
        assert page.rules
    compare(index.INDEX, index.markdown(pages), update)


def test_a_script_writes_its_page(script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = script("article")
    monkeypatch.setattr(article, "FOLDER", tmp_path)
    article.write("identity")
    assert (tmp_path / "identity.tex").read_text() == (FOLDER / "identity.tex").read_text()


def compiled(source: Path, folder: Path) -> str:
    """What is wrong with one run of pdflatex, or nothing."""
    options = ["-draftmode", "-interaction=batchmode", "-halt-on-error", "-no-shell-escape"]
    run = subprocess.run(
        ["pdflatex", *options, f"-output-directory={folder}", source],
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    log = (folder / f"{source.stem}.log").read_text("utf-8", errors="replace").replace("\n", " ")
    wide = [float(x) for x in re.findall(r"Overfull \\hbox \((\d+\.\d+)pt too wide", log)]
    if run.returncode or max(wide, default=0) > 10 or "Missing character" in log:
        return f"{source.stem}: exit status {run.returncode}, too wide by {wide}: {log[-500:]}"
    return ""


@pytest.mark.tex("pdflatex")
def test_every_article_compiles_within_the_margins(tmp_path: Path) -> None:
    sources = sorted(FOLDER.glob("*.tex"))
    others = {"recursion", "positive_definite", *FUNCTIONS}
    assert {source.stem for source in sources} == {*NAMES, *others}
    with ThreadPoolExecutor(2) as pool:
        wrong = list(filter(None, pool.map(lambda source: compiled(source, tmp_path), sources)))
    assert not wrong, "\n".join(wrong)


@pytest.mark.tex("pdflatex", "bibtex")
def test_an_article_has_its_references(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "elu.tex", tmp_path)
    options = ["-norc", "-pdf", "-interaction=nonstopmode"]
    subprocess.run(["latexmk", *options, "elu.tex"], cwd=tmp_path, capture_output=True, check=True)
    assert "undefined" not in (tmp_path / "elu.log").read_text("utf-8", errors="replace")
