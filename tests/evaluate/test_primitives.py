"""One table, three number systems: a new row is tested by being there."""

import math
from itertools import product

import mpmath
import pytest
import sympy
from flint import acb, arb

from ntksym.evaluate import (
    POWER,
    SQRT,
    TABLE,
    Balls,
    Decimals,
    Primitive,
    precision,
    record,
    scalar,
)
from ntksym.language import BivariateNormalCDF

SAMPLES = (-0.75, -0.25, 0.0, 0.125, 0.5, 0.875)
FEW = (-0.75, 0.0, 0.5)
"""For functions of three arguments."""
POSITIVE = sympy.log, sympy.Pow
BEYOND = {sympy.asin, sympy.log, sympy.Pow}
"""Heads that are not real on the whole line."""
x, y = sympy.symbols("x y", real=True)
ROWS = [*TABLE.values(), SQRT, POWER]


def arity(row: Primitive) -> int:
    return row.code.count("{}")


def cases(row: Primitive) -> list[tuple[float, ...]]:
    values = SAMPLES if arity(row) < 3 else FEW
    positive = [s for s in SAMPLES if s > 0]
    return list(product(positive if row.head in POSITIVE else values, repeat=arity(row)))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.head.__name__}{row.code[:9]}")
def test_the_columns_of_a_row_agree(row: Primitive) -> None:
    decimals = Decimals(30)
    source = row.code.format(*"xyz"[: arity(row)])
    for values in cases(row):
        names = {"math": math, "scalar": scalar, **dict(zip("xyz", values, strict=False))}
        double = eval(source, names)
        exact = row.mp(decimals.ctx, *map(decimals.exact, values))
        with precision(100):
            ball = row.ball(*map(Balls().exact, values))
            assert float(ball.rad()) < 1e-25
            assert ball.overlaps(arb(str(exact)) + arb(0, 1e-24)), (source, values)
        assert double == pytest.approx(float(exact), rel=4e-16, abs=4e-16), (source, values)


def by_its_derivative(h: sympy.Rational, k: sympy.Rational, r: sympy.Rational) -> sympy.Expr:
    """Phi(h) Phi(k), and the integral of the derivative by the correlation."""
    slope = sympy.lambdify(x, BivariateNormalCDF(h, k, x).diff(x), "mpmath")
    with mpmath.workdps(30):
        grown = mpmath.quad(slope, [0, mpmath.mpf(int(r.p)) / int(r.q)])
        return sympy.Float(mpmath.ncdf(h) * mpmath.ncdf(k) + grown, 30)


@pytest.mark.parametrize("row", TABLE.values(), ids=lambda row: row.head.__name__)
def test_a_row_says_what_sympy_says(row: Primitive) -> None:
    decimals = Decimals(30)
    for values in cases(row):
        exact = [sympy.Rational(value) for value in values]
        theirs = row.head(*exact)
        theirs = theirs.rewrite(sympy.sqrt) if row.head not in vars(sympy).values() else theirs
        if row.head.__name__ == "Hypot":
            theirs = sympy.sqrt(exact[0] ** 2 + exact[1] ** 2)
        if row.head is BivariateNormalCDF:
            theirs = by_its_derivative(*exact)
        if theirs is sympy.nan:  # atan2(0, 0): the table says 0, the middle of the jump
            assert row.mp(decimals.ctx, *map(decimals.exact, values)) == 0
            continue
        mine = row.mp(decimals.ctx, *map(decimals.exact, values))
        assert abs(mpmath.mpf(mine) - mpmath.mpf(str(theirs.evalf(30)))) < 1e-15


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.head.__name__}{row.code[:9]}")
def test_a_wide_ball_holds_the_values_of_its_points(row: Primitive) -> None:
    for values in cases(row):
        if row.head in POSITIVE or row.head is sympy.asin:
            wide = [arb(value, 1 / 16) for value in values]
        else:
            wide = [arb(value, 1) for value in values]
        whole = row.ball(*wide)
        for turn in product((-1, 0, 1), repeat=len(values)):
            near = [w.mid() + w.rad() * k for w, k in zip(wide, turn, strict=True)]
            if row.head is sympy.atan2 and near[0] == 0:
                continue  # on the cut the value at the origin is a convention
            assert whole.overlaps(row.ball(*near)), (row.head, values, turn)


@pytest.mark.parametrize(
    ("row", "touching", "off"),
    [
        (SQRT, acb(arb(-1), arb(0, 0.1)), acb(arb(-1), arb(1, 0.1))),
        (SQRT, acb(arb(0, 0.1), arb(0, 0.1)), acb(arb(1, 0.1), arb(0, 0.1))),
        (TABLE[sympy.log], acb(arb(-1, 0.1), arb(0, 0.1)), acb(arb(1, 0.1), arb(0, 2))),
        (TABLE[sympy.asin], acb(arb(2), arb(0, 0.1)), acb(arb(2), arb(1, 0.1))),
        (TABLE[sympy.asin], acb(arb(-1), arb(0)), acb(arb(-0.9), arb(0, 0.01))),
        (TABLE[sympy.atan], acb(arb(0, 0.1), arb(2)), acb(arb(1, 0.1), arb(2))),
        (TABLE[sympy.atan], acb(arb(0), arb(-1)), acb(arb(5), arb(0, 0.5))),
        (TABLE[sympy.Abs], acb(arb(0, 0.1), arb(1)), acb(arb(-1, 0.1), arb(1))),
    ],
)
def test_a_complex_ball_on_a_cut_has_no_value(row: Primitive, touching: acb, off: acb) -> None:
    assert not row.ball(touching).is_finite()
    assert row.ball(off).is_finite()


def test_a_real_ball_without_a_value_stays_real() -> None:
    """Complex, it could not be compared, and no higher precision was tried."""
    for row in ROWS:
        if arity(row) < 3:
            assert isinstance(row.ball(*[arb.nan()] * arity(row)), arb), row.head


def test_a_power_has_no_value_on_the_cut() -> None:
    third = arb(1) / 3
    assert not POWER.ball(acb(arb(-1), arb(0, 0.1)), third).is_finite()
    assert POWER.ball(acb(arb(1), arb(0, 0.1)), third).is_finite()


def test_the_modulus_of_a_complex_ball_is_the_analytic_branch() -> None:
    z = acb(-3, 4)
    assert TABLE[sympy.Abs].ball(z) == -z
    assert TABLE[sympy.Abs].ball(-z) == -z
    assert TABLE[sympy.Abs].ball(arb(-3)) == 3


def test_a_radicand_that_rounding_made_negative_counts_as_zero() -> None:
    ball = SQRT.ball(arb(0, 1e-20))
    assert ball.contains(0)
    assert ball.is_finite()
    assert SQRT.mp(Decimals(20).ctx, Decimals(20).exact(-1e-30)) == 0


def test_a_head_that_the_table_lacks_is_named() -> None:
    with pytest.raises(
        ValueError, match=r"no numbers for zeta in zeta\(x\); the table .* has .*erf"
    ):
        record([sympy.zeta(x)], [x], Balls())


@pytest.mark.parametrize("head", [sympy.Max, sympy.Min])
def test_order_functions_of_three(head: type) -> None:
    z = sympy.Symbol("z", real=True)
    tape = record([head(x, y, z)], [x, y, z], Decimals(20))
    choose = max if head is sympy.Max else min
    for values in product((1, 2, 3), repeat=3):
        assert tape(*values) == (choose(values),)
