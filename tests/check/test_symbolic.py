"""What is called proved is true, and what is not true is not proved."""

from time import process_time

import pytest
from sympy import (
    Abs,
    Add,
    DiracDelta,
    Heaviside,
    I,
    Integral,
    Max,
    Piecewise,
    Poly,
    Rational,
    Symbol,
    asin,
    erf,
    exp,
    pi,
    sin,
    sqrt,
    symbols,
    tanh,
)

from ntksym.check import BASE, Verdict
from ntksym.check.symbolic.canonical import canonical
from ntksym.check.symbolic.growth import tempered
from ntksym.check.symbolic.instances import by_calculus, instance_of
from ntksym.check.symbolic.vanish import vanishes
from ntksym.language import Claim, GaussianExpectation, c, q, q1, q2, u, v
from tests.check.support import by_quadrature

E = GaussianExpectation
x, y = symbols("x y", positive=True)
t, s = symbols("t s", real=True)
PROBES = [(lemma, node) for lemma in BASE for node in lemma.probes]


@pytest.mark.parametrize(("lemma", "node"), PROBES, ids=lambda p: getattr(p, "name", str(p)))
def test_what_a_lemma_says_of_its_probes_is_true(lemma, node) -> None:
    said = list(lemma.instances(node))
    assert said
    for other in said:
        if other.has(I):
            other, imaginary = other.as_real_imag()
            assert by_quadrature(Claim(imaginary, 0 * c)).verdict == Verdict.AGREES
        seen = by_quadrature(Claim(node, other))
        assert seen.verdict == Verdict.AGREES, seen.detail


@pytest.mark.parametrize("lemma", BASE, ids=lambda lemma: lemma.name)
def test_a_lemma_says_what_it_is(lemma) -> None:
    assert lemma.probes
    assert lemma.statement
    assert lemma.where
    assert lemma.reference
    assert len({other.name for other in BASE}) == len(BASE)
    if lemma is not BASE[0]:
        assert not list(lemma.instances(x + 1))


PAIR = E(u**3 * erf(v), q1, q2, c)
INSTANCES = [
    ("Stein's identity", E(u * erf(u), q), q * E(erf(u).diff(u), q)),
    ("Stein's identity", E(u * erf(v), q1, q2, c), c * E(erf(v).diff(v), q1, q2, c)),
    ("Price's theorem", E(Max(0, u) * Max(0, v), q1, q2, c),
     E(Max(0, u) * Max(0, v), q1, q2, 0)
     + Integral(E(Heaviside(u) * Heaviside(v), q1, q2, t), (t, 0, c))),
    ("definition of the expectation", E(Abs(u), q), 2 * E(Max(0, u), q)),
    ("definition of the expectation", E(u * v, q1, q2, 0), E(u, q1) * E(u, q2)),
    ("definition of the expectation", E(DiracDelta(u), q), 1 / sqrt(2 * pi * q)),
    ("definition of the expectation", E(Heaviside(u), q), Rational(1, 2)),
    ("Gaussian integral", E(exp(-(u**2)), q), 1 / sqrt(1 + 2 * q)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "left", "right"), INSTANCES, ids=str)
def test_an_instance_is_recognised_and_a_wrong_one_is_not(name, left, right) -> None:
    found = instance_of(Claim(left, right))
    assert found is not None
    assert found.name == name
    assert by_quadrature(Claim(left, right)).verdict == Verdict.AGREES
    for wrong in (2 * right, -right, right + 1, right.subs(q, 2 * q) if right.has(q) else 0):
        claim = Claim(left, wrong)
        assert instance_of(claim) is None or by_quadrature(claim).verdict == Verdict.AGREES


def test_the_conditions_of_a_lemma_are_checked_on_the_instance() -> None:
    """exp(u^2/8) grows too fast: no instance of Stein's or Price's lemma is taken from it."""
    fast = exp(u**2 / 8)
    stein = Claim(E(u**2 * fast, q), q * E((u * fast).diff(u), q))
    assert instance_of(stein) is None
    slow = u * exp(-(u**2) / 8)
    assert instance_of(Claim(E(u * slow, q), q * E(slow.diff(u), q))) is BASE[1]
    for lemma in BASE[1:3]:
        assert not list(lemma.instances(E(u * fast * v, q1, q2, c)))
    gaussian = next(lemma for lemma in BASE if lemma.name == "Gaussian integral")
    assert not list(gaussian.instances(E(fast, q)))
    assert not list(gaussian.instances(E(exp(v**2 / 8), q1, q2, c)))
    assert not list(gaussian.instances(E(exp(-(u**2) + u**3), q)))
    assert not list(gaussian.instances(E(exp(u), q)))
    for node in (E(exp(-(u**2) + u) * u, q), E(exp(u - v - u**2 / 3) * Heaviside(v), q1, q2, c)):
        (said,) = gaussian.instances(node)
        (left,) = said.atoms(E)
        linear = node.integrand.replace(exp, lambda x: exp(x + _squares(x)))
        assert left.integrand == linear, "the linear part stays"
        assert by_quadrature(Claim(node, said)).verdict == Verdict.AGREES


def _squares(exponent):
    """The quadratic part, with the opposite sign."""
    return -Add(*(t for t in Add.make_args(exponent) if Poly(t, u, v).total_degree() == 2))


TEMPERED = [
    (u**3 * v, True),
    (exp(3 * u - 2 * v), True),
    (exp(-(u**2)) * Heaviside(v), True),
    (Max(0, u) ** 2 + Abs(v) * sin(u**3), True),
    (Piecewise((exp(u), u < 0), (u, True)), True),
    (DiracDelta(u), True),
    (tanh(exp(u)), True),
    (exp(u**2), False),
    (exp(u * v), False),
    (exp(-(u**3)), False),
    (exp(c * u**2), False),
    (exp(exp(u)), False),
    (1 / u, False),
    (DiracDelta(u, 1), False),
    (sqrt(Abs(u)), False),
    (u * exp(u**2 / 9), False),
    (Piecewise((exp(u**2), u < 0), (u, True)), False),
]


@pytest.mark.parametrize(("expr", "answer"), TEMPERED, ids=str)
def test_growth(expr, answer: bool) -> None:
    assert tempered(expr, [u, v]) is answer


ZERO = [
    sqrt(1 - 1 / x**2) - sqrt(x**2 - 1) / x,
    (x + y) ** 3 - x**3 - 3 * x**2 * y - 3 * x * y**2 - y**3,
    1 / (sqrt(x) + sqrt(y)) - (sqrt(x) - sqrt(y)) / (x - y),
    asin(t / sqrt(x * y)) - asin(t / (sqrt(x) * sqrt(y))),
    1 / sqrt(x + 1) - sqrt(x + 1) / (x + 1),
    sqrt(x) ** 5 / x - x**2 / sqrt(x),
    (x + 1) ** Rational(-3, 2) * (x + 1) - 1 / sqrt(x + 1),
    E(u**2, q) * 2 - E(u**2, q) - E(u**2, q),
]
NOT_ZERO = [
    sqrt(x**2 + 1) - x,
    asin(t) - asin(t / 2),
    x + y - sqrt(x**2 + y**2),
    sqrt(x) - sqrt(x + Rational(1, 10**9)),
    E(u**2, q) - q,
    Integral(t, (t, 0, x)) - x**2,
]


@pytest.mark.parametrize("expr", ZERO, ids=str)
def test_zero_is_seen(expr) -> None:
    assert vanishes(expr)
    assert not vanishes(expr + 1)
    assert not vanishes(expr + asin(t) / 1000)


@pytest.mark.parametrize("expr", NOT_ZERO, ids=str)
def test_what_is_not_zero_is_not_called_zero(expr) -> None:
    assert not vanishes(expr)


LARGE = Add(*(sqrt(x + k) / (y + k) for k in range(60)))


@pytest.mark.parametrize(
    "expr",
    [
        LARGE * (LARGE + x) - LARGE**2 - x * LARGE + 1 / x,
        LARGE**30 - 1,
        sqrt(LARGE) * LARGE**3 - y,
        Add(*(sqrt(x + k) for k in range(2000))),
        LARGE,
        (1 + x) ** 10**9 - x,
        1 / LARGE**3 - y,
        asin(LARGE**30) - y,
    ],
    ids=["product", "power", "root", "sum", "denominators", "huge power", "below", "inside"],
)
def test_what_is_too_large_is_unknown_not_slow(expr) -> None:
    start = process_time()
    assert not vanishes(expr)
    assert process_time() - start < 3


SAME = [
    (E(Abs(u) * Abs(v), q1, q2, c), 2 * E(Max(0, u) * Max(0, v), q1, q2, c)
     + 2 * E(Max(0, -u) * Max(0, v), q1, q2, c)),
    (E(Heaviside(-u) * Heaviside(-v), q1, q2, c), E(Heaviside(u) * Heaviside(v), q1, q2, c)),
    (E(Heaviside(u) * Heaviside(-v), q1, q2, c),
     Rational(1, 2) - E(Heaviside(u) * Heaviside(v), q1, q2, c)),
    (E(2 * u + v**2 * 3, q1, q2, c), 2 * E(u, q1, q2, c) + 3 * E(v**2, q1, q2, c)),
    (E(Heaviside(u) * v, q1, q2, 0), E(Heaviside(u), q1) * E(u, q2)),
    (Integral(E(u * v, q1, q2, t), (t, 0, c)), Integral(E(v * u, q1, q2, s), (s, 0, c))),
    (E(DiracDelta(u - 1) * u**2, q), exp(-1 / (2 * q)) / sqrt(2 * pi * q)),
    (E(Piecewise((0, u < 0), (u, True)), q), E(u * Heaviside(u), q)),
    (E(DiracDelta(u) * Heaviside(v), q1, q2, c), 1 / sqrt(8 * pi * q1)),
    (E(DiracDelta(2 * v - 1) * u, q1, q2, c),
     c / (4 * q2) * E(DiracDelta(u - Rational(1, 2)), q2)),
    (E(DiracDelta(u - 1) * v**2, q1, q2, c),
     E(DiracDelta(u - 1), q1) * E((u + c / q1) ** 2, q2 - c**2 / q1)),
]  # fmt: skip
for g in (v**2, v**3, exp(v)):  # the quadrant u > 0 > v by the marginal and the quadrant u, v < 0
    quadrant, half = E(Heaviside(u) * Heaviside(-v) * g, q1, q2, c), Heaviside(-u) * g.subs(v, u)
    SAME.append((quadrant, E(half, q2) - E(Heaviside(-u) * Heaviside(-v) * g, q1, q2, c)))
DIFFERENT = [
    (E(u * v, q1, q2, c), E(u * v, q2, q1, c)),
    (E(u**2, q1), E(u**2, q2)),
    (E(Heaviside(u) * Heaviside(v), q1, q2, c), E(Heaviside(u), q1) * E(Heaviside(u), q2)),
    (E(Max(0, u - 1), q), E(Max(0, u), q)),
    (E(Heaviside(u) * v, q1, q2, c), E(Heaviside(v) * u, q1, q2, c)),
    (E(Heaviside(-u) * u * v, q1, q2, c), -E(Heaviside(u) * u * v, q1, q2, c)),
]


@pytest.mark.parametrize(("left", "right"), SAME, ids=str)
def test_equal_canonical_forms(left, right) -> None:
    assert vanishes(canonical(left) - canonical(right)), canonical(left - right)
    assert by_quadrature(Claim(left, right)).verdict == Verdict.AGREES


@pytest.mark.parametrize(("left", "right"), DIFFERENT, ids=str)
def test_different_canonical_forms(left, right) -> None:
    assert not vanishes(canonical(left) - canonical(right))


@pytest.mark.parametrize(
    "f", [DiracDelta(u - v) * u, Heaviside(u - v) * u, Max(u, v), Heaviside(u * v)], ids=str
)
def test_a_switch_or_mass_off_the_axes_has_no_canonical_form(f) -> None:
    """A form that forgets the law of the other variable would prove what is false."""
    with pytest.raises(ValueError, match=r"not a (mass|step)|not at fixed values"):
        canonical(E(f, q1, q2, c))
    assert instance_of(Claim(E(f, q1, q2, c), E(f, q1, 2 * q2, c))) is None


ROOT = sqrt(q1 * q2 - t**2)
CALCULUS = [
    (Integral(1 / ROOT, (t, 0, c)), asin(c / sqrt(q1 * q2)), True),
    (Integral(1 / ROOT, (t, 0, c)) + q1, asin(c / sqrt(q1 * q2)) + q1, True),
    (Integral(t * s, (t, 0, c)), s * c**2 / 2, True),
    (Integral(c * t, (t, 0, c)), c**3 / 2, True),
    (Integral(c * t, (t, 0, c)), c**3 / 3, False),
    (Integral(sqrt(c**2 + t**2), (t, 0, c)), c**2, False),
    (Integral(1 / ROOT, (t, 0, c)), asin(c / sqrt(q1 * q2)) + 1, False),
    (Integral(1 / ROOT, (t, 0, c)), -asin(c / sqrt(q1 * q2)), False),
    (Integral(1 / ROOT, (t, 0, c / 2)), asin(c / sqrt(q1 * q2)), False),
    (Integral(t, (t, 1, c)), c**2 / 2, False),
    (Integral(t, (t, 1, c)), c**2 / 2 - Rational(1, 2), False),
    (Integral(E(u**2, t), (t, 0, c)), c**2 / 2, False),
]
"""Not all that is refused is false: the lower limit must be 0, c stands in no integrand."""


@pytest.mark.parametrize(("left", "right", "answer"), CALCULUS, ids=str)
def test_the_fundamental_theorem(left, right, answer: bool) -> None:
    assert by_calculus(Claim(left, right)) is answer


def test_symbols_of_the_claim_are_enough() -> None:
    assert not by_calculus(Claim(Symbol("a"), Symbol("b")))
