import pickle

import pytest
from sympy import Rational, Symbol, diff, erf, exp, latex, oo, pi, sqrt, symbols

from ntksym.language import BivariateNormalCDF, c, q1, q2
from ntksym.render.mathematics import latex as articles
from ntksym.render.mathematics import mathml
from ntksym.render.mathematics.plain import plain
from ntksym.render.mathematics.unicode import picture

h, k, r = symbols("h k r", real=True)
F = BivariateNormalCDF(h, k, r)


def test_the_two_limits_have_one_order() -> None:
    assert BivariateNormalCDF(k, h, r) == F
    assert BivariateNormalCDF(1, 0, r).args == (0, 1, r)
    assert F.subs({h: k, k: h}, simultaneous=True) == F


@pytest.mark.parametrize("swap", [False, True])
def test_infinite_limits(swap: bool) -> None:
    for infinite, value in ((oo, (1 + erf(h / sqrt(2))) / 2), (-oo, 0)):
        assert BivariateNormalCDF(*((infinite, h) if swap else (h, infinite)), r) == value
    assert BivariateNormalCDF(oo, oo, r) == 1
    assert BivariateNormalCDF(oo, -oo, r) == BivariateNormalCDF(-oo, oo, r) == 0


@pytest.mark.parametrize("args", [(h, k, 0), (0, 0, r), (h, h, 1), (h, k, -1), (1, 2, r)])
def test_nothing_else_evaluates_itself(args: tuple[object, ...]) -> None:
    value = BivariateNormalCDF(*args)
    assert isinstance(value, BivariateNormalCDF)
    assert isinstance(value.doit(), BivariateNormalCDF)


def test_the_derivative_by_r_is_the_density() -> None:
    at = {h: Rational(1, 3), k: -Rational(3, 4), r: Rational(2, 5)}
    assert abs((F.diff(r) - F.diff(h, k)).subs(at).evalf(40, chop=False)) < 1e-38
    assert abs((F.diff(r) - F.diff(k, h)).subs(at).evalf(40, chop=False)) < 1e-38
    assert F.subs({h: 0, k: 0}).diff(r) == 1 / (2 * pi * sqrt(1 - r**2))
    assert F.diff(h).subs({r: 0, k: 0}) == sqrt(2) * exp(-(h**2) / 2) / (4 * sqrt(pi))


def test_the_chain_rule_reaches_every_argument() -> None:
    t = Symbol("t", real=True)
    whole = diff(BivariateNormalCDF(t, 2 * t, t / 3), t)
    parts = [diff(F, x).subs({h: t, k: 2 * t, r: t / 3}) * n
             for x, n in ((h, 1), (k, 2), (r, Rational(1, 3)))]  # fmt: skip
    assert abs((whole - sum(parts)).subs(t, Rational(1, 2)).evalf(30)) < 1e-28


def test_assumptions() -> None:
    assert F.is_real
    assert F.is_nonnegative
    assert BivariateNormalCDF(Symbol("x"), k, r).is_real is None
    assert BivariateNormalCDF(h, k, c / sqrt(q1 * q2)).is_real
    assert pickle.loads(pickle.dumps(F)) == F


def test_it_prints() -> None:
    assert str(2 * F) == "2*Phi2(h, k; r)"
    assert latex(F) == r"\Phi_2\left(h,\,k;\,r\right)"
    assert latex(F**2) == r"\Phi_2^{2}\left(h,\,k;\,r\right)"
    wide = BivariateNormalCDF(h, k, c / sqrt(q1 * q2))
    assert r"\frac{c}{\sqrt{q_{1} q_{2}}}" in articles(wide)
    assert picture(F / 2, 80)[0] == "Φ₂(h, k, r)"
    assert picture(F**2, 80) == ["  2", "Φ₂ (h, k, r)"]
    assert plain(r"$\Phi_2(h,k;\rho)$") == "Φ₂(h,k;ρ)"
    assert "<msub><mi>&#x003A6;</mi><mn>2</mn></msub>" in mathml(articles(F))
