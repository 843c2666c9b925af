import os
import re
import subprocess
import time

import pytest
from examples import CLOSED, ERF, HOSTILE, LONG, PNG, report_on

from ntksym.calculus.derivation import Derivation, Step
from ntksym.check.verdict import Verdict
from ntksym.language import Claim, GaussianExpectation, c, q1, q2, u, v
from ntksym.render import Document, Equation, Paragraph, Picture, Proof, Section, Table, to_latex
from ntksym.render.pdf import to_pdf

pytestmark = pytest.mark.long


def compiled(tex, folder):
    """The log of a run of latexmk on ``tex``."""
    (folder / "paper.tex").write_text(tex, encoding="utf-8")
    command = [
        "latexmk",
        "-norc",
        "-pdf",
        "-interaction=nonstopmode",
        "-no-shell-escape",
        "paper.tex",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
    log = (folder / "paper.log").read_text(encoding="utf-8", errors="replace")
    assert done.returncode == 0, log[-3000:]
    return log.replace("\n", " ")


def test_everything_of_a_line_is_printed():
    tex = to_latex(ERF, report_on(ERF))
    assert r"by Lemma 1" in tex
    assert r"\hyperlink{R2}{R2}" in tex
    assert r"$c^{2} \leq q_{1} q_{2}$; $c$ fixed" in tex
    assert tex.count(r"\verdict{ENCLOSED}") == 5
    assert r"\verdict" not in to_latex(ERF).split(r"\begin{document}")[1]
    assert tex.index("Lemma 1") < tex.index(r"\paragraph{The dual of erf}") < tex.index("Remark 1")


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_named(verdict):
    tex = to_latex(ERF, report_on(ERF, verdict))
    assert tex.count(rf"\verdict{{{verdict.name}}}") == 5


def test_it_is_the_same_at_each_call():
    assert to_latex(ERF, report_on(ERF)) == to_latex(ERF, report_on(ERF))
    assert to_latex(ERF).isascii() or "é" in to_latex(ERF)


def test_hostile_text_is_text():
    tex = to_latex(Document(HOSTILE, HOSTILE, (Section(HOSTILE), Paragraph(HOSTILE))))
    body = tex.split(r"\begin{document}")[1]
    assert r"\input" not in body
    assert r"\textbackslash{}input\{/etc/passwd\}" in body
    assert not re.search(r"(?<!\\)[%#]", body)


def test_svg_is_refused():
    with pytest.raises(ValueError, match="got SVG"):
        to_latex(Document("d", blocks=(Picture(b"<svg/>", ""),)))


def test_pictures_are_written_beside_on_request(tmp_path):
    document = Document("d", blocks=(Picture(PNG, "a"), Picture(PNG, "b")))
    assert r"{picture-2.png}" in to_latex(document)
    assert not list(tmp_path.iterdir())
    to_latex(document, folder=tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["picture-1.png", "picture-2.png"]


EVERYTHING = Document(
    HOSTILE, HOSTILE + " Theorie: Δ, é, ő, 漢 [@schwartz1966].",
    (Section(HOSTILE), Paragraph(HOSTILE * 5), Equation(ERF.claim), Proof(ERF), Proof(LONG),
     Table(("name", "$q_1$"), (("erf", CLOSED), (HOSTILE, c))),
     Table(("a", "b", "c"), (("word " * 30, "word " * 30, c),)), Picture(PNG, HOSTILE)),
    ("jacot2018",),
)  # fmt: skip


@pytest.mark.tex("pdflatex", "bibtex")
@pytest.mark.parametrize(
    ("obj", "report"), [(ERF, report_on(ERF)), (LONG, report_on(LONG)), (EVERYTHING, None)]
)
def test_it_compiles_within_the_margins(obj, report, tmp_path):
    log = compiled(to_latex(obj, report, folder=tmp_path), tmp_path)
    wide = [float(x) for x in re.findall(r"Overfull \\hbox \((\d+\.\d+)pt too wide", log)]
    assert max(wide, default=0) <= 10
    assert "undefined" not in log
    assert "Missing character" not in log
    blg = (tmp_path / "paper.blg").read_text()
    assert "Warning--" not in blg


@pytest.mark.tex("pdflatex", "bibtex")
def test_the_whole_bibliography_compiles(tmp_path):
    from ntksym.render.bibliography import references

    document = Document("All", references=tuple(references()))
    assert "undefined" not in compiled(to_latex(document), tmp_path)
    assert "Warning--" not in (tmp_path / "paper.blg").read_text()
    assert (tmp_path / "paper.bbl").read_text().count(r"\bibitem") == len(references())


def test_a_tall_line_says_what_it_changes():
    """Where that is shorter, and where it is the line: the rule did nothing else."""
    from sympy import Add

    from ntksym.calculus.derivation import Rewrite, Rule

    nodes = [GaussianExpectation(u * v ** (k + 1), q1, q2, c) for k in range(40)]
    moved = Rule("moved", "x=x", "always", "price1958", lambda node: Rewrite(node.under(q2, q1, c)))
    kept = Rule("kept", "x=x", "always", "price1958", lambda node: Rewrite(node))
    same = GaussianExpectation(u, q1, q2, c)
    before = Add(*(c**k * same for k in range(1, 200)))
    claim = Claim(before, before.xreplace({same: same.under(q2, q1, c)}))
    assert "the same, where" in to_latex(Derivation((Step(claim, moved),)))
    assert "the same, where" not in to_latex(Derivation((Step(claim, kept),)))
    assert "the same, where" not in to_latex(Derivation((Step(Claim(Add(*nodes), c), moved),)))


@pytest.mark.tex("pdflatex", "bibtex")
def test_derived_lines_stay_within_the_margins(tmp_path):
    from sympy import Max, erf

    from ntksym.calculus import derive

    for name, f in (("relu", lambda x: Max(0, x)), ("erf", erf)):
        derivation = derive(GaussianExpectation(f(u) * f(v), q1, q2, c), f"The dual of {name}")
        log = compiled(to_latex(derivation, report_on(derivation)), tmp_path)
        wide = [float(x) for x in re.findall(r"Overfull \\hbox \((\d+\.\d+)pt too wide", log)]
        assert max(wide, default=0) <= 10, name


@pytest.mark.tex("pdflatex", "bibtex")
def test_the_pdf_is_one_file_and_the_same_twice(tmp_path):
    first = to_pdf(ERF, tmp_path / "a b.pdf", report_on(ERF))
    second = to_pdf(ERF, str(tmp_path / "b.pdf"), report_on(ERF))
    assert first.read_bytes().startswith(b"%PDF")
    assert first.read_bytes() == second.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a b.pdf", "b.pdf"]


@pytest.mark.tex("pdflatex", "bibtex")
def test_a_failure_says_why_and_leaves_the_old_file(tmp_path, monkeypatch):
    target = tmp_path / "a.pdf"
    target.write_text("old")
    monkeypatch.setattr(
        "ntksym.render.pdf.to_latex", lambda *_, **__: r"\documentclass{article}\oops"
    )
    with pytest.raises(RuntimeError, match="Undefined control sequence"):
        to_pdf(ERF, target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def program(folder, name, script):
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def test_a_compilation_without_end_is_stopped_with_all_it_started(tmp_path, monkeypatch):
    alive, target = tmp_path / "alive", tmp_path / "a.pdf"
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    program(bin_, "latexmk", f"(sleep 1; touch '{alive}') & wait")
    program(bin_, "pdflatex", "")
    monkeypatch.setenv("PATH", str(bin_), prepend=os.pathsep)
    monkeypatch.setattr("ntksym.render.pdf.PATIENCE", 0.3)
    with pytest.raises(RuntimeError, match=r"did not end within 0.3 seconds"):
        to_pdf(ERF, target)
    time.sleep(1.5)
    assert list(tmp_path.iterdir()) == [bin_]


def test_missing_programs_are_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        FileNotFoundError, match=r"latexmk was not found.*texlive-latex-recommended"
    ):
        to_pdf(ERF, tmp_path / "a.pdf")
    program(tmp_path, "latexmk", "")
    with pytest.raises(FileNotFoundError, match="pdflatex was not found"):
        to_pdf(ERF, tmp_path / "a.pdf")


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        to_pdf(ERF, tmp_path / "nowhere" / "a.pdf")
