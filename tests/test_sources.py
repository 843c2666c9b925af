"""Each verdict on a formula of the sources is borne out, and could not be another."""

import inspect
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

DOCS = Path(__file__).parents[1] / "docs"
sys.path.insert(0, str(DOCS))
claims, sources = import_module("claims"), import_module("sources")
sys.path.remove(str(DOCS))

ROWS = claims.FORMULAS
CHECKED = [row for row in ROWS if row.check]
WRONG = [row for row in ROWS if row.verdict in claims.WRONG]
CHECKS = sorted({row.check for row in CHECKED}, key=lambda check: check.__name__)


def named(row: Any) -> str:
    lines = "-".join(re.findall(r"\d+", row.place.partition("l. ")[2]))
    return f"{row.source}-{lines}-{row.check.__name__ if row.check else ''}"


@cache
def evidence(check: Callable[[], Any]) -> Any:
    return check()


@pytest.mark.parametrize("row", CHECKED, ids=named)
def test_the_verdict_is_what_the_check_finds(row: Any) -> None:
    assert evidence(row.check).supports(row.verdict), evidence(row.check)


@pytest.mark.parametrize("row", WRONG, ids=named)
def test_the_printed_form_in_the_place_of_the_corrected_one_is_rejected(row: Any) -> None:
    found = evidence(row.check)
    assert not replace(found, corrected=found.printed).supports(row.verdict)
    assert not replace(found, printed=found.corrected).supports(row.verdict)
    assert not replace(found, corrected=None).supports("holds")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_no_check_passes_with_another_truth(check: Callable[[], Any]) -> None:
    found = evidence(check)
    right = found.corrected or found.printed
    moved = np.asarray(right.truth, float)
    moved = moved + 2.5 * found.tolerance * max(1.0, np.max(np.abs(moved)))
    assert right.error <= found.tolerance <= 0.12
    assert replace(right, truth=moved).error > found.tolerance


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_a_row_is_complete(row: Any) -> None:
    assert row.verdict in claims.VERDICTS
    assert row.source in {source.name for source in claims.SOURCES}
    assert re.search(r"\bll?\. \d", row.place)
    assert row.check or row.verdict == "definition"
    assert bool(row.check) == bool(row.shown_by)
    assert row.corrected or row.verdict not in (*claims.WRONG, "theorem")


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_a_row_is_one_row_of_a_table(row: Any) -> None:
    """A bar or a break would end the cell; Markdown eats a backslash before punctuation."""
    for cell in (row.place, row.claim, row.corrected, row.shown_by):
        assert cell.count("$") % 2 == 0
        assert not re.search(r"[|\n*]|\\[^A-Za-z]", cell), cell
        for formula in cell.split("$")[1::2]:
            assert formula.count("{") == formula.count("}")
            assert formula == formula.strip()


def test_every_check_stands_behind_a_row() -> None:
    for path in sorted((DOCS / "claims" / "checks").glob("[a-z]*.py")):
        module = import_module(f"claims.checks.{path.stem}")
        for name, value in inspect.getmembers(module, inspect.isfunction):
            is_check = inspect.signature(value).return_annotation is claims.Evidence
            if is_check and not name.startswith("_"):
                assert value in CHECKS, name


def test_the_page_is_what_the_records_say_now(update: bool) -> None:
    if update:
        sources.PAGE.write_text(sources.page(), encoding="utf-8")
    assert sources.PAGE.read_text("utf-8") == sources.page()


def test_the_links_of_the_page_lead_to_the_checks() -> None:
    links = re.findall(r"\[`(\w+)`\]\(([\w/.]+)\)", sources.page())
    assert len(links) == len(CHECKED)
    for name, path in links:
        assert f"def {name}(" in (DOCS / path).read_text("utf-8")


def test_a_wrong_verdict_is_not_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    row = next(row for row in CHECKED if row.check.__name__ == "sign_of_the_flow")
    monkeypatch.setattr(sources, "FORMULAS", (replace(row, verdict="holds"),))
    monkeypatch.setattr(sources, "PAGE", tmp_path / "sources.md")
    with pytest.raises(SystemExit, match=r"l\. 25: holds is not what sign_of_the_flow finds"):
        sources.main()
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(sources, "FORMULAS", (row,))
    sources.main()
    assert [path.name for path in tmp_path.iterdir()] == ["sources.md"]
