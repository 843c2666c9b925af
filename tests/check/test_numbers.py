"""The two witnesses by numbers: pieces, tails, balls and quadrature, each against truth."""

import math

import flint
import numpy as np
import pytest
from flint import arb
from scipy import integrate, stats
from sympy import (
    Abs,
    And,
    DiracDelta,
    Expr,
    Heaviside,
    Integral,
    Max,
    Min,
    Piecewise,
    Rational,
    Symbol,
    cos,
    erf,
    exp,
    lambdify,
    pi,
    sign,
    sqrt,
)

from ntksym.check.density import density, without_masses
from ntksym.check.enclosure import REACH, enclose
from ntksym.check.quadrature import approximate
from ntksym.check.sample import points
from ntksym.check.verdict import Verdict
from ntksym.evaluate import width
from ntksym.evaluate.integrals.majorants import Majorant
from ntksym.evaluate.integrals.pieces import intervals, knots, resolved
from ntksym.evaluate.integrals.tails import _moment, tail
from ntksym.language import Claim, GaussianExpectation, c, q, q1, q2, u, v
from tests.check.support import by_quadrature, levels

E = GaussianExpectation
R = Rational
t = Symbol("t", real=True)


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (Max(0, u), [0]),
        (Max(-1, Min(1, u)), [-1, 1]),
        (Min(6, Max(0, u / 2 - 1)), [2, 14]),
        (Max(0, 1 - Abs(u)), [-1, 0, 1]),
        (Abs(Abs(u) - R(1, 2)), [-R(1, 2), 0, R(1, 2)]),
        (Piecewise((0, And(u > 0, u < 1)), (1, True)), [0, 1]),
        (Piecewise((Abs(u - 3), u < 2), (Max(u, 5), True)), [2, 3, 5]),
        (u * Max(0, Min(1, u / 6 + R(1, 2))), [-3, 3]),
        (Heaviside(2 * u - 3), [R(3, 2)]),
        (Abs(u + 1) * sign(v), [-1]),
        (Max(0, u, 2 - u), [0, 1, 2]),
        (Piecewise((0, u < -1), (u, u < 2), (1, True)), [-1, 2]),
        (erf(u) * exp(v), []),
    ],
    ids=str,
)
def test_knots(expr: Expr, expected: list[object]) -> None:
    assert knots(expr, u) == expected


@pytest.mark.parametrize(
    "expr",
    [
        Heaviside(u - v),
        Max(u, v),
        Heaviside(u * v),
        Abs(u**2 - 1),
        Max(0, exp(u) - 1),
        Piecewise((0, u**2 < 1), (1, True)),
    ],
    ids=str,
)
def test_what_switches_elsewhere_is_refused(expr: Expr) -> None:
    with pytest.raises(ValueError, match="fixed values"):
        knots(expr, u)


def test_a_knot_may_be_a_symbol_where_no_order_is_needed() -> None:
    assert knots(Heaviside(u - c), u) == [c]
    assert knots(Heaviside(u - q) * Abs(u + 1), u) == [-1, q], "a positive symbol is above -1"
    for expr in (Heaviside(u - c) * Abs(u), Heaviside(u - c) + Heaviside(u - t)):
        with pytest.raises(ValueError, match="no order is known"):
            knots(expr, u)


def test_the_formula_between_knots() -> None:
    expr = Max(0, u) + 3 * Heaviside(v - 1) * Abs(u) + Piecewise((v, u < 2), (u, True)) + sign(v)
    assert resolved(expr, {u: -1, v: 3}) == 3 * -u + v + 1
    assert resolved(expr, {u: 5, v: -2}) == u + u - 1
    assert intervals(Heaviside(u - 1) * Heaviside(u - 99), u, R(7)) == [(-7, 1), (1, 7)]


MASSES = [
    (DiracDelta(u), (q,), 1),
    ((u + 2) * DiracDelta(2 * u - 1), (q,), 2),
    (DiracDelta(u) * DiracDelta(v), (q1, q2, c), 2),
    ((u + 2) * DiracDelta(2 * u - 1) * DiracDelta(3 - v) + v * u, (q1, q2, c), 2),
    (DiracDelta(u - 1) * v**2, (q1, q2, c), 1),
    (DiracDelta(1 - 2 * v) * Max(0, u) + DiracDelta(u) * v, (q1, q2, c), 1),
]


@pytest.mark.parametrize(("integrand", "law", "scale"), MASSES, ids=str)
def test_a_mass_is_the_limit_of_narrow_bumps(integrand: Expr, law, scale) -> None:
    """A normal density of spread h stands for the mass: the difference falls as h^2."""
    node = E(integrand, *law).subs(c, R(2, 5)).xreplace(AT)
    assert not without_masses(node).has(DiracDelta)
    value, _ = approximate(node, AT, levels())
    off = []
    for h in (0.2, 0.1):
        bumps = node.integrand.replace(DiracDelta, lambda x, h=h: _bump(x, h))
        off.append(abs(_trapezoid(bumps, node.law) - value))
    assert off[1] < 0.02 * scale
    assert off[1] < 0.3 * off[0]


def _bump(x: Expr, h: float) -> Expr:
    return exp(-((x / h) ** 2) / 2) / (h * sqrt(2 * pi))


def _trapezoid(f: Expr, law: tuple[Expr, ...]) -> float:
    """A plain sum over a fine grid, from the density as SciPy has it."""
    x = np.linspace(-9, 9, 1801)
    if len(law) == 1:
        values = np.array(lambdify(u, f, "numpy")(x)) * stats.norm.pdf(
            x, scale=float(law[0]) ** 0.5
        )
        return float(values.sum() * (x[1] - x[0]))
    a, b, k = map(float, law)
    grid = np.meshgrid(x, x, indexing="ij")
    weight = stats.multivariate_normal([0, 0], [[a, k], [k, b]]).pdf(np.dstack(grid))
    return float((lambdify((u, v), f, "numpy")(*grid) * weight).sum() * (x[1] - x[0]) ** 2)


@pytest.mark.parametrize("law", [(q,), (q1, q2, c)], ids=str)
def test_the_density_is_that_of_scipy(law: tuple[Expr, ...]) -> None:
    value = density(E(u, *law)).subs(AT).subs({u: R(1, 3), v: -R(2, 3)})
    if len(law) == 1:
        expected = stats.norm(scale=1.4**0.5).pdf(1 / 3)
    else:
        covariance = [[5 / 4, 2 / 5], [2 / 5, 4 / 3]]
        expected = stats.multivariate_normal([0, 0], covariance).pdf([1 / 3, -2 / 3])
    assert math.isclose(value, expected, rel_tol=1e-14)


@pytest.mark.parametrize(
    "mass", [DiracDelta(u - v), DiracDelta(u**2 - 1), DiracDelta(u * v)], ids=str
)
def test_a_mass_elsewhere_than_at_a_point_is_refused(mass: Expr) -> None:
    with pytest.raises(ValueError, match="not a mass at a point of one variable"):
        without_masses(E(mass, q1, q2, c))


@pytest.mark.parametrize(
    ("f", "exact"),
    [
        (u**4, lambda s, r: s**4 * 2 * (3 * stats.norm.sf(r / s) + _odd(r / s))),
        (Abs(u), lambda s, r: 2 * s * stats.norm.pdf(r / s)),
        (erf(u), None),
        (exp(u / 2), None),
        (exp(-(u**2) + u), None),
        (1 + u + Max(0, u) ** 2, None),
    ],
    ids=lambda x: str(x) if isinstance(x, Expr) else "exact",
)
@pytest.mark.parametrize("variance", [0.25, 1.0, 4.0])
@pytest.mark.parametrize("standard_deviations", [5, 7, 9])
def test_the_bound_of_a_tail_is_not_below_it(f, exact, variance, standard_deviations) -> None:
    s = math.sqrt(variance)
    reach = standard_deviations * s
    bound = tail(f, {u: arb(variance)}, {u: arb(reach)})

    def density(x: float) -> float:
        return abs(float(f.subs(u, x))) * math.exp(-x * x / (2 * variance)) / s / 2.50662827463

    outside = sum(
        abs(integrate.quad(density, *ends, epsabs=0, limit=100)[0])
        for ends in ((reach, reach + 9 * s), (-reach - 9 * s, -reach))
    )
    assert bound > outside * 0.999
    if exact:
        assert math.isclose(outside, exact(s, reach), rel_tol=1e-6)
    if standard_deviations == 9:
        assert bound < 1e-8


def _odd(r: float) -> float:
    return (r**3 + 3 * r) * stats.norm.pdf(r)


@pytest.mark.parametrize("f", [u**5 * v**5, exp(u + v), exp(u) * v**2], ids=str)
def test_the_tail_beyond_the_box_of_the_witness_is_small(f: Expr) -> None:
    variances = {u: arb(R(5, 4).p) / 4, v: arb(4) / 3}
    assert tail(f, variances, {x: REACH * q.sqrt() for x, q in variances.items()}) < 1e-7


@pytest.mark.parametrize(("power", "rate"), [(0, 0.0), (3, 0.0), (0, 0.5), (5, 1.0)])
@pytest.mark.parametrize("beyond", [None, 8.0, 10.0])
def test_the_bound_of_a_moment(power: int, rate: float, beyond: float | None) -> None:
    """Not below the moment, and not far above it where the tail is what counts."""
    m, variance = Majorant(arb(1), {u: power}, {u: arb(rate)}), 1.5
    reach = None if beyond is None else arb(beyond)
    bound = float(_moment(m, u, arb(variance), reach, arb(1)))

    def density(x: float) -> float:
        growth = (1 + x) ** power * math.exp(rate * x - x * x / (2 * variance))
        return 2 * growth / math.sqrt(2 * math.pi * variance)

    truth = integrate.quad(density, beyond or 0, (beyond or 0) + 30, epsabs=0, limit=200)[0]
    assert truth <= bound * 1.000001
    if beyond:
        assert bound < 1.25 * truth


@pytest.mark.parametrize("reach", [4, 5, 6])
def test_what_the_box_leaves_out_is_in_the_ball(
    reach: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ntksym.check.enclosure.REACH", reach)
    for expr, truth in TRUTH[:1] + TRUTH[3:5] + TRUTH[-1:]:
        ball = enclose(expr, AT, {})
        assert ball.overlaps(arb(float(truth.subs(AT).evalf(20))) + arb(0, 1e-14))
        assert width(ball) > 1e-9


def test_the_bound_of_a_tail_in_two_variables() -> None:
    small = tail(u**2 * v**2, {u: arb(1), v: arb(2)}, {u: arb(8), v: arb(12)})
    large = tail(u**2 * v**2, {u: arb(1), v: arb(2)}, {u: arb(4), v: arb(12)})
    assert 0 < small < 1e-8
    assert large > small
    with pytest.raises(ValueError, match="box is too small"):
        tail(u**40, {u: arb(1)}, {u: arb(2)})
    for f in (1 / u, exp(u**2 / 9), exp(u * v), exp(u * erf(u) * v)):
        with pytest.raises(ValueError, match="no bound of growth"):
            tail(f, {u: arb(1), v: arb(1)}, {u: arb(9), v: arb(9)})


AT = {q: R(7, 5), q1: R(5, 4), q2: R(4, 3), c: R(2, 5)}
TRUTH = [
    (E(u**4, q), 3 * q**2),
    (E(cos(u), q), exp(-q / 2)),
    (E(exp(u + v), q1, q2, c), exp((q1 + q2) / 2 + c)),
    (E(u**2 * v**2, q1, q2, c), q1 * q2 + 2 * c**2),
    (E(Heaviside(u - 1), q), (1 - erf(1 / sqrt(2 * q))) / 2),
    (E(DiracDelta(u - 1) * exp(u), q), exp(1 - 1 / (2 * q)) / sqrt(2 * pi * q)),
    (E(u * v, q1, q2, c) * E(u, q) + E(u**2, q) ** 2, q**2),
    (Integral(t**2, (t, 0, q)), q**3 / 3),
    (Integral(E(u**2, q + t), (t, 0, q)), 3 * q**2 / 2),
]


@pytest.mark.parametrize(("expr", "truth"), TRUTH, ids=lambda e: str(e))
def test_balls_and_floats_of_known_values(expr: Expr, truth: Expr) -> None:
    before = flint.ctx.prec
    value = float(truth.subs(AT).evalf(20))
    ball = enclose(expr, AT, {})
    assert flint.ctx.prec == before
    assert ball.overlaps(arb(value, 1e-14 * abs(value)))
    assert width(ball) < 1e-9
    floating, doubt = approximate(expr, AT, levels())
    assert math.isclose(floating, value, rel_tol=1e-12)
    assert doubt < 1e-11


def test_expectations_are_enclosed_once() -> None:
    known: dict[Expr, arb] = {}
    enclose(E(u**2, q) + 1, AT, known)
    assert list(known) == [E(u**2, R(7, 5))]
    known[E(u**2, R(7, 5))] = arb(5)
    assert enclose(E(u**2, q) + 1, AT, known) == 6


def test_quadrature_that_is_no_number_is_an_error() -> None:
    with pytest.raises(ValueError, match="gives no number"):
        approximate(E(sqrt(u), q), AT, levels())


def test_quadrature_of_a_singular_law_is_an_error() -> None:
    with pytest.raises(ValueError, match="gives no number"):
        approximate(E(u * v, 1, 1, 2), AT, levels())


def test_sample_points_are_generic_and_valid() -> None:
    s = Symbol("s", real=True)
    at = points(q1 + q2 + c + t + s + q + Symbol("alpha", real=True))
    assert len(at) == 2
    for point in at:
        values = list(point.values())
        assert len(set(values)) == len(values)
        assert all(isinstance(value, Rational) for value in values)
        for k in (c, t, s):
            assert point[k] ** 2 < point[q1] * point[q2]
        assert point[q1] != point[q2]
    assert at[0][c] > 0 > at[1][c]


def test_sample_points_bring_far_steps_within_two_standard_deviations() -> None:
    far = E(Heaviside(u - 6) * Heaviside(2 * v + 1) + DiracDelta(1 - u), q1, q2, c)
    for near, point in zip(points(far.of(Heaviside(u) * erf(v))), points(far), strict=True):
        assert all(point[x] == 9 * near[x] for x in (q1, q2, c))
        assert point[c] ** 2 < point[q1] * point[q2]
    symbol = Symbol("shift", positive=True)
    assert points(far.of(Heaviside(u - symbol)))[0][q1] == points(q1)[0][q1]


def test_a_wrong_term_beyond_a_far_step_is_refuted() -> None:
    """At variances near 1 it is below 1e-10, and the line passed without it."""
    corner = E(Heaviside(u - 6) * Heaviside(v - 6) * u, q1, q2, c)
    whole = E(u**2 + Heaviside(u - 6) * Heaviside(v - 6) * u, q1, q2, c)
    assert by_quadrature(Claim(whole, q1 + corner)).verdict == Verdict.AGREES
    for wrong in (q1, q1 + 2 * corner, q1 + corner * R(1001, 1000)):
        assert by_quadrature(Claim(whole, wrong)).verdict == Verdict.REFUTED
