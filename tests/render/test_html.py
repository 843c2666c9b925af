import builtins
import re
from html.parser import HTMLParser

import pytest
from examples import CLOSED, ERF, HOSTILE, LONG, PNG, WITNESSES, report_on

from ntksym.check.verdict import Verdict
from ntksym.render import (
    Document,
    Equation,
    Paragraph,
    Picture,
    Proof,
    Section,
    Table,
    repr_html,
    repr_latex,
    to_html,
)

VOID = {"meta", "img", "link", "br", "hr", "input", "mspace"}


class Parsed(HTMLParser):
    """The tags, the attributes and the text of a page; fails where tags do not nest."""

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.attributes, self.texts = [], [], [], []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return "".join(self.texts)

    def values(self, name):
        return [value for key, value in self.attributes if key == name]


EVERYTHING = Document(
    HOSTILE, HOSTILE,
    (Section(HOSTILE), Paragraph(HOSTILE), Equation(ERF.claim), Proof(ERF, report_on(ERF)),
     Proof(LONG), Table(("name", HOSTILE), (("erf", CLOSED), (HOSTILE, CLOSED))),
     Picture(PNG, HOSTILE), Picture(b"<svg xmlns='x'></svg>", "")),
    ("jacot2018",),
)  # fmt: skip


@pytest.mark.parametrize(
    "page", [to_html(ERF, report_on(ERF)), to_html(EVERYTHING), repr_html(ERF)]
)
def test_it_is_well_formed_and_stands_alone(page):
    parsed = Parsed(page)
    links, ids = parsed.values("href"), parsed.values("id")
    assert "script" not in parsed.tags
    assert "link" not in parsed.tags
    assert links
    assert all(link.startswith("#") and link[1:] in ids for link in links)
    assert len(ids) == len(set(ids))
    assert all(source.startswith("data:image/") for source in parsed.values("src"))
    assert not re.search(r"url\(|@import|https?:", page)


def test_hostile_text_is_text():
    parsed = Parsed(to_html(EVERYTHING))
    assert parsed.text.count(HOSTILE) == 8
    assert HOSTILE in parsed.values("alt")


def test_everything_of_a_line_is_shown():
    parsed = Parsed(to_html(ERF, report_on(ERF)))
    assert parsed.tags.count("details") == 5
    assert parsed.text.count(WITNESSES[0].detail) == parsed.text.count(WITNESSES[1].detail) == 5
    assert "by Lemma 1" in parsed.text
    assert "Gaussian integral (R1)" in parsed.text
    assert "Robert Price" in parsed.text
    assert "details" not in Parsed(to_html(ERF)).tags


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_its_badge(verdict):
    page = to_html(ERF, report_on(ERF, verdict))
    badge = f'<summary><span class="badge {verdict.name.lower()}">{verdict.name}</span></summary>'
    assert page.count(badge) == 5


def test_it_is_the_same_at_each_call():
    assert to_html(ERF, report_on(ERF)) == to_html(ERF, report_on(ERF))


def test_two_fragments_share_a_page():
    ids = Parsed(f"{repr_html(ERF)}{repr_html(LONG)}").values("id")
    assert len(ids) == len(set(ids))


def test_equations_scroll_in_their_own_box():
    page = to_html(LONG)
    assert re.search(r"\.formula \{[^}]*overflow-x: auto", page)
    parsed = Parsed(page)
    assert parsed.values("class").count("row") > 12


def test_a_pdf_picture_is_refused():
    with pytest.raises(ValueError, match="got PDF"):
        to_html(Document("d", blocks=(Picture(b"%PDF-1.5", ""),)))


def test_without_latex2mathml_it_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def missing(name, *args, **kwargs):
        if name.startswith("latex2mathml"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ImportError, match=r"pip install 'ntksym\[report\]'"):
        to_html(ERF)
    assert repr_html(ERF) is None
    assert repr_latex(ERF).count(r"\begin{aligned}") == 3


def test_a_title_without_formulas_needs_no_latex2mathml():
    assert "Hello" in to_html(Document("Hello", "just text"))
