"""The floating witness: every function of its table against mpmath."""

import mpmath
import numpy as np
import pytest
import sympy
from sympy import And, Eq, Function, Not, Or, Piecewise, S, Symbol, pi

from ntksym.check.floats import FUNCTIONS, floats
from ntksym.evaluate import Decimals, record
from ntksym.language import BivariateNormalCDF

x, y = Symbol("x", real=True), Symbol("y", real=True)
INNER = np.array([-0.99, -0.7, -0.2, 0.1, 0.35, 0.8, 0.99])
REACH = {sympy.log: INNER + 1.5, sympy.asin: INNER, sympy.acos: INNER, sympy.Pow: INNER + 2}
ARITIES = {sympy.atan2: 2, sympy.Max: 3, sympy.Min: 3, sympy.Add: 3, sympy.Mul: 3, sympy.Pow: 2}
EXACT = {
    sympy.Add: lambda *a: mpmath.fsum(a),
    sympy.Mul: lambda *a: mpmath.fprod(a),
    sympy.Pow: mpmath.power,
    sympy.Abs: abs,
    sympy.Heaviside: lambda a: (mpmath.sign(a) + 1) / 2,
    sympy.Max: max,
    sympy.Min: min,
}


OTHERS = {head for head in FUNCTIONS if not head.__module__.startswith("sympy")}
"""The functions of the language: they have tests of their own."""


@pytest.mark.parametrize(
    "head", [head for head in FUNCTIONS if head not in OTHERS], ids=lambda h: h.__name__
)
def test_each_function_is_the_one_of_mpmath(head: type) -> None:
    values = REACH.get(head, 4 * INNER)
    count = ARITIES.get(head, 1)
    columns = [values, values[::-1] + 0.0625, np.roll(values, 2) / 2][:count]
    names = [Symbol(f"a{k}", real=True) for k in range(count)]
    found = floats(head(*names, evaluate=False), dict(zip(names, columns, strict=True)))
    exact = EXACT.get(head) or getattr(mpmath, head.__name__)
    with mpmath.workdps(30):
        expected = [
            float(exact(*map(mpmath.mpf, map(float, row)))) for row in zip(*columns, strict=True)
        ]
    np.testing.assert_allclose(found, expected, rtol=2e-15, atol=1e-300)


@pytest.mark.parametrize("correlation", [-0.999, -0.6, 0.0, 0.3, 0.95])
def test_the_bivariate_normal_is_its_integral(correlation: float) -> None:
    """P(X <= h, Y <= k) = int_{-oo}^h phi(s) Phi((k - r s)/sqrt(1 - r^2)) ds."""
    with mpmath.workdps(20):
        r = mpmath.mpf(correlation)
        for h, k in ((-1.5, 0.7), (0.4, 0.0), (2.2, -0.3)):
            spread = mpmath.sqrt(1 - r * r)
            edges = sorted({-9, h, *(e for e in (k / r if r else 0, -2, 0) if -9 < e < h)})
            expected = mpmath.quad(
                lambda s, k=k, d=spread: mpmath.npdf(s) * mpmath.ncdf((k - r * s) / d), edges
            )
            found = floats(BivariateNormalCDF(x, y, correlation), {x: h, y: k})
            assert abs(float(found) - float(expected)) < 1e-14


CHOICES = [
    Piecewise((x, x < 0), (x**2, x <= 0.5), (1, True)),
    Piecewise((1, And(x > -0.5, x < 0.5)), (Piecewise((2, x > 0), (3, True)), True)),
    Piecewise((sympy.exp(x), Or(x < -0.5, x > 0.5)), (y * x, True)),
    Piecewise((x, Not(Or(x < 0, x >= 0.5))), (sympy.pi, True)),
]


@pytest.mark.parametrize("expr", CHOICES, ids=str)
def test_choices_are_those_of_sympy(expr: sympy.Expr) -> None:
    found = floats(expr, {x: INNER, y: 2 * INNER})
    expected = [float(expr.subs({x: float(v), y: 2 * float(v)})) for v in INNER]
    np.testing.assert_allclose(found, expected, rtol=1e-15)


def test_numbers_and_common_parts() -> None:
    assert floats(pi + S.Half, {}) == np.pi + 0.5
    node = Function("node", real=True)(x)
    assert floats(node**2 + node, {node: 3.0}) == 12.0, "a node that is known needs no formula"


@pytest.mark.parametrize(
    "expr",
    [sympy.gamma(x), sympy.I * x, Function("f")(x), Piecewise((1, Eq(x, 0)), (2, True)), sympy.zoo],
    ids=str,
)
def test_what_has_no_number_is_refused(expr: sympy.Expr) -> None:
    with pytest.raises(ValueError, match=r"no (floating number|truth value)"):
        floats(expr, {x: np.array([0.5])})


def test_an_expression_of_many_parts_by_the_table_of_the_balls() -> None:
    """The two tables share no code; they say the same."""
    expr = sympy.erf(x * y) * sympy.exp(-(x**2)) / sympy.sqrt(1 + y**2) + sympy.Max(x, y) ** 3
    numbers = Decimals(30)
    (exact,) = record([expr], [x, y], numbers)(numbers.exact(0.375), numbers.exact(-1.25))
    assert float(floats(expr, {x: 0.375, y: -1.25})) == pytest.approx(float(exact), rel=1e-15)
