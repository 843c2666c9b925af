"""Four algorithms of one function: doubles, mpmath, Arb, and the derivative of the definition."""

import math
from itertools import combinations_with_replacement, product

import mpmath
import pytest
import sympy
from flint import acb, arb
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ntksym.evaluate import Balls, Decimals, converged, narrowed, precision, record, scalar
from ntksym.evaluate.bivariate import ball_bivariate_normal, mp_bivariate_normal
from ntksym.language import BivariateNormalCDF

LIMITS = (-40.0, -7.0, -1.0, -0.1, -1e-320, 0.0, 1e-200, 1e-9, 0.3, 2.3, 40.0)
NEAR = [1.0, *(1 - 10.0**-n for n in (16, 15, 9, 3)), 0.8, 0.2]
CORRELATIONS = [0.0, *NEAR, *(-r for r in NEAR)]
POINTS = [
    (0.3, -0.4, 0.6),
    (2.0, 2.5, -0.3),
    (-1.0, -1.0, 0.999),
    (-1.5, 0.0, -0.8),
    (3.0, -2.0, 0.1),
]


def ball(*point: object, bits: int = 128) -> arb:
    with precision(bits):
        return ball_bivariate_normal(*map(Balls().exact, point))


def decimals(*point: object, digits: int = 40) -> mpmath.mpf:
    numbers = Decimals(digits)
    return mp_bivariate_normal(numbers.ctx, *map(numbers.exact, point))


def normal(x: float) -> arb:
    with precision(128):
        return (-arb(x) / arb(2).sqrt()).erfc() / 2


def test_doubles_mpmath_and_arb_on_hard_points() -> None:
    hard = product(combinations_with_replacement(LIMITS, 2), CORRELATIONS)
    for h, k, r in ((h, k, r) for (h, k), r in hard if not (r == -1 and h == -k)):
        enclosed = ball(h, k, r)
        assert enclosed.rad() < 2.0**-120, (h, k, r)
        assert abs(scalar.bivariate_normal(h, k, r) - float(enclosed.mid())) < 1e-15, (h, k, r)
        assert scalar.bivariate_normal(k, h, r) == scalar.bivariate_normal(h, k, r)
        with precision(200):
            assert enclosed.overlaps(arb(str(decimals(h, k, r))) + arb(0, 1e-39)), (h, k, r)


limits = st.floats(-45, 45) | st.floats(-3, 3)
correlations = st.floats(-1, 1) | st.floats(0, 1e-3).map(lambda g: 1 - g**3)


@settings(max_examples=150)
@given(limits, limits, correlations)
@example(1.5, 1.5 + 1e-15, 1 - 1e-15)
def test_doubles_lie_at_the_ball(h: float, k: float, r: float) -> None:
    for sign in (1, -1):
        enclosed = ball(h, k, sign * r, bits=80)
        assert enclosed.rad() < 1e-20
        assert abs(scalar.bivariate_normal(h, k, sign * r) - float(enclosed.mid())) < 1e-14


@pytest.mark.parametrize("value", [ball, decimals, scalar.bivariate_normal])
@pytest.mark.parametrize(("h", "k", "r"), POINTS)
def test_identities(value: object, h: float, k: float, r: float) -> None:
    tiny = 1e-15 if value is scalar.bivariate_normal else 1e-36

    def near(a: object, b: arb) -> bool:
        with precision(160):
            return bool(abs(arb(a if isinstance(a, float | arb) else str(a)) - b) < tiny)

    def exact(x: object) -> arb:
        return x if isinstance(x, arb) else arb(x if isinstance(x, float) else str(x))

    with precision(160):
        assert near(value(k, h, r), exact(value(h, k, r)))
        assert near(value(h, k, 0.0), normal(h) * normal(k))
        assert near(value(h, -k, -r), normal(h) - exact(value(h, k, r)))
        assert near(value(0.0, 0.0, r), arb(0.25) + arb(r).asin() / (2 * arb.pi()))
        assert near(value(h, k, 1.0), normal(min(h, k)))
        assert near(value(h, k, -1.0), (normal(h) + normal(k) - 1).max(0))
        assert near(value(h, h, 1.0), normal(h))
        assert near(value(h, -h, -1.0), arb(0))


@pytest.mark.parametrize(("h", "k", "r"), POINTS)
def test_the_derivatives_by_differences(h: float, k: float, r: float) -> None:
    x, y, s = sympy.symbols("x y s", real=True)
    formula = BivariateNormalCDF(x, y, s)
    step = mpmath.mpf(10) ** -24
    at = {x: sympy.Rational(h), y: sympy.Rational(k), s: sympy.Rational(r)}
    for place, symbol in enumerate(formula.args):
        up, down = ([*map(mpmath.mpf, (h, k, r))] for _ in "ab")
        with mpmath.workdps(80):
            i = (x, y, s).index(symbol)
            up[i], down[i] = up[i] + step, down[i] - step
            slope = (decimals(*up, digits=80) - decimals(*down, digits=80)) / (2 * step)
            theirs = mpmath.mpf(str(formula.fdiff(place + 1).subs(at).evalf(50)))
            assert abs(slope - theirs) < 1e-35


def test_infinite_limits() -> None:
    infinity = math.inf
    assert scalar.bivariate_normal(infinity, 0.3, 0.6) == pytest.approx(
        float(normal(0.3)), abs=1e-15
    )
    assert scalar.bivariate_normal(-infinity, 0.3, 0.6) == 0
    assert scalar.bivariate_normal(infinity, infinity, -0.6) == 1
    assert abs(decimals(0.3, mpmath.inf, 0.6) - mpmath.ncdf(0.3)) < 1e-15
    assert decimals(-mpmath.inf, 0.3, 0.6) == 0
    for place in range(3):
        point = [0.1, 0.2, 0.3]
        point[place] = math.nan
        assert math.isnan(scalar.bivariate_normal(*point))
        assert not ball_bivariate_normal(*map(arb, point)).is_finite()


@pytest.mark.parametrize("sign", [1, -1])
def test_a_correlation_that_rounding_put_outside_is_cut(sign: int) -> None:
    edge = scalar.bivariate_normal(0.3, 0.4, float(sign))
    assert scalar.bivariate_normal(0.3, 0.4, sign * (1 + 1e-15)) == edge
    assert decimals(0.3, 0.4, sign * (1 + 1e-15)) == decimals(0.3, 0.4, sign)
    with precision(128):
        enclosed = ball(0.3, 0.4, arb(sign, 2.0**-120))
        assert enclosed.contains(ball(0.3, 0.4, sign, bits=200))
        assert enclosed.rad() < 2.0**-58
        assert not ball(0.3, 0.4, arb(sign) * 1.5).is_finite()


def test_near_the_ends_the_ball_is_narrow() -> None:
    with precision(128):
        for gap in (arb(10) ** -30, arb(2) ** -100):
            for h, k in ((0.3, 0.4), (-2.0, 1.0), (1.0, 1.0), (-1.5, 1.5)):
                for r in ((1 - gap).mid(), (gap - 1).mid()):
                    enclosed = ball(h, k, r)
                    assert enclosed.rad() < 2.0**-120
                    assert enclosed.overlaps(ball(h, k, r, bits=250))


limit = st.tuples(st.floats(-4, 4), st.floats(0, 0.3))


@settings(max_examples=40)
@given(limit, limit, st.tuples(st.floats(-1, 1), st.floats(0, 0.3)))
def test_a_wide_ball_holds_its_points(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]
) -> None:
    wide = a, b, c
    whole = ball_bivariate_normal(*(arb(m, s) for m, s in wide))
    for turn in product((-1, 0.3, 1), repeat=3):
        h, k, r = (m + s * t for (m, s), t in zip(wide, turn, strict=True))
        assert whole.overlaps(ball(h, k, min(max(r, -1), 1), bits=53))
    assert float(whole.rad()) < 0.4 * (a[1] + b[1]) + 0.5 * math.sqrt(c[1]) + 1e-9


def test_a_complex_ball_is_no_number() -> None:
    assert not ball_bivariate_normal(acb(0, 1), acb(0), acb(0)).is_finite()
    assert not ball_bivariate_normal(arb(0), acb(arb(0), arb(0, 0.1)), arb(0)).is_finite()
    real = ball_bivariate_normal(acb(0), arb(0), acb(0.5))
    assert real.imag == 0
    assert real.real.overlaps(arb(1) / 3)


def test_gaps_keep_what_a_correlation_loses() -> None:
    gap = 1e-25
    with precision(200):
        for h, k in ((0.5, 0.5), (0.5, 0.5 + 1e-13), (-1.0, -1.0)):
            near = float(ball(h, k, 1 - arb(gap), bits=200).mid())
            assert scalar.bivariate_normal_gaps(h, k, gap, 2.0) == pytest.approx(near, abs=1e-15)
            far = float(ball(h, -k, arb(gap) - 1, bits=200).mid())
            assert scalar.bivariate_normal_gaps(h, -k, 2.0, gap) == pytest.approx(far, abs=1e-15)
    assert scalar.bivariate_normal_gaps(0.0, 0.0, 1e-25, 2.0) == pytest.approx(0.5, abs=1e-12)


def test_the_nodes_are_those_of_gauss_and_legendre() -> None:
    with precision(120):
        n = len(scalar.NODES)
        found = [arb.legendre_p_root(n, k, weight=True) for k in reversed(range(n))]
        exact = tuple((float(((1 + x) / 2) ** 2), float(w / (4 * arb.pi()))) for x, w in found)
    assert exact == scalar.NODES


@pytest.mark.parametrize(
    "point", [(12, -15, 0.9), (-40, -41, 0.5), (-9, -8, -0.5), (-60, 0.2, 0.7)]
)
def test_digits_of_a_tail(point: tuple[float, float, float]) -> None:
    enclosed = narrowed(lambda _: (ball_bivariate_normal(*map(arb, point)), arb(0)), 110)
    value = decimals(*point, digits=30)
    with precision(4000):
        assert abs(arb(str(value)) / enclosed - 1) < 1e-28
    assert value > 0


def test_what_cancels_beyond_reason_underflows() -> None:
    assert decimals(-300, -200, 0.7) == 0
    assert decimals(-3, -3, -1 + 1e-12) > 0


@pytest.mark.parametrize("point", [(0.3, -0.4, 0.6), (2, 2.5, 0.999), (-12, -60, 0.7)])
def test_a_thousand_digits(point: tuple[float, float, float]) -> None:
    """Of the last point the series is the asymptotic one."""
    digits = 300 if point[0] == -12 else 1000
    numbers = Decimals(digits)
    value = mp_bivariate_normal(numbers.ctx, *map(numbers.exact, point))
    enclosed = ball(*point, bits=int(3.33 * digits) + 40)
    with precision(4000):
        assert abs(arb(numbers.ctx.nstr(value, digits + 5)) - enclosed) < arb(10) ** -digits


def test_precision_is_left_as_it_was() -> None:
    numbers = Decimals(30)
    before = numbers.ctx.prec, mpmath.mp.prec
    mp_bivariate_normal(numbers.ctx, *map(numbers.exact, (0.1, -7, 0.9)))
    assert (numbers.ctx.prec, mpmath.mp.prec) == before
    with precision(77):
        value = ball(0.1, 0.2, 0.3, bits=77)
        assert value.rad() > 2.0**-85


def test_expressions_to_any_precision() -> None:
    x = sympy.Symbol("x", real=True)
    expr = BivariateNormalCDF(x, 2 * x, x / 3) - BivariateNormalCDF(x, x, sympy.Rational(1, 7)) / 2
    third = sympy.Rational(1, 3)

    def value(numbers: Balls | Decimals) -> tuple[object, object]:
        return record([expr, sympy.Integer(1)], [x], numbers)(numbers.constant(third))

    with precision(200):
        enclosed = narrowed(value, 150)
        assert abs(arb(mpmath.nstr(converged(value, 40), 42)) - enclosed) < 1e-38
