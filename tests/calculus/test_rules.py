"""Every rule on its probes, checked by the check room; a new rule is tested by being there."""

import pytest
from sympy import (
    Abs,
    DiracDelta,
    Heaviside,
    Integral,
    Max,
    Min,
    Piecewise,
    erf,
    exp,
    pi,
    sign,
    sqrt,
)

from ntksym.calculus import Node, Rule, rules
from ntksym.calculus.normal import by_steps, normal, reflected, separate
from ntksym.check.verdict import Verdict
from ntksym.language import Claim, GaussianExpectation, c, inert, q, q1, q2, u, v
from tests.check.support import by_balls, by_quadrature

CASES = [(rule, node) for rule in rules() for node in rule.probes]
BY_NAME = {rule.name: rule for rule in rules()}


@pytest.mark.parametrize(("rule", "node"), CASES, ids=lambda x: getattr(x, "name", str(x)))
def test_what_a_rule_does_to_its_probe_is_true(rule: Rule, node: Node) -> None:
    rewrite = rule.rewrite(node)
    assert rewrite is not None
    assert rewrite.result != node
    claim = Claim(node, rewrite.result, rewrite.where)
    seen = by_quadrature(claim)
    assert seen.verdict == Verdict.AGREES, seen.detail
    if not inert(rewrite.result):
        seen = by_balls(claim)
        assert seen.verdict == Verdict.ENCLOSED, seen.detail


@pytest.mark.parametrize(("rule", "node"), CASES, ids=lambda x: getattr(x, "name", str(x)))
def test_the_conditions_of_a_rewrite_mention_no_bound_variable(rule: Rule, node: Node) -> None:
    rewrite = rule.rewrite(node)
    assert rewrite is not None
    for condition in rewrite.where:
        assert condition.free_symbols <= node.free_symbols


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_says_what_it_is(rule: Rule) -> None:
    assert rule.probes, "a rule without a probe is not tested"
    assert rule.statement
    assert rule.where
    assert rule.reference
    assert "$" not in rule.statement
    assert rule.where.count("$") % 2 == 0


def test_the_names_and_places_of_rules_are_unique() -> None:
    assert len(BY_NAME) == len(rules())
    orders = [rule.order for rule in rules()]
    assert orders == sorted(orders)
    assert len(set(orders)) == len(orders)


MUTE = [
    ("step form", GaussianExpectation(u * Heaviside(u), q)),
    ("linearity", GaussianExpectation(Heaviside(u), q)),
    ("marginal", GaussianExpectation(u * v, q1, q2, c)),
    ("marginal", GaussianExpectation(u, q)),
    ("independence", GaussianExpectation(u * v, q1, q2, c)),
    ("independence", GaussianExpectation(erf(u + v), q1, q2, 0)),
    ("parity", GaussianExpectation(DiracDelta(u), q)),
    ("parity", GaussianExpectation(Heaviside(u) * Heaviside(v), q1, q2, c)),
    ("Dirac mass", GaussianExpectation(DiracDelta(u) * v, q1, q2, c)),
    ("Dirac mass", GaussianExpectation(DiracDelta(u) * Heaviside(u), q)),
    ("Gaussian factor", GaussianExpectation(exp(u), q)),
    ("Gaussian factor", GaussianExpectation(exp(u**2 / 9), q)),
    ("Gaussian factor", GaussianExpectation(exp(v**2 / 9), q1, q2, c)),
    ("Gaussian factor", GaussianExpectation(exp(u * v), q1, q2, c)),
    ("Stein", GaussianExpectation(Heaviside(u), q)),
    ("Stein", GaussianExpectation(u * DiracDelta(u - 1), q)),
    ("Price", GaussianExpectation(erf(u) * erf(v), q1, q2, 0)),
    ("Price", GaussianExpectation(DiracDelta(u) * erf(v), q1, q2, c)),
    ("Price", GaussianExpectation(Heaviside(u), q)),
    ("integration in c", Integral(GaussianExpectation(erf(u), c), (c, 0, 1))),
    ("integration in c", Integral(exp(c), (c, 0, 1))),
    ("integration in c", Integral(1 / sqrt(c**2 + 1), (c, 0, 1))),
]


@pytest.mark.parametrize(("name", "node"), MUTE, ids=str)
def test_a_rule_that_does_not_apply_says_nothing(name: str, node: Node) -> None:
    assert BY_NAME[name].rewrite(node) is None


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_rules_for_expectations_leave_integrals_alone(rule: Rule) -> None:
    other = (
        GaussianExpectation(u * Heaviside(u) + 1, q)
        if rule.name == "integration in c"
        else Integral(1 / (2 * pi * sqrt(q1 * q2 - c**2)), (c, 0, 1))
    )
    assert rule.rewrite(other) is None


FORMS = [
    (Max(0, u), u * Heaviside(u)),
    (Min(0, u), u - u * Heaviside(u)),
    (Abs(v), 2 * v * Heaviside(v) - v),
    (sign(-u), 1 - 2 * Heaviside(u)),
    (Heaviside(-2 * u), 1 - Heaviside(u)),
    (Heaviside(2 * u - 4), Heaviside(u - 2)),
    (Piecewise((0, u < 0), (u**2, True)), u**2 * Heaviside(u)),
    (Max(-1, Min(1, u)), None),
]


@pytest.mark.parametrize(("before", "after"), FORMS, ids=str)
def test_the_step_form_is_the_same_function_off_the_knots(before, after) -> None:
    result = by_steps(before)
    if after is not None:
        assert result.expand() == after.expand()
    assert not result.has(Max, Min, Abs, sign, Piecewise)
    for x in (-2.5, -0.5, 0.3, 1.7, 5.25):
        at = {u: x, v: x}
        assert abs(float(result.subs(at)) - float(before.subs(at))) < 1e-14


def test_the_normal_form_sifts_masses_and_powers_of_steps() -> None:
    assert normal(Heaviside(u) ** 3) == Heaviside(u)
    assert normal(u * DiracDelta(u)) == 0
    assert normal((u**2 + 3) * DiracDelta(u)) == 3 * DiracDelta(u)
    assert reflected(u * Heaviside(u) * v).expand() == (u * v - u * v * Heaviside(u)).expand()


def test_a_product_is_parted_by_variable() -> None:
    assert separate(3 * c * u**2 * erf(v)) == (3 * c, u**2, erf(v))
    assert separate(erf(u + v)) is None
    assert separate(c) == (c, 1, 1)
