"""Every rule on its probes, checked by the check room; a new rule is tested by being there."""

from itertools import pairwise

import numpy as np
import pytest
from scipy import integrate
from sympy import (
    Abs,
    Add,
    DiracDelta,
    Heaviside,
    Integral,
    Max,
    Min,
    Piecewise,
    Rational,
    cos,
    erf,
    exp,
    expand,
    lambdify,
    pi,
    sign,
    sin,
    sqrt,
)

from ntksym.calculus import Node, Rule, derivative, rules
from ntksym.calculus.normal import by_steps, normal, reflected, rising, separate
from ntksym.check.verdict import Verdict
from ntksym.language import Claim, GaussianExpectation, c, inert, q, q1, q2, u, v, z
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
    ("Dirac mass", GaussianExpectation(DiracDelta(u) * Heaviside(u), q)),
    ("Dirac mass", GaussianExpectation(DiracDelta(u) * Heaviside(u) * v, q1, q2, c)),
    ("Dirac mass", GaussianExpectation(DiracDelta(u - v), q1, q2, c)),
    ("Dirac mass", GaussianExpectation(DiracDelta(u, 1) * v, q1, q2, c)),
    ("Isserlis", GaussianExpectation(u * erf(v), q1, q2, c)),
    ("Isserlis", GaussianExpectation(1 / u, q)),
    ("tilt", GaussianExpectation(exp(u**2), q)),
    ("tilt", GaussianExpectation(exp(u * v), q1, q2, c)),
    ("tilt", GaussianExpectation(u * v, q1, q2, c)),
    ("product to sum", GaussianExpectation(sin(u) * v, q1, q2, c)),
    ("product to sum", GaussianExpectation(sin(u + v), q1, q2, c)),
    ("characteristic function", GaussianExpectation(cos(u * v), q1, q2, c)),
    ("characteristic function", GaussianExpectation(u * sin(u), q)),
    ("threshold", GaussianExpectation(Heaviside(u) * Heaviside(v), q1, q2, c)),
    ("threshold", GaussianExpectation(u * Heaviside(u - 1), q)),
    ("threshold", GaussianExpectation(Heaviside(u - v) * Heaviside(v - 1), q1, q2, c)),
    ("threshold", GaussianExpectation(Heaviside(2 * u - 1), q)),
    ("threshold", GaussianExpectation(erf(u**2), q)),
    ("Gaussian factor", GaussianExpectation(exp(u), q)),
    ("Gaussian factor", GaussianExpectation(exp(u**2 / 9), q)),
    ("Gaussian factor", GaussianExpectation(exp(v**2 / 9), q1, q2, c)),
    ("Gaussian factor", GaussianExpectation(exp(u * v), q1, q2, c)),
    ("Stein", GaussianExpectation(Heaviside(u), q)),
    ("Stein", GaussianExpectation(u * DiracDelta(u - 1), q)),
    ("Stein", GaussianExpectation(u * exp(u), q)),
    ("Stein", GaussianExpectation(erf(u) / u, q)),
    ("Price", GaussianExpectation(erf(u) * erf(v), q1, q2, 0)),
    ("Price", GaussianExpectation(DiracDelta(u) * erf(v), q1, q2, c)),
    ("Price", GaussianExpectation(Heaviside(u), q)),
    ("Price", GaussianExpectation(u * erf(v), q1, q2, c)),
    ("Price", GaussianExpectation(exp(u) * Heaviside(v), q1, q2, c)),
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
    (Min(0, u), u * Heaviside(-u)),
    (Abs(v), v * Heaviside(v) - v * Heaviside(-v)),
    (sign(-u), Heaviside(-u) - Heaviside(u)),
    (Piecewise((0, u < 0), (u**2, True)), u**2 * Heaviside(u)),
    (Max(-1, Min(1, u)), None),
    (Max(0, 1 - Abs(u)), None),
    (Min(Max(0, u), 6) * Abs(v - 1), None),
    (Piecewise((u, u > 0), (exp(u) - 1, True)), None),
    (Piecewise((1, u < -1), (Abs(u), u < 2), (u**2, True)) + Max(u, 3), None),
]


@pytest.mark.parametrize(("before", "after"), FORMS, ids=str)
def test_the_step_form_is_the_same_function_off_the_knots(before, after) -> None:
    result = by_steps(before, u, v)
    if after is not None:
        assert rising(result).expand() == rising(after).expand()
    for form in (result, normal(result), rising(result)):
        assert not form.has(Max, Min, Abs, sign, Piecewise)
        for x in (-2.5, -0.5, 0.3, 1.7, 5.25):
            at = {u: x, v: x + 1 / 3}
            assert abs(float(form.subs(at)) - float(before.subs(at))) < 1e-13
    assert not rising(result).has(Heaviside(-u), Heaviside(-v))


def test_the_step_form_is_short() -> None:
    """The cell that makes the fewest terms is where it starts from."""
    for before, terms in (
        (Max(0, u), 1),
        (Min(0, u), 1),
        (Max(0, u - 1), 2),
        (Min(1, u), 2),
        (Abs(u), 2),
    ):
        assert len(Add.make_args(expand(by_steps(before, u)))) == terms


DERIVATIVES = [
    (Max(0, z), Heaviside(z)),
    (sign(z), 2 * DiracDelta(z)),
    (Heaviside(z - 1) * z**2, DiracDelta(z - 1) + 2 * z * Heaviside(z - 1)),
    (Max(0, 1 - Abs(z)), None),
    (Piecewise((z, z > 0), (exp(z) - 1, True)), None),
    (Min(Max(0, z), 6), None),
    (Heaviside(z) - 2 * Heaviside(z - 2) * z, None),
    (Piecewise((1, z < -1), (Abs(z), z < 2), (z**2, True)), None),
    (erf(z) * Abs(z), None),
]


@pytest.mark.parametrize(("f", "expected"), DERIVATIVES, ids=str)
def test_the_derivative_pairs_with_a_smooth_function_as_minus_f_does(f, expected) -> None:
    """<f', g> = -<f, g'> for g = (1 + z/3) e^(-z^2/2): the definition, by quadrature."""
    found = derivative(f, z)
    if expected is not None:
        assert (found - expected).expand() == 0
    g = (1 + z / 3) * exp(-(z**2) / 2)
    masses = list(found.atoms(DiracDelta))
    at = {mass: -mass.args[0].subs(z, 0) / mass.args[0].diff(z) for mass in masses}
    point = sum(float((found.coeff(m) * g).subs(z, at[m])) for m in masses)
    smooth = found.subs(dict.fromkeys(masses, 0))
    left, right = (_integral(h) for h in (smooth * g, f * g.diff(z)))
    assert abs(left + point + right) < 1e-9
    assert (left, point) != (0, 0)


def _integral(f) -> float:
    cells = pairwise([-12, -2, -1, 0, 1, 2, 6, 12])
    function = lambdify(z, f, ["scipy", "numpy"])
    return sum(integrate.fixed_quad(np.vectorize(function), a, b, n=40)[0] for a, b in cells)


def test_the_normal_form_sifts_masses_and_powers_of_steps() -> None:
    assert normal(Heaviside(u) ** 3) == Heaviside(u)
    assert normal(u * DiracDelta(u)) == 0
    assert normal((u**2 + 3) * DiracDelta(u)) == 3 * DiracDelta(u)
    assert normal((v**2 + 3) * DiracDelta(v - 2) * u) == 7 * u * DiracDelta(v - 2)
    assert normal(Heaviside(u) * DiracDelta(u)).has(Heaviside), "no value is put at a jump"
    assert reflected(u * Heaviside(u) * v) == u * v * Heaviside(-u)
    assert rising(Heaviside(3 - 2 * u)) == 1 - Heaviside(u - Rational(3, 2))


def test_a_product_is_parted_by_variable() -> None:
    assert separate(3 * c * u**2 * erf(v)) == (3 * c, u**2, erf(v))
    assert separate(erf(u + v)) is None
    assert separate(c) == (c, 1, 1)
