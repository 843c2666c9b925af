from dataclasses import replace

import pytest
from examples import ERF, INNER, LONG, PNG, PRICE, report_on

import ntksym.render as render
from ntksym.calculus.derivation import Derivation, Step
from ntksym.check.symbolic.lemmas import BASE
from ntksym.check.verdict import Report, Verdict, Witness
from ntksym.language import Claim, c, q1
from ntksym.render.bibliography import reference, references
from ntksym.render.document import (
    Document,
    Equation,
    Paragraph,
    Picture,
    Proof,
    Rules,
    Section,
    Table,
    document_of,
)
from ntksym.render.layout import lay_out


def test_what_describes_itself_is_a_document():
    class Higher:
        def document(self):
            return Document("Higher", blocks=(Proof(ERF),))

    assert document_of(Higher()) == Higher().document()
    assert document_of(Higher().document()) is not None
    report = report_on(ERF)
    said, proof = document_of(Higher(), report).blocks
    assert proof == Proof(ERF, report)
    assert "The weakest line of this derivation is ENCLOSED." in said.text


@pytest.mark.parametrize("obj", [3, "text", None, object])
def test_what_does_not_is_refused_by_name(obj):
    with pytest.raises(TypeError, match=type(obj).__name__):
        document_of(obj)


def test_a_report_on_something_else_is_refused():
    for wrong in (report_on(LONG), report_on(INNER), Report(report_on(ERF).sections[::-1])):
        with pytest.raises(ValueError, match="not a report on"):
            Proof(ERF, wrong)
        with pytest.raises(ValueError, match="not a report on"):
            document_of(Document("d", blocks=(Proof(ERF),)), wrong)


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="expected 2 cells, got 1"):
        Table(("a", "b"), (("1",),))


def test_a_picture_knows_its_kind(tmp_path):
    (tmp_path / "p.png").write_bytes(PNG)
    assert Picture(tmp_path / "p.png", "").kind == Picture(PNG, "").kind == "png"
    assert Picture(b"<svg/>", "").kind == "svg"
    with pytest.raises(ValueError, match="expected PNG, SVG or PDF"):
        _ = Picture(b"GIF89a", "").kind


def test_lemmas_come_first_and_once_and_lines_are_numbered_through():
    twice = replace(ERF, steps=tuple(replace(step, inner=(INNER,)) for step in ERF.steps))
    (chains,) = lay_out(document_of(twice, report_on(twice))).proofs
    assert [chain.label for chain in chains] == ["Lemma 1", "", "Remark 1"]
    assert [line.number for chain in chains for line in chain.lines] == [1, 2, 3, 4, 5]
    assert [line.lemmas for line in chains[1].lines] == [("Lemma 1",)] * 3


def test_each_line_gets_its_own_verdict():
    report = report_on(ERF)
    (chains,) = lay_out(document_of(ERF, report)).proofs
    for chain, section in zip(chains, report.sections, strict=True):
        assert [line.checked for line in chain.lines] == list(section.lines)


def test_references_come_from_the_rules_the_text_and_by_name():
    document = Document(
        "d", "see [@stein1981]", (Proof(ERF), Paragraph("[@jacot2018]")), ("chosaul2009",)
    )
    keys = ["chosaul2009", "stein1981", "jacot2018", "gradshteyn", "price1958", "sheppard1899"]
    assert list(lay_out(document).keys) == keys


def test_every_reference_reads_well():
    for key, entry in references().items():
        assert entry.source.startswith("@")
        assert "{" not in entry.text
        assert key in entry.source
        assert entry.text.endswith(".")
    assert len(references()) >= 33


def test_an_unknown_reference_is_named_with_the_nearest():
    with pytest.raises(ValueError, match=r"'price1985'.*'price1958'"):
        reference("price1985")
    unknown = Derivation((Step(Claim(c, q1), replace(PRICE, reference="price1985")),), "d")
    for renderer in (render.to_latex, render.to_html):
        with pytest.raises(ValueError, match="price1985"):
            renderer(unknown)


def test_the_room_exports_functions():
    for name in render.__all__:
        assert callable(getattr(render, name)), name
    assert render.latex(c) == "c"


def test_an_equation_keeps_both_sides():
    assert "c" in render.to_latex(Document("d", blocks=(Equation(Claim(c, c)),))).split("= ")[-1]


def test_the_lemmas_that_a_report_leans_on_are_listed_with_it():
    lemma = BASE[0]
    leaning = Witness("symbolic", Verdict.PROVED, f"instance of: {lemma.name}")
    sections = tuple(
        replace(s, lines=tuple(replace(x, witnesses=(leaning,)) for x in s.lines))
        for s in report_on(ERF).sections
    )
    blocks = document_of(ERF, Report(sections)).blocks
    assert blocks[-1] == Rules((lemma,))
    assert Section("Lemmas of the check") in blocks
    assert Section("Lemmas of the check") not in document_of(ERF, report_on(ERF)).blocks
