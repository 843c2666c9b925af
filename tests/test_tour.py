"""The tour, by its command; and what it does where something is missing or wrong."""

import json
import os
import re
import shutil

import pytest
from typer.testing import CliRunner

from ntksym.cli import app
from ntksym.tour import Stage, Summary, report, stages
from ntksym.tour.numbers import Comparison, Regression


def test_the_tour(tmp_path):
    """Run once, for it takes half a minute; another look at what came out is a function below."""
    folder = tmp_path / "made" / "here"
    result = CliRunner().invoke(app, ["tour", "--output", str(folder)])
    assert result.exit_code == 0, result.output
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    every_line_of_both_derivations_is_enclosed_or_proved(summary, result.stdout)
    the_numbers_are_right(summary)
    times_go_to_standard_error_and_results_to_standard_output(summary, result, folder)
    the_files_are_there_and_nothing_else(summary, folder)
    the_page_holds_both_proofs_the_numbers_and_the_picture(summary, folder)
    the_article_names_the_picture_beside_it(folder)


def every_line_of_both_derivations_is_enclosed_or_proved(summary, shown):
    assert [dual["activation"] for dual in summary["duals"]] == ["relu", "erf"]
    verdicts = [verdict for dual in summary["duals"] for verdict in dual["lines"]]
    assert len(verdicts) > 20
    assert set(verdicts) <= {"PROVED", "ENCLOSED"}
    assert len(re.findall(r"^ *\(\d+\) +(PROVED|ENCLOSED) ", shown, re.M)) == len(verdicts)


def the_numbers_are_right(summary):
    assert summary["gram_shape"] == [1797, 1797]
    assert summary["comparison"]["entries"] == 25
    assert summary["comparison"]["worst_ulp"] <= 64
    regression = summary["regression"]
    assert (regression["train"], regression["test"], regression["ridge"]) == (1200, 597, 0.0)
    assert regression["accuracy"] > 0.95
    assert regression["smallest_eigenvalue"] > 1e-3
    assert summary["failures"] == []


def times_go_to_standard_error_and_results_to_standard_output(summary, result, folder):
    told = [line[2:40].strip() for line in result.stderr.splitlines() if line.startswith("✔")]
    assert list(summary["seconds"]) == told
    assert "✔" not in result.stdout
    assert "Test accuracy" in result.stdout
    for name in summary["files"]:
        assert str(folder / name) in result.stdout


def the_files_are_there_and_nothing_else(summary, folder):
    assert {path.name for path in folder.iterdir()} == set(summary["files"])
    assert {"circle.png", "report.tex", "report.html", "summary.json"} <= set(summary["files"])
    assert (folder / "circle.png").read_bytes().startswith(b"\x89PNG")
    if shutil.which("latexmk") or os.environ.get("CI") == "true":
        assert (folder / "report.pdf").read_bytes().startswith(b"%PDF")
        assert summary["skipped"] == []


def the_page_holds_both_proofs_the_numbers_and_the_picture(summary, folder):
    page = (folder / "report.html").read_text("utf-8")
    verdicts = sum(len(dual["lines"]) for dual in summary["duals"])
    assert len(re.findall(r'class="badge (?:proved|enclosed)"', page)) >= verdicts
    assert not re.findall(r'class="badge refuted"', page)
    assert "data:image/png;base64," in page
    assert f"{summary['regression']['accuracy']:.2%}" in page


def the_article_names_the_picture_beside_it(folder):
    tex = (folder / "report.tex").read_text("utf-8")
    assert re.findall(r"\\includegraphics\[[^]]*\]\{(.*?)\}", tex) == ["circle.png"]


@pytest.fixture
def summary(tmp_path):
    """A summary without derivations, quickly."""
    regression = Regression(train=3, test=4, correct=4, ridge=0.0, smallest_eigenvalue=0.5)
    return Summary(tmp_path, (), "none", (7, 7), Comparison(1, 50, 2.0), regression, ())


def test_what_is_missing_is_named_and_the_rest_is_written(summary, monkeypatch):
    def missing(*_):
        raise ImportError("plots need matplotlib: pip install 'ntksym[report]'")

    monkeypatch.setattr(report, "_picture", missing)
    monkeypatch.setattr(report, "to_html", missing)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    result = report.write_report(summary, stages.Clock(lambda _: None))
    assert result.files == ("report.tex", "summary.json")
    assert [text.split(":")[0] for text in result.skipped] == [
        "circle.png", "report.html", "report.pdf",
    ]  # fmt: skip
    assert "latexmk" in result.skipped[-1]
    assert "includegraphics" not in (summary.folder / "report.tex").read_text("utf-8")
    assert {path.name for path in summary.folder.iterdir()} == set(result.files)
    monkeypatch.setattr("ntksym.tour.tour", lambda folder, tell: result)
    shown = CliRunner().invoke(app, ["tour", "--output", str(summary.folder)])
    assert shown.exit_code == 0
    assert [line.split(":")[0] for line in shown.stderr.splitlines()] == [
        "skipped circle.png", "skipped report.html", "skipped report.pdf",
    ]  # fmt: skip


def test_a_bad_number_is_a_failure_and_the_exit_status_says_so(summary, monkeypatch):
    from dataclasses import replace

    bad = replace(
        summary,
        comparison=Comparison(1, 50, float("nan")),
        regression=replace(summary.regression, correct=1),
    )
    assert [text.split(":")[0] for text in bad.failures] == ["Gram matrix", "test accuracy"]
    monkeypatch.setattr("ntksym.tour.tour", lambda folder, tell: bad)
    result = CliRunner().invoke(app, ["tour", "--output", str(bad.folder), "--json"])
    assert result.exit_code == 1
    assert "failed: test accuracy: 25.00%" in result.stderr
    assert json.loads(result.stdout)["failures"] == list(bad.failures)


def test_a_stage_tells_when_it_starts_and_when_it_ends():
    told = []
    clock = stages.Clock(lambda stage: told.append((stage.title, stage.result)))
    with clock.stage("work") as stage:
        stage.result = "done"
    assert told == [("work", None), ("work", "done")]
    assert clock.stages == [Stage("work", "done", stage.seconds)]
    assert stage.seconds > 0


def test_a_file_in_the_place_of_the_folder(tmp_path):
    place = tmp_path / "taken"
    place.write_text("")
    result = CliRunner().invoke(app, ["tour", "--output", str(place)])
    assert result.exit_code == 2
    assert result.stderr == f"error: {place}: is a file, expected a folder\n"
