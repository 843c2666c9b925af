"""The site, built strictly with a few of its derivations, and read by a browser."""

import subprocess
import sys
from pathlib import Path

import pytest

import ntksym
from tests.website.browser import PHONE, Seen, look
from tests.website.pages import broken

ROOT = Path(__file__).parents[2]
GALLERY = "exp", "positive_definite"
BAD = """<!DOCTYPE html><meta charset="utf-8"><p style="width: 600px">Wide.</p>
<math><mi>x</mi></math> <math style="display: none"><mi>y</mi></math>
<a href="nowhere.html">lost</a> <a href="#lost">lost</a> <img src="http://elsewhere.invalid/a.png">
"""

pytestmark = [
    pytest.mark.modules("sphinx", "furo", "myst_parser"),
    pytest.mark.programs("chromium"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of HTML."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, ROOT / "docs/website/build.py", "--output", folder]
    run = subprocess.run(
        [*command, "--only", *GALLERY], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return folder / "html"


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


def test_the_faults_of_a_bad_page_are_seen(seen: dict[str, Seen]) -> None:
    bad = seen["bad.html"]
    assert bad.width > PHONE + 100
    assert (bad.formulas, bad.unseen) == (2, 1)
    assert bad.outside == ["http://elsewhere.invalid/a.png"]


def test_nothing_is_wider_than_a_phone(seen: dict[str, Seen]) -> None:
    wide = {url: page.width for url, page in seen.items() if page.width > PHONE + 1}
    assert list(wide) == ["bad.html"], wide


def test_formulas_are_visible(seen: dict[str, Seen]) -> None:
    assert [url for url, page in seen.items() if page.unseen] == ["bad.html"]
    for url in ("derivations/exp.html", "derivations/rules.html", "docs/sources.html",
                "docs/howto/parametrisation.html", "api/kernel.html"):  # fmt: skip
        assert seen[url].formulas >= 2, url


def test_no_request_leaves_the_machine(seen: dict[str, Seen]) -> None:
    assert [url for url, page in seen.items() if page.outside] == ["bad.html"]


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
