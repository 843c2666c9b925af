"""The site, built strictly with a few derivations and every notebook, and read by a browser."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import ntksym
from tests.website.browser import PHONE, Seen, look
from tests.website.pages import broken

ROOT = Path(__file__).parents[2]
GALLERY = "exp", "positive_definite"
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.py"))
BAD = """<!DOCTYPE html><meta charset="utf-8"><p style="width: 600px">Wide.</p>
<math><mi>x</mi></math> <math style="display: none"><mi>y</mi></math>
<a href="nowhere.html">lost</a> <a href="#lost">lost</a> <img src="http://elsewhere.invalid/a.png">
"""

pytestmark = [pytest.mark.long, pytest.mark.modules(
    "sphinx", "furo", "myst_parser", "dask", "sklearn", "jupytext", "nbclient", "ipykernel"
)]  # fmt: skip
reads = pytest.mark.programs("chromium")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of HTML, and what the build has said."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, ROOT / "docs/website/build.py", "--output", folder]
    environment = {**os.environ, "JUPYTER_RUNTIME_DIR": str(folder / "runtime")}
    run = subprocess.run(
        [*command, "--only", *GALLERY, *NOTEBOOKS],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return folder / "html", run.stderr


@pytest.fixture(scope="module")
def site(built: tuple[Path, str]) -> Path:
    """The folder of HTML."""
    return built[0]


@pytest.fixture(scope="module")
def seen(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    """What the browser says of every page, and of one that has every fault."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    (site / "bad.html").write_text(BAD, encoding="utf-8")
    try:
        return look(site, [*pages, "bad.html"], tmp_path_factory.mktemp("profile"))
    finally:
        (site / "bad.html").unlink()


def test_every_link_leads_somewhere_and_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    assert list(broken(site)) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(BAD, encoding="utf-8")
    assert len(list(broken(tmp_path))) == 3


@reads
def test_the_faults_of_a_bad_page_are_seen(seen: dict[str, Seen]) -> None:
    bad = seen["bad.html"]
    assert bad.width > PHONE + 100
    assert (bad.formulas, bad.unseen) == (2, 1)
    assert bad.outside == ["http://elsewhere.invalid/a.png"]


@reads
def test_nothing_is_wider_than_a_phone(seen: dict[str, Seen]) -> None:
    wide = {url: page.width for url, page in seen.items() if page.width > PHONE + 1}
    assert list(wide) == ["bad.html"], wide


@reads
def test_formulas_are_visible(seen: dict[str, Seen]) -> None:
    assert [url for url, page in seen.items() if page.unseen] == ["bad.html"]
    for url in (
        *(f"notebooks/{name}.html" for name in NOTEBOOKS),
        "derivations/exp.html", "derivations/rules.html", "docs/sources.html",
        "docs/howto/parametrisation.html", "api/kernel.html",
    ):  # fmt: skip
        assert seen[url].formulas >= 2, url


@reads
def test_no_request_leaves_the_machine(seen: dict[str, Seen]) -> None:
    assert [url for url, page in seen.items() if page.outside] == ["bad.html"]


@reads
def test_a_line_opens_to_its_witnesses(site: Path, seen: dict[str, Seen]) -> None:
    page = (site / "derivations/exp.html").read_text("utf-8")
    lines = page.count('<div class="line" id=')
    assert lines == page.count("<details><summary>") > 5
    assert seen["derivations/exp.html"].witnesses >= 2 * lines


def test_public_names_have_their_place(site: Path) -> None:
    reference = "".join(path.read_text("utf-8") for path in (site / "api").glob("*.html"))
    assert [x for x in ntksym.__all__ if f'id="ntksym.{x}"' not in reference] == []


def test_mathematics_is_not_left_as_latex(site: Path) -> None:
    for page in site.rglob("*.html"):
        formulas = page.read_text("utf-8").split("<math")[1:]
        assert not [f for f in formulas if "\\" in f.partition("</math>")[0]], page


def test_every_notebook_has_run_within_a_minute(built: tuple[Path, str]) -> None:
    assert NOTEBOOKS[0] == "01_introduction"
    seconds = {n: float(s) for n, s in re.findall(r"(\d\d_\w+): made in ([\d.]+) s", built[1])}
    assert sorted(seconds) == NOTEBOOKS
    room = 60 * (3 if os.environ.get("PYTEST_XDIST_WORKER") else 1)
    assert {name: s for name, s in seconds.items() if s > room} == {}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_shows_what_it_found(site: Path, name: str) -> None:
    page = (site / f"notebooks/{name}.html").read_text("utf-8")
    assert page.count('class="printed ') >= 3
    assert re.search(rf'<img alt="[^"]+" src="[^"]*{name}-1.png"', page)
    assert '<div class="ntksym">' in page
    assert "%matplotlib" not in page
    assert f"_downloads/{name}.py" in re.sub(r"_downloads/[0-9a-f]+/", "_downloads/", page)
    assert f'href="notebooks/{name}.html"' in (site / "index.html").read_text("utf-8")


def test_a_notebook_that_fails_has_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a cell raises, and where one complains."""
    monkeypatch.syspath_prepend(ROOT / "docs/website")
    import executed
    from nbclient.exceptions import CellExecutionError

    monkeypatch.setattr(executed, "FOLDER", tmp_path)
    (pages := tmp_path / "pages").mkdir()
    cells = {"1 / 0": CellExecutionError, "import sys; print('odd', file=sys.stderr)": ValueError}
    for cell, error in cells.items():
        (tmp_path / "bad.py").write_text(f"# %% [markdown]\n# # Bad\n\n# %%\n{cell}\n")
        with pytest.raises(error, match=r"ZeroDivisionError|standard error, got odd"):
            executed.page("bad", pages)
