"""Proofs as data: what is validated, what is derived, and what is said where nothing is."""

import ast
from pathlib import Path

import pytest
from sympy import (
    Abs,
    Heaviside,
    Integral,
    Max,
    Rational,
    asin,
    erf,
    exp,
    log,
    pi,
    sign,
    sin,
    sqrt,
    tanh,
)

import ntksym.calculus
from ntksym.calculus import Derivation, Rule, Step, derive
from ntksym.evaluate import Decimals, converged, record, stable
from ntksym.language import Claim, GaussianExpectation, c, inert, q, q1, q2, u, z
from tests.check.support import LEAKY, pair, slope
from tests.oracles.duals import DUALS, leaky

RULE = Rule("r", "x=x", "always", "nobody", lambda node: None)
A, B, C = (GaussianExpectation(u**n, q) for n in (2, 4, 6))


def step(lhs, rhs, *inner: Derivation) -> Step:
    return Step(Claim(lhs, rhs), RULE, inner)


def test_a_chain_starts_each_line_where_the_last_one_ended() -> None:
    chain = Derivation((step(A, B), step(B, C)), "t")
    assert (chain.lhs, chain.rhs, chain.complete) == (A, C, True)
    with pytest.raises(ValueError, match="line 2 must start where line 1 ended"):
        Derivation((step(A, B), step(C, A)), "t")
    with pytest.raises(ValueError, match="line 3 must start where line 2 ended"):
        Derivation((step(A, B), step(B, C), step(B, C)), "t")


def test_an_empty_chain_must_be_stuck() -> None:
    with pytest.raises(ValueError, match="needs at least one line, got none: nothing"):
        Derivation((), "nothing")
    stuck = Derivation((), "stuck", stuck_on=A)
    assert (stuck.lhs, stuck.rhs, stuck.complete) == (A, A, False)


def test_the_claim_of_a_chain_has_the_conditions_of_all_lines_once() -> None:
    first = Step(Claim(A, B, (c**2 < q1 * q2, "so")), RULE)
    second = Step(Claim(B, C, ("so", "and so")), RULE)
    claim = Derivation((first, second), "t").claim
    assert claim == Claim(A, C, (c**2 < q1 * q2, "so", "and so"))


def test_parts_come_before_what_needs_them() -> None:
    deep = Derivation((step(A, A),), "deep")
    inner = Derivation((step(A, B, deep),), "inner")
    beside = Derivation((step(C, C),), "beside")
    whole = Derivation((step(A, B, inner), step(B, C)), "whole", (beside,))
    assert [part.title for part in whole.parts()] == ["deep", "inner", "whole", "beside"]
    assert whole.rules() == (RULE,)


ACTIVATIONS = {
    "relu": Max(0, z),
    "erf": erf(z),
    "abs": Abs(z),
    "step": Heaviside(z),
    "sign": sign(z),
    "square": z**2,
    "cube": z**3,
    "relu squared": Max(0, z) ** 2,
}
R = Rational
COVARIANCES = [
    (R(5, 4), R(4, 3), R(2, 5)),
    (R(3, 5), R(9, 4), R(-3, 4)),
    (R(2), R(1, 3), R(0)),
    (R(1), R(1), R(999, 1000)),
    (R(1, 4), R(4), R(-999, 1000)),
    (R(50), R(1, 50), R(1, 7)),
]


def number(expr, at, digits: int = 45):
    symbols = sorted(expr.free_symbols, key=str)
    assert set(symbols) <= set(at)

    def compute(numbers: Decimals):
        values = [numbers.constant(at[symbol]) for symbol in symbols]
        (value,) = record([stable(expr)], symbols, numbers)(*values)
        return value, abs(value) + 1

    return converged(compute, digits)


def oracle(formula, at):
    m = Decimals(70).ctx
    return formula(m, *(m.mpf(int(x.p)) / int(x.q) for x in at))


def assert_equal(derived, formula, at, more=None) -> None:
    mine = number(derived, {**dict(zip((q1, q2, c), at, strict=True)), **(more or {})})
    theirs = oracle(formula, at)
    m = Decimals(70).ctx
    assert abs(m.mpf(mine) - theirs) <= m.mpf(10) ** -40 * (abs(theirs) + m.mpf(10) ** -5), at


@pytest.mark.parametrize("name", DUALS)
def test_derived_formulas_equal_those_of_the_sources(name: str) -> None:
    sigma, dot = DUALS[name]
    for f, formula in ((ACTIVATIONS[name], sigma), (ACTIVATIONS[name].diff(z), dot)):
        if formula is None:
            continue
        derivation = derive(pair(f), name)
        assert derivation.complete, derivation.stuck_on
        assert not inert(derivation.rhs)
        assert derivation.lhs == pair(f)
        for at in COVARIANCES:
            assert_equal(derivation.rhs, formula, at)


def test_leaky_relu_with_a_symbol_for_its_slope() -> None:
    derived = [derive(pair(f), "leaky").rhs for f in (LEAKY, LEAKY.diff(z))]
    for value in (R(1, 5), R(-2, 3)):
        m = Decimals(70).ctx
        formulas = leaky(m.mpf(int(value.p)) / int(value.q))
        for expr, formula in zip(derived, formulas, strict=True):
            assert slope in expr.free_symbols
            for at in COVARIANCES:
                assert_equal(expr, formula, at, {slope: value})


def test_the_closed_forms_are_short() -> None:
    """What a reader meets: one term for erf, three for ReLU, at most ten for GELU."""
    roots = sqrt(2 * q1 + 1) * sqrt(2 * q2 + 1)
    assert derive(pair(erf(z)), "erf").rhs == 2 / pi * asin(2 * c / roots)
    gelu = derive(pair(z * (1 + erf(z / sqrt(2))) / 2), "gelu").rhs
    assert len(gelu.args) <= 10
    assert gelu.count_ops() < 80
    assert len(derive(pair(Max(0, z)), "relu").rhs.args) == 3
    assert derive(pair(Heaviside(z)), "step").rhs == R(1, 4) + asin(c / sqrt(q1 * q2)) / (2 * pi)


@pytest.mark.parametrize("name", ["relu", "step", "relu squared"])
def test_the_conditions_of_a_result_speak_of_its_own_symbols(name: str) -> None:
    derivation = derive(pair(ACTIVATIONS[name]), name)
    assert derivation.claim.where == (c**2 < q1 * q2,)
    for part in derivation.parts():
        for line in part.steps:
            for condition in line.claim.where:
                assert condition.free_symbols <= line.claim.lhs.free_symbols


def test_smooth_activations_need_no_condition() -> None:
    assert derive(pair(erf(z)), "erf").claim.where == ()
    assert derive(pair(z**3), "cube").claim.where == ()


def test_inner_derivations_are_named_by_their_expectation() -> None:
    derivation = derive(pair(LEAKY), "leaky")
    titles = [part.title for part in derivation.parts()]
    assert titles[-1] == "leaky"
    assert len(titles) == len(set(titles)) == 2, "the mass at the origin, once"
    for title in titles[:-1]:
        assert title.startswith(r"The integrand $\mathbb{E}_{")
        assert title.count("$") == 2


STUCK = {
    "tanh": (tanh(z), GaussianExpectation),
    "logarithm": (log(1 + exp(z)), GaussianExpectation),
    "sum with tanh": (z + tanh(z), GaussianExpectation),
    "sine of a ramp": (sin(z) * Max(0, z), GaussianExpectation),
}


@pytest.mark.parametrize("name", STUCK)
def test_what_no_rule_reaches_is_named(name: str) -> None:
    f, head = STUCK[name]
    derivation = derive(pair(f), name)
    assert not derivation.complete
    assert isinstance(derivation.stuck_on, head)
    assert any(
        part.rhs.has(derivation.stuck_on) or part.lhs == derivation.stuck_on
        for part in derivation.parts()
    )
    if name == "tanh":
        assert derivation.stuck_on == pair(f)
        assert derivation.steps == ()


def test_an_integral_that_no_formula_reaches_is_named() -> None:
    t = GaussianExpectation(u, q).args[1]
    stuck = Integral(tanh(t), (t, 0, c))
    derivation = derive(stuck + derive(pair(erf(z)), "erf").lhs, "mixed")
    assert derivation.stuck_on == stuck


def test_no_closed_form_is_typed_in_the_package() -> None:
    """An arcsine is made where integrals are done, where numbers are computed, and where those
    of derived forms are rewritten."""
    root = Path(ntksym.calculus.__file__).parents[1]
    allowed = {"integration.py", "stable.py", "primitives.py", "bivariate.py"}
    allowed |= {"local.py", "ends.py", "closed.py", "terms.py", "apart.py", "angle.py"}
    allowed |= {"functions.py"}
    angles = {"asin", "acos", "atan", "arcsin", "arccos", "arctan"}
    found = []
    for path in root.rglob("*.py"):
        if path.name in allowed:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", getattr(node.func, "attr", None))
                if called in angles:
                    found.append(f"{path.relative_to(root)}:{node.lineno}")
    assert found == []
