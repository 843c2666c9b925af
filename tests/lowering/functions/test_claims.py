"""What is claimed of the functions is proved again, and a false claim is not."""

from dataclasses import replace

import pytest
from flint import arb

from ntksym.evaluate.balls import precision
from ntksym.lowering.functions import angles, polynomials, vector
from ntksym.lowering.functions.proofs.claims import CLAIMS, prove
from ntksym.lowering.functions.proofs.rounding import Outside, Rounded, either, paths, rounded
from ntksym.lowering.functions.proofs.source import on_balls
from tests.lowering.functions.test_vector import TRUTHS

STRIDE = {
    "arctangent2": 9,
    "error_function": 9,
    "complementary_error_function": 18,
    "normal_cdf": 18,
}
"""Of the long proofs a part of the cells; ``python -m ntksym.lowering.functions.proofs.claims``
proves all."""


@pytest.mark.parametrize("name", CLAIMS)
def test_the_claim_is_proved(name: str) -> None:
    claim = CLAIMS[name]
    found = prove(replace(claim, cells=claim.cells[:: STRIDE.get(name, 1)]))
    assert (0.5 if name in STRIDE else 0.9) * claim.units < found <= claim.units


def test_every_function_has_a_claim() -> None:
    assert {claim.function for claim in CLAIMS.values()} == set(TRUTHS)


def test_the_docstrings_say_what_is_claimed() -> None:
    for function in TRUTHS:
        units = max(claim.units for claim in CLAIMS.values() if claim.function == function)
        assert f"{units:.3g} * 2**-52" in getattr(vector, function).__doc__


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_of_a_third_is_not(name: str) -> None:
    claim = CLAIMS[name]
    cells = claim.cells if claim.units < 5 else claim.cells[-20:]
    with pytest.raises(ArithmeticError, match="not proved of"):
        prove(replace(claim, units=0.3, cells=cells))


def test_a_wide_bound_of_a_polynomial_spoils_the_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polynomials, "ARCSINE_CORE_BOUND", 1e-13)
    with pytest.raises(ArithmeticError, match="arccosine_of_gap"):
        prove(CLAIMS["arccosine_of_gap"])


def test_a_wrong_constant_spoils_the_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(angles, "HALF_PI_REST", 0.0)
    prove(replace(CLAIMS["arccosine_of_gap"], units=2.0))
    monkeypatch.setattr(angles, "HALF_PI_REST", 1e-15)
    with pytest.raises(ArithmeticError, match="arccosine_of_gap"):
        prove(replace(CLAIMS["arccosine_of_gap"], units=2.0))


@pytest.mark.parametrize("name", CLAIMS)
def test_the_exact_values_are_those_of_the_function(name: str) -> None:
    """So an error bounded against them is one against the function itself."""
    claim = CLAIMS[name]
    cells = claim.cells[-60:] if name == "arcsine_of_gap" else claim.cells
    with precision(200):
        function = on_balls()[claim.function]
        for cell in cells[:: max(1, len(cells) // 40)]:
            numbers = claim.arguments(*(Rounded(arb(low + (high - low) / 3)) for low, high in cell))
            for value in paths(lambda given=numbers: function(*given)):
                exact = TRUTHS[claim.function](*(x.exact for x in numbers))
                ball = rounded(value).exact
                assert ball.overlaps(exact)
                assert ball.rad() < 1e-3 * abs(exact)


def test_what_rounds_and_what_does_not() -> None:
    with precision(128):
        a, b = Rounded(arb(3) / 2), Rounded(arb(1.25, 0.001))
        assert (a - 1.0).error == 0
        assert (a - b).error == 0
        assert (b - 0.125).error == 2.0**-53
        assert (b * 0.5).error == 0
        assert (b * 3.0).error == 2.0**-52
        assert (a * a).error == 0
        assert (1.0 / b).error == 2.0**-54
        assert b.sqrt().error == 2.0**-53
        assert 0 < (Rounded(arb(1), arb(2.0**-60)) * 2.0).error <= 2.0**-59


def test_undecided_choices_go_both_ways() -> None:
    x = Rounded(arb(0, 0.75))
    assert sorted(paths(lambda: (x < 0.5, either()))) == [
        (False, False), (False, True), (True, False), (True, True)
    ]  # fmt: skip
    assert list(paths(lambda: (x < 1.0, x > 2.0))) == [(True, False)]
    with pytest.raises(Outside):
        on_balls()["arcsine_core"](Rounded(arb(1)))
