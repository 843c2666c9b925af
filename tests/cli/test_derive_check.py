import json
import os
import sys

import pytest
from typer.testing import CliRunner

from ntksym.check import Report, Section, Verdict, Witness
from ntksym.check.verdict import Line
from ntksym.cli import app
from ntksym.networks.dual import dual
from ntksym.render import to_html, to_latex

CHECK = sys.modules["ntksym.check"]


def run(*arguments):
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(scope="module")
def report():
    """The report on erf, made once."""
    return dual("erf").report


def test_derive_prints_each_line_with_its_rule():
    result = run("derive", "relu")
    assert result.exit_code == 0
    assert result.stderr == ""
    for number in range(1, 19):
        assert f"({number})".rjust(5) + "  = " in result.stdout
    for rule in ("step form", "Price, where c² < q₁q₂", "lemma, by Lemma 1", "integration in c"):
        assert f"         {rule}" in result.stdout
    assert "arcsin⎜" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 100
    assert not [line for line in result.stdout.splitlines() if line != line.rstrip()]


def test_derive_as_json():
    data = json.loads(run("derive", "leaky_relu", "--param", "alpha=0.1", "--json").stdout)
    assert data["activation"]["name"] == "leaky_relu(alpha=1/10)"
    assert data["kind"] == "elementary"
    assert data["sigma"]["text"] == str(dual("leaky_relu", alpha=0.1).sigma)
    assert set(data["sigma_dot"]) == {"text", "latex"}
    lines = [line for chain in data["chains"] for line in chain["lines"]]
    assert [line["number"] for line in lines] == list(range(1, len(lines) + 1))
    assert set(lines[0]) == {"number", "rule", "reference", "equals", "latex", "where", "lemmas"}
    assert run("derive", "erf", "--format", "json").stdout == run("derive", "erf", "--json").stdout


@pytest.mark.parametrize(("form", "make"), [("latex", to_latex), ("html", to_html)])
def test_derive_as_a_document_is_what_the_library_makes(form, make, tmp_path):
    assert run("derive", "erf", "--format", form).stdout == make(dual("erf"))
    target = tmp_path / {"latex": "erf.tex", "html": "erf.html"}[form]
    result = run("derive", "erf", "--output", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert target.read_text("utf-8") == make(dual("erf"))
    assert os.listdir(tmp_path) == [target.name]


def test_derive_text_to_a_file_is_that_of_the_terminal(tmp_path):
    target = tmp_path / "erf.txt"
    assert run("derive", "erf", "--output", str(target)).exit_code == 0
    assert target.read_text("utf-8") == run("derive", "erf").stdout


@pytest.mark.tex("pdflatex")
def test_derive_as_pdf(tmp_path):
    target = tmp_path / "abs.pdf"
    assert run("derive", "abs", "--output", str(target)).exit_code == 0
    assert target.read_bytes().startswith(b"%PDF")


def test_an_interrupted_write_leaves_what_was_there(tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    target = tmp_path / "erf.tex"
    target.write_text("before")
    monkeypatch.setattr(os, "replace", interrupted)
    result = run("derive", "erf", "--output", str(target))
    assert result.exit_code == 130
    assert result.stderr.startswith("interrupted")
    assert target.read_text() == "before"
    assert os.listdir(tmp_path) == ["erf.tex"]


def test_an_incomplete_derivation_says_where_it_is_stuck():
    result = run("derive", "tan(z)")
    assert result.exit_code == 1
    assert result.stderr.startswith("incomplete: no rule applies to E[")
    assert "E [tan" in result.stdout
    data = json.loads(run("derive", "tan(z)", "--json").stdout)
    assert data["sigma"] is None
    assert data["chains"][0]["stuck_on"].startswith("E[")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rleu"], "did you mean 'relu'?"),
        (["z +"], "invalid syntax"),
        (["__import__('os')"], "allowed: numbers"),
        (["relu", "--param", "a=1"], "unknown parameter 'a'"),
        (["leaky_relu", "--param", "alpha"], "param: expected NAME=VALUE"),
        (["leaky_relu", "--param", "alpha=big"], "alpha: expected a number"),
        (["leaky_relu", "--param", "alpha=1e999999999"], "alpha: expected a number"),
        (["relu", "--format", "pdf"], "--output NAME.pdf"),
        (["relu", "--output", "/nowhere/x.tex"], "/nowhere: no such folder"),
        (["relu", "--format", "docx"], "docx"),
        ([], "Missing argument"),
    ],
)
def test_bad_input_is_told_in_a_line_with_exit_status_2(arguments, message):
    result = run("derive", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_check_tells_the_verdict_on_each_line(report, monkeypatch):
    monkeypatch.setattr(CHECK, "check", lambda derivation, progress: report)
    result = run("check", "erf")
    assert result.exit_code == 0
    assert result.stdout.endswith("erf: the weakest line is PROVED\n")
    lines = sum(1 for _ in report.lines)
    assert lines > 5
    for number in range(1, lines + 1):
        assert f"({number})".rjust(5) + "  PROVED" in result.stdout
    assert "balls ENCLOSED: " in result.stdout
    assert "quadrature AGREES: " in result.stdout


def test_check_as_json():  # with the check itself, not with a report made before
    data = json.loads(run("check", "erf", "--json").stdout)
    assert data["verdict"] == "PROVED"
    for chain in data["chains"]:
        for line in chain["lines"]:
            assert line["verdict"] in ("PROVED", "ENCLOSED")
            assert len({witness["name"] for witness in line["witnesses"]}) >= 2


def refuted(derivation, progress=None):
    """A report on which one of two witnesses objects to each line."""
    witnesses = Witness("symbolic", Verdict.PROVED, "so"), Witness("balls", Verdict.REFUTED, "no")
    return Report(
        tuple(
            Section(part.title, tuple(Line(step.claim, witnesses) for step in part.steps))
            for part in derivation.parts()
        )
    )


def test_a_refuted_line_gives_exit_status_1(monkeypatch):
    monkeypatch.setattr(CHECK, "check", refuted)
    result = run("check", "erf")
    assert result.exit_code == 1
    assert "REFUTED" in result.stdout
    assert json.loads(run("check", "erf", "--json").stdout)["verdict"] == "REFUTED"


@pytest.mark.parametrize("text", ["tan(z)", "z + tan(z)"])
def test_check_of_an_incomplete_derivation_fails(text, monkeypatch):
    """The first is stuck at its start, the second on its way."""
    pair = dual(text)
    end = next(part.stuck_on for part in pair.derivation.parts() if part.stuck_on is not None)
    line = Line(pair.derivation.claim, (Witness("rules", Verdict.UNKNOWN, "stuck"),) * 2)
    report = Report((Section("stuck", (line,)),))
    monkeypatch.setattr(CHECK, "check", lambda derivation, progress: report)
    result = run("check", text)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"no rule applies to {end}\n")
    assert json.loads(run("check", text, "--json").stdout)["verdict"] == "UNKNOWN"
    assert run("derive", text).exit_code == 1
