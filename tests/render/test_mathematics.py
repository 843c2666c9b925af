import pytest
from examples import LONG_LHS, LONG_SUM
from sympy import DiracDelta, Heaviside, Integral, Max, Symbol, acos, asin, exp, log, pi, sqrt

from ntksym.language import GaussianExpectation, c, q1, q2, u, v
from ntksym.render.mathematics import escaped, is_mathematics, latex, mathml, rows, spans, width


@pytest.mark.parametrize(
    ("expr", "printed"),
    [
        (Heaviside(u), r"\theta\left(u\right)"),
        (DiracDelta(u), r"\delta\left(u\right)"),
        (Max(0, u), r"\max\left(0, u\right)"),
        (asin(c), r"\arcsin\left(c \right)"),
        (acos(c) ** 2, r"\arccos^{2}{\left(c \right)}"),
        (log(c), r"\ln\left(c \right)"),
        (exp(c * q1), r"e^{c q_{1}}"),
        (exp(-c * q1 / 2), r"e^{- c q_{1}/2}"),
        (exp(c / q1), r"\exp\left(\frac{c}{q_{1}}\right)"),
        (Symbol("shift"), r"\mathit{shift}"),
        (q1 * q2 - c**2, "q_{1} q_{2} - c^{2}"),
        (sqrt(q1 * q2), r"\sqrt{q_{1} q_{2}}"),
        (c / sqrt(q1 * q2), r"\frac{c}{\sqrt{q_{1} q_{2}}}"),
        (GaussianExpectation(u * v, q1, q2, c), r"\mathbb{E}_{c}\left[u v\right]"),
        (Integral(u, (u, 0, c)), r"\int_{0}^{c} u\, du"),
    ],
)
def test_the_conventions(expr, printed):
    assert latex(expr) == printed


def test_a_symbol_named_after_a_command_is_text():
    assert r"\input" not in latex(Symbol(r"\input{/etc/passwd}"))
    assert latex(Symbol(r"\sigma_w")) == r"\sigma_{w}"


def test_rows_keep_every_term_and_stay_short():
    whole = c * LONG_SUM / (2 * pi)
    broken = rows(whole, 300)
    assert len(broken) > 3
    assert all(width(row) <= 330 for row in broken)
    terms = "".join(rows(LONG_SUM, 300)).replace(" ", "")
    assert terms == latex(LONG_SUM).replace(" ", "")
    assert broken[0].startswith(r"\frac{c}{2 \pi}\biggl(")
    assert broken[-1].endswith(r"\biggr)")


def test_rows_open_expectations_and_integrals():
    assert rows(LONG_LHS, 300)[0].startswith(r"\mathbb{E}_{c}\biggl[")
    assert rows(Integral(LONG_SUM, (u, 0, c)), 300)[-1].endswith(r"\biggr)\, du")
    assert len(rows(-LONG_LHS, 300)) > 3
    assert rows(-LONG_LHS, 300)[0].startswith("- ")


def test_rows_keep_signs():
    assert rows(q1 - q2 - c, 20) == ("q_{1}", "- c", "- q_{2}")


def test_what_cannot_be_broken_stays_whole():
    assert len(rows(exp(-LONG_SUM), 300)) == 1


@pytest.mark.parametrize(
    "text", [r"\input{x}", "^^5cinput", "a%b", "{", "}{", r"\begin{verbatim}x\end{verbatim}",
             r"\left(x", "é", r"\begin{cases}1"],
)  # fmt: skip
def test_what_is_not_mathematics(text):
    assert not is_mathematics(text)
    assert [span.kind for span in spans(f"${text}$")] == ["plain"]


def test_spans_cut_text_mathematics_and_citations():
    found = [(s.kind, s.content) for s in spans(r"see $\frac{1}{2}$ in [@price1958], $5")]
    assert found == [
        ("plain", "see "),
        ("mathematics", r"\frac{1}{2}"),
        ("plain", " in "),
        ("citation", "price1958"),
        ("plain", ", $5"),
    ]


def test_every_character_has_a_printable_form():
    everything = "".join(map(chr, (*range(0x250), *range(0x370, 0x400), 0x6F22, 0x1F600)))
    assert escaped(everything).isascii()
    assert escaped("Δ é ő 漢") == r"$\Delta$ \'{e} \H{o} \texttt{U+6F22}"


def test_mathml_has_the_spacing_of_tex():
    assert '<mspace width="0.167em"/><mi>arcsin</mi>' in mathml(r"c \arcsin\left(c\right)")
    assert 'stretchy="true"' not in mathml(r"\theta\left(u\right)")
    assert 'stretchy="true"' in mathml(r"\left(\frac{u}{v}\right)")
    assert mathml(r"\mathbb E") == mathml(r"\mathbb{E}")
    assert "<mo>&#x0223C;</mo>" in mathml(r"u\sim v")
    assert "\\" not in mathml(r"\Bigl\langle u\Bigr\rangle")
    assert "http" not in mathml("x")
