"""What a notebook shows of a derivation."""

from examples import ERF


def test_derivations_show_themselves():
    assert "<math" in ERF._repr_html_()
    assert r"\begin{aligned}" in ERF._repr_latex_()
