"""Majorants and lower bounds hold where they are asked, and are refused where none holds."""

import math

import pytest
from flint import arb
from sympy import (
    Abs,
    Expr,
    Max,
    Min,
    Piecewise,
    Rational,
    asin,
    atan,
    cosh,
    erfc,
    exp,
    log,
    oo,
    sin,
    sinh,
    sqrt,
    symbols,
    tan,
    tanh,
)

from ntksym.evaluate.integrals.divergence import diverges_at, square_integrable
from ntksym.evaluate.integrals.majorants import least, majorant
from ntksym.evaluate.integrals.tails import beyond, mean
from tests.evaluate.functions import FUNCTIONS, x

BOUNDED = [
    *FUNCTIONS.values(),
    sqrt(1 + x**2),
    log(1 + x**2),
    log(2 + x**2 + exp(3 * x)),
    x**2 / (1 + x**2),
    1 / cosh(x),
    sinh(2 * x) - cosh(x) / 3,
    exp(-Abs(x)),
    exp(-x * tanh(x)),
    exp(tanh(x) + x - x**2),
    exp(sqrt(1 + x**2)),
    exp(-exp(x)),
    exp(x) / (1 + exp(x)),
    erfc(x) * x,
    atan(x) ** 2,
    1 / (2 + sin(x)),
    (1 + Abs(x)) ** Rational(-3, 2),
    Piecewise((exp(x) - 1, x < 0), (x**2, True)),
    Max(x, Min(-1, 1 - x), x**3),
    sqrt(1 + exp(x)),
    log(Rational(1, 100) + x**2),
]
POINTS = [k / 7 for k in range(-90, 91)]


@pytest.mark.parametrize("f", BOUNDED, ids=str)
def test_a_majorant_is_not_below_and_a_lower_bound_not_above(f: Expr) -> None:
    m, floor = majorant(f, [x]), least(f, [x])
    for at in POINTS:
        value = float(f.subs(x, at))
        bound = m.constant * (1 + arb(abs(at))) ** m.powers.get(x, 0)
        assert abs(value) <= float(bound * (abs(at) * m.rates.get(x, arb(0))).exp()) * (1 + 1e-12)
        assert floor is None or float(floor) <= value + 1e-12


def test_lower_bounds_that_matter_are_seen() -> None:
    for f, value in [(1 + Abs(x), 1), (1 + exp(-x), 1), (cosh(x), 1), (2 + sin(x), 1),
                     (sqrt(4 + x**2), 2), ((x**2 + 2) ** 3, 8), (Max(x, 3), 3)]:  # fmt: skip
        assert float(least(f, [x])) == pytest.approx(value)
    for f in (x, x**3, -Abs(x), tan(x), x + exp(x)):
        assert least(f, [x]) is None


REFUSED = [1 / x, log(x), tan(x), exp(x**2 / 9), exp(-(x**3)), 1 / (1 + sin(x)), asin(x),
           exp(exp(x)), log(1 + exp(x) + sin(x)), exp(Abs(x) * x)]  # fmt: skip


@pytest.mark.parametrize("f", REFUSED, ids=str)
def test_no_majorant_is_made_up(f: Expr) -> None:
    with pytest.raises(ValueError, match="no bound of growth"):
        majorant(f, [x])


def test_means_and_tails_of_a_majorant() -> None:
    m = majorant(exp(x), [x])
    truth = 2 * math.exp(0.5) * (1 + math.erf(math.sqrt(0.5))) / 2
    assert truth <= float(mean(m, x, arb(1))) < 20
    assert math.exp(0.5) * math.erfc(9 / math.sqrt(2)) <= float(beyond(m, x, arb(1), arb(10)))
    assert float(beyond(m, x, arb(1), arb(10))) < 1e-17


a = symbols("a", positive=True)
b = symbols("b", real=True)
CRITICAL = [
    *((f, oo) for f in FUNCTIONS.values()),
    (exp(-(x**4)), oo),
    (exp(x**2 / 8) * sin(x), 2),
    (x**3 * exp(x**2 / 4 - x), 1),
    (exp(a * x**2), 1 / (4 * a)),
    ((exp(x**2 / 4) + tanh(x)) ** 2, Rational(1, 2)),
    (x * exp(x**2) + exp(x**2 / 2 + x), Rational(1, 4)),
    (exp(x**2 + x) - exp(x**2 - x), Rational(1, 4)),
    (exp(x**4), 0),
    (exp(x**3), 0),
    (exp(b * x**2), None),
    (exp(x**2) * exp(-exp(x) - exp(-x)), None),
    (exp(x**2) * (cosh(x) ** 2 - sinh(x) ** 2 - 1), None),
    (exp(x**2) / (1 + exp(x**2)), None),
    (exp(x**2 - x**4), None),
    (1 / x, None),
    (tan(x), None),
    (log(x), None),
]


@pytest.mark.parametrize(("f", "critical"), CRITICAL, ids=str)
def test_the_critical_variance(f: Expr, critical: Expr | None) -> None:
    assert diverges_at(f, x) == critical


def test_square_integrability() -> None:
    f = exp(x**2 / 4)
    assert square_integrable(f, x, Rational(99, 100)) is True
    assert square_integrable(f, x, Rational(101, 100)) is False
    assert square_integrable(f, x, 1) is None
    assert square_integrable(exp(x**4), x, Rational(1, 1000)) is False
    assert square_integrable(1 / x, x, 1) is None
    assert square_integrable(tanh(x), x, 10**6) is True
