"""Hermite coefficients against exact ones, and each bound against what it bounds."""

import math
import random
from fractions import Fraction

import pytest
from flint import acb, arb
from sympy import Expr, tanh

from ntksym.evaluate import precision, width
from ntksym.evaluate.integrals.hermite import BLOCK, Expansion, Table, expand
from ntksym.evaluate.integrals.line.halfline import Integrands, Scaled
from ntksym.evaluate.integrals.line.panels import Panel, plan, rule
from tests.evaluate.functions import FUNCTIONS, x

Q = Fraction(3, 2)


def expansion(f: Expr, q: object, order: int, tolerance: float) -> Expansion:
    return expand(Integrands((Scaled(f, x, q),), 1, ((0, 0, 1),), order), tolerance)


def coefficients(f: Expr, q: object, order: int, tolerance: float) -> list[arb]:
    return [h for (h,) in expansion(f, q, order, tolerance).coefficients]


def of_sine(k: int) -> arb:
    size = arb(1.5) ** (arb(k) / 2) * arb(-0.75).exp() / arb(k).fac().sqrt()
    return arb(0) if k % 2 == 0 else size * (-1) ** (k // 2)


def of_relu(k: int) -> arb:
    if k < 2:
        return arb(1.5).sqrt() * (arb(0.5) if k else 1 / (2 * arb.pi()).sqrt())
    size = arb(math.prod(range(1, k - 2, 2)))
    size *= (arb(1.5) / (2 * arb.pi() * arb(k).fac())).sqrt()
    return arb(0) if k % 2 else size * (-1) ** (k // 2 + 1)


@pytest.mark.parametrize(
    ("f", "truth"), [(FUNCTIONS["sin"], of_sine), (FUNCTIONS["relu"], of_relu)], ids=["sin", "relu"]
)
@pytest.mark.parametrize(
    ("order", "tolerance"), [(40, 1e-45), (BLOCK, 1e-20), (500, 1e-25), (1500, 1e-8)]
)
def test_known_coefficients(f: Expr, truth: object, order: int, tolerance: float) -> None:
    found = coefficients(f, Q, order, tolerance)
    assert len(found) == order + 1
    with precision(300):
        for k, h in enumerate(found):
            assert h.overlaps(truth(k)), k
            assert width(h) <= tolerance, k


@pytest.mark.parametrize("reach", [6, 17])
def test_rounding_stays_within_its_doubts(reach: int) -> None:
    """Rows at 150 bits against balls of 3000, beyond the order where midpoints take over."""
    with precision(150):
        nodes = [arb(reach * k) / 13 for k in range(1, 13)]
        columns = [[(arb(int(k == 3)), arb(0))] for k in range(12)]
        rows = Table([t.mid() for t in nodes], columns, reach, 150).rows()
    with precision(3000):
        xs = [t.mid() for t in nodes]
        before, row, largest = [arb(0)] * 12, [(-t * t / 4).exp() for t in xs], 0.0
    for k in range(600):
        with precision(150):
            found, norm, (doubt,) = next(rows)
        with precision(3000):
            gaps = [abs(a - b) / norm for a, b in zip(found, row, strict=True)]
            beyond = doubt + found[3].rad() / norm
            assert gaps[3].lower() <= beyond
            assert all(abs(a) < 1.0865 * norm.upper() for a in row)
            largest = max(largest, float(beyond.upper()))
            before, row = row, [t * a - k * b for t, a, b in zip(xs, row, before, strict=True)]
    assert 0 < largest < 1e-20


def test_polynomials_end() -> None:
    found = coefficients(x**3 - 2 * x + 1, 4, 12, 1e-30)
    with precision(200):
        truth = [arb(1), arb(20), arb(0), 8 * arb(6).sqrt(), *[arb(0)] * 9]
        assert all(h.overlaps(t) for h, t in zip(found, truth, strict=True))
    assert max(map(width, found)) <= 1e-30


def test_knots_off_zero() -> None:
    """E[f Z] = sqrt(q) P(|u| < 1) for the hard tanh."""
    (_, h, *_) = coefficients(FUNCTIONS["hard tanh"], Q, 3, 1e-40)
    with precision(200):
        assert h.overlaps(arb(1.5).sqrt() * (1 / arb(3).sqrt()).erf())
    assert width(h) <= 1e-40


def test_parity_gives_exact_zeros() -> None:
    for k, h in enumerate(coefficients(tanh(x), Q, 2 * BLOCK + 1, 1e-20)):
        assert (h == 0 and h.is_exact()) == (k % 2 == 0)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_parseval(name: str) -> None:
    """The sum of squares never exceeds the mean square, and comes near it."""
    found = expansion(FUNCTIONS[name], Fraction(1, 10), 1000, 1e-14)
    with precision(found.bits):
        rest = found.moments[0]
        for k, (h,) in enumerate(found.coefficients):
            rest -= h * h
            assert rest.upper() >= 0, k
        assert rest.upper() < 1e-5
    assert width(found.moments[0]) <= 1e-14


def test_a_variance_that_is_a_ball_stands_for_each_number_in_it() -> None:
    wide = coefficients(tanh(x), arb(1.5, 1e-6), 9, 1e-20)
    assert 1e-8 < max(map(width, wide)) < 1e-5
    for q in (1.5 - 1e-6, 1.5, 1.5 + 1e-6):
        assert all(
            a.overlaps(b) for a, b in zip(wide, coefficients(tanh(x), q, 9, 1e-20), strict=True)
        )


def hermite(k: int, z: complex) -> complex:
    """He_k(z) / sqrt(k!)."""
    before, value = 0j, 1 + 0j
    for n in range(k):
        before, value = value, (z * value - math.sqrt(n) * before) / math.sqrt(n + 1)
    return value


@pytest.mark.parametrize("order", [1, 30, 300])
def test_the_bound_of_the_integrands_holds(order: int) -> None:
    sizes = Integrands((Scaled(tanh(x), x, Q),), 1, ((0, 0, 1),), order).sizes(1.0)
    numbers, tightest = random.Random(1), 0.0
    for _ in range(300):
        z = complex(numbers.uniform(0, 9), numbers.uniform(0, 1.2))
        bound, square = sizes(acb(z.real, z.imag))
        f = complex(acb(z.real, z.imag).__mul__(arb(1.5).sqrt()).tanh())
        density = abs(acb(z.real, z.imag).__pow__(2).__mul__(-0.5).exp()) / math.sqrt(2 * math.pi)
        for k in {order, order // 2}:
            value = 2 * abs(f * hermite(k, z)) * float(density)
            assert value <= bound
            tightest = max(tightest, value / bound)
        assert 2 * abs(f * f) * float(density) <= square * (1 + 1e-9)
    assert tightest > 0.02
    assert sizes(acb(arb(0), arb(1.3, 0.1)))[0] == math.inf


def test_a_bound_too_large_for_a_float_is_infinite() -> None:
    sizes = Integrands((Scaled(tanh(x), x, Q),), 1, (), 10**6).sizes(1.0)
    assert sizes(acb(1, 1))[0] == math.inf


def pole(z: acb) -> tuple[float, ...]:
    value = 1 / (z * z + arb(1) / 100)
    return (float(value.abs_upper()) if value.is_finite() else math.inf,)


@pytest.mark.parametrize("allowed", [1e-3, 1e-15, 1e-40])
def test_panels_keep_their_errors(allowed: float) -> None:
    """The integral of 1/(x^2 + 1/100): 0.1 from its poles, the panels there are short."""
    with precision(64):
        panels = plan(pole, arb(-1), arb(3), (allowed,))
    with precision(256):
        total, error = arb(0), sum(p.errors[0] for p in panels)
        for panel in panels:
            for t, w in panel.points(arb(-1), arb(3), 256):
                total += w / (t * t + arb(1) / 100)
        truth = 10 * (arb(30).atan() + arb(10).atan())
        assert abs(total - truth) <= error <= allowed * len(panels)
        assert sum(p.stop - p.start for p in panels) == 1
    assert 20 < sum(p.nodes for p in panels) < 1200


def test_no_panel_reaches_a_singularity() -> None:
    def bare(z: acb) -> tuple[float, ...]:
        return (float((1 / z).abs_upper()) if (1 / z).is_finite() else math.inf,)

    with pytest.raises(ArithmeticError, match="not seen to be analytic"):
        plan(bare, arb(-1), arb(2), (1e-6,))


def test_rules_are_exact_for_polynomials() -> None:
    with precision(200):
        moment = sum((w * t**30 for t, w in rule(16, 200)), arb(0))
        assert moment.overlaps(arb(2) / 31)
        assert width(moment) < 1e-50
    assert isinstance(plan(pole, arb(5), arb(6), (1e-9,))[0], Panel)
