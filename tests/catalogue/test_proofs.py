"""Every entry of the catalogue is derived to its end, and every line of it passes."""

import pytest
from sympy import Sum

from ntksym import Verdict, catalogue
from ntksym.language import BivariateNormalCDF, c, inert, q1, q2
from tests.catalogue.entries import CLASS_A, CLASS_B, CLASS_C, checked, derived, identify


def test_every_entry_of_the_catalogue_has_a_class() -> None:
    assert sorted(CLASS_A + CLASS_B + CLASS_C) == sorted(catalogue())


@pytest.mark.parametrize("name", CLASS_A + CLASS_B, ids=identify)
def test_it_has_a_closed_form(name: str) -> None:
    pair = derived(name)
    assert pair.kind == ("elementary" if name in CLASS_A else "bivariate")
    sides = [pair.sigma] if name in ("step", "sign") else [pair.sigma, pair.sigma_dot]
    for side in sides:
        assert not inert(side)
        assert side.free_symbols <= {q1, q2, c}
        if name in CLASS_A:
            assert not side.has(BivariateNormalCDF)
    assert (name in CLASS_B) == any(side.has(BivariateNormalCDF) for side in sides)


@pytest.mark.parametrize("name", CLASS_A + CLASS_B, ids=identify)
def test_every_line_passes(name: str) -> None:
    report = checked(name).report
    report.require(Verdict.ENCLOSED)
    for section, (part, _) in zip(report.sections, checked(name).chains, strict=True):
        assert [line.claim for line in section.lines] == [step.claim for step in part.steps]
        for line in section.lines:
            said = {witness.name: witness.verdict for witness in line.witnesses}
            assert said["quadrature"] == Verdict.AGREES
        assert {"quadrature", "balls"} <= {w.name for w in section.lines[-1].witnesses}


@pytest.mark.parametrize("name", CLASS_C)
def test_what_has_no_closed_form_is_a_series(name: str) -> None:
    pair = derived(name)
    assert pair.kind == "series"
    assert pair.sigma.has(Sum)
    assert pair.sigma_dot.has(Sum)
