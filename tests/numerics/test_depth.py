"""Phases: known values, the defining integrals by mpmath, deep kernels, errors."""

from pathlib import Path

import mpmath
import numpy as np
import pytest
from flint import arb
from sympy import Rational, Symbol, log, oo, pi, sqrt

import ntksym
from ntksym import critical, phase
from ntksym.evaluate import precision

FUNCTIONS = {
    "tanh": (mpmath.tanh, lambda x: mpmath.sech(x) ** 2),
    "erf": (mpmath.erf, lambda x: 2 * mpmath.exp(-(x**2)) / mpmath.sqrt(mpmath.pi)),
    "softplus": (lambda x: mpmath.log1p(mpmath.exp(x)), lambda x: 1 / (1 + mpmath.exp(-x))),
    "elu": (
        lambda x: x if x > 0 else mpmath.expm1(x),
        lambda x: mpmath.mpf(1) if x > 0 else mpmath.exp(x),
    ),
    "hard_tanh": (lambda x: max(-1, min(1, x)), lambda x: mpmath.mpf(abs(x) < 1)),
}


def mean(g, q, knots=()):
    """E[g(√q Z)] by mpmath's own quadrature."""
    root = mpmath.sqrt(q)
    cuts = sorted({-12, -3, 0, 3, 12} | {k / root for k in knots})
    density = mpmath.sqrt(2 * mpmath.pi)
    return mpmath.quad(lambda t: g(root * t) * mpmath.exp(-t * t / 2) / density, cuts)


def holds(ball, value, slack=1e-12):
    return abs(float(ball.mid()) - float(value)) <= slack * max(1, abs(float(value)))


def narrow(ball, digits=14):
    return ball.rad() <= abs(ball) * arb(10) ** -digits


def mutual(name, q, rho):
    """E[σ(u)σ(v)], E[σ'(u)σ'(v)] on a Gauss-Hermite grid, for smooth σ."""
    t, weights = np.polynomial.hermite_e.hermegauss(180)
    weights = weights / np.sqrt(2 * np.pi)
    u = np.sqrt(q) * t[:, None]
    v = np.sqrt(q) * (rho * t[:, None] + np.sqrt(1 - rho**2) * t)
    f, g = {"tanh": (np.tanh, lambda x: 1 / np.cosh(x) ** 2)}[name]
    return tuple(float(weights @ (h(u) * h(v)) @ weights) for h in (f, g))


@pytest.mark.parametrize(
    ("name", "w", "b", "knots"),
    [
        ("tanh", Rational(1, 2), Rational(1, 5), ()),
        ("erf", 2, Rational(1, 10), ()),
        ("softplus", 1, Rational(3, 10), ()),
        ("elu", Rational(6, 5), Rational(3, 10), (0,)),
        ("hard_tanh", 1, Rational(1, 2), (-1, 1)),
    ],
)
def test_fixed_points_and_slopes_are_those_of_the_defining_integrals(name, w, b, knots):
    f, g = FUNCTIONS[name]
    found = phase(name, w, b)
    (point,) = found.fixed_points
    q = mpmath.mpf(point.value.str(25, radius=False))
    assert narrow(point.value)
    w2, b2 = float(w) ** 2, float(b) ** 2
    assert holds(point.value, w2 * mean(lambda x: f(x) ** 2, q, knots) + b2)
    assert holds(found.chi, w2 * mean(lambda x: g(x) ** 2, q, knots))
    growth = w2 * mean(lambda x: x * f(x) * g(x), q, knots) / q
    assert holds(point.slope, growth)
    step = q / 1000
    ends = (mean(lambda x: f(x) ** 2, q + s * step, knots) for s in (1, -1))
    high, low = ends
    assert float(point.slope) == pytest.approx(float(w2 * (high - low) / (2 * step)), rel=1e-5)
    first, _ = found.depth_scales
    assert float(first) == pytest.approx(-1 / np.log(float(growth)), rel=1e-10)


def test_the_correlation_settles_where_its_map_says():
    found = phase("tanh", 1.5, 0.3)
    q, rho = float(found.variance.value), float(found.correlation.value)
    sigma, dot = mutual("tanh", q, rho)
    assert (2.25 * sigma + 0.09) / q == pytest.approx(rho, abs=1e-12)
    assert float(found.correlation.slope) == pytest.approx(2.25 * dot, abs=1e-12)
    assert found.correlation.stability == "attracting"
    assert found.regime == "chaotic"
    assert float(found.depth_scales[1]) == pytest.approx(-1 / np.log(2.25 * dot))


def test_a_layer_more_goes_nearer_to_the_fixed_correlation():
    found = phase("erf", 2, 0.1)
    kernels = [ntksym.nngp("erf", depth=k, w_std=2, b_std=0.1) for k in (30, 31)]
    x, y = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    gaps = [
        kernel.evaluate(x, y, 30) / kernel.evaluate(x, x, 30)
        - mpmath.mpf(found.correlation.value.str(20, radius=False))
        for kernel in kernels
    ]
    assert float(gaps[1] / gaps[0]) == pytest.approx(float(found.correlation.slope), rel=1e-2)


def test_homogeneous_activations_are_exact_and_take_symbols():
    w, b = Symbol("w", positive=True), Symbol("b", positive=True)
    found = phase("relu", w, b)
    assert found.regime == "undecided"
    assert found.chi == w**2 / 2
    (point,) = found.fixed_points
    assert (point.value - b**2 / (1 - w**2 / 2)).simplify() == 0
    assert phase("relu", 1, 1).fixed_points[0].value == 2
    assert phase("relu", 1, 1).depth_scales == (1 / log(2), 1 / log(2))
    slope = Symbol("alpha", positive=True)
    leaky = ntksym.activation("leaky_relu", alpha=slope)
    assert (critical(leaky) - sqrt(2 / (1 + slope**2))).simplify() == 0
    assert phase("abs").regime == "critical"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("relu", sqrt(2)), ("erf", sqrt(pi) / 2), ("tanh", 1), ("gelu", 2), ("sin", 1),
     ("softsign", 1), ("hard_tanh", 1), ("identity", 1)],
)  # fmt: skip
def test_without_bias_the_critical_line_starts_at_an_exact_number(name, expected):
    assert critical(name) == expected


@pytest.mark.parametrize(
    ("name", "b", "knots"),
    [("tanh", sqrt(Rational(1, 20)), ()), ("erf", Rational(3, 10), ()),
     ("hard_tanh", Rational(1, 5), (-1, 1))],
)  # fmt: skip
def test_the_critical_line_with_bias(name, b, knots):
    w = critical(name, b)
    f, g = FUNCTIONS[name]
    w2, b2 = float(w) ** 2, float(b) ** 2

    def residual(q):
        return w2 * mean(lambda x: f(x) ** 2, q, knots) + b2 - q

    with mpmath.workdps(15):
        q = mpmath.findroot(residual, (0.3, 1.0), solver="anderson", tol=1e-20)
        chi = w2 * mean(lambda x: g(x) ** 2, q, knots)
    assert narrow(w)
    assert float(chi) == pytest.approx(1, abs=1e-11)
    if name == "tanh":  # figure 1 of Schoenholz et al. has the line at about 1.76
        assert w2 == pytest.approx(1.76, abs=0.005)


@pytest.mark.parametrize(("name", "b"), [("tanh", 0.3), ("erf", 0.3)])
def test_order_is_below_the_line_and_chaos_above(name, b):
    w = float(critical(name, b, digits=10))
    below, above = (phase(name, w * s, b, digits=8) for s in (0.98, 1.02))
    assert (below.regime, above.regime) == ("ordered", "chaotic")
    assert below.chi < 1 < above.chi
    assert below.correlation.value == 1
    assert 0 < float(above.correlation.value) < 1
    assert above.depth_scales[1] > 5 * above.depth_scales[0]


def test_on_the_line_the_depth_of_correlations_is_infinite():
    found = phase("erf", critical("erf", 0.3, digits=25), 0.3)
    assert found.regime == "critical"
    assert found.chi.contains(1)
    assert found.depth_scales[1] == oo
    assert float(found.depth_scales[0]) < 2


@pytest.mark.parametrize("digits", [8, 40])
def test_digits_are_as_many_as_asked(digits):
    coarse, fine = critical("erf", 0.3, digits=digits), critical("erf", 0.3, digits=60)
    assert narrow(coarse, digits - 1)
    with precision(300):
        assert coarse.overlaps(fine)
        assert coarse.contains(fine.mid())


def test_where_the_variance_starts_decides_among_fixed_points():
    far, near = phase("power", 0.5, 0.1), phase("power", 0.5, 0.1, start=0.05)
    assert len(far.fixed_points) == 2
    assert [point.stability for point in far.fixed_points] == ["attracting", "repelling"]
    assert (far.regime, near.regime) == ("unstable", "ordered")
    assert near.variance is near.fixed_points[0]
    above = phase("erf", 2, start=10)
    assert [point.stability for point in above.fixed_points] == ["repelling", "attracting"]
    assert above.variance is above.fixed_points[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("step",), "activation: step jumps"),
        (("tanh", -1), "w_std: expected a finite value of at least 0, got -1"),
        (("tanh", float("inf")), "w_std: expected a finite value"),
        (("tanh", Symbol("w", positive=True)), "w_std: expected a number for tanh, got w"),
        (("tanh", 1, Symbol("b", positive=True)), "b_std: expected a number for tanh, got b"),
        (("z**0",), "activation: expected a function of z"),
        (("rleu",), "unknown name 'rleu'"),
    ],
)
def test_bad_input_of_phase(arguments, message):
    with pytest.raises(ValueError, match=message):
        phase(*arguments)


@pytest.mark.parametrize("digits", [0, 251, True, 2.5])
def test_bad_digits(digits):
    with pytest.raises(
        (TypeError, ValueError), match=r"digits: expected (an integer|at (least|most))"
    ):
        phase("tanh", digits=digits)


@pytest.mark.parametrize("within", [(0, 1), (2, 1), 3, (1, "a")])
def test_bad_range(within):
    with pytest.raises(ValueError, match="within: expected"):
        phase("tanh", within=within)
    with pytest.raises(ValueError, match="within: expected"):
        critical("tanh", 0.1, within=within)


def test_types_and_lines_that_do_not_exist():
    with pytest.raises(TypeError, match="w_std: expected a number or a SymPy expression, got '1'"):
        phase("tanh", "1")
    with pytest.raises(ValueError, match=r"b_std: relu is critical for b_std = 0 only, got 0\.1"):
        critical("relu", 0.1)
    with pytest.raises(ValueError, match="b_std: gelu has no critical w_std"):
        critical("gelu", 0.3)
    with pytest.raises(ValueError, match="expected numbers for its parameters"):
        phase(ntksym.activation("z*tanh(a*z)", a=Symbol("a", positive=True)))


def test_knots_that_move_with_the_variance():
    """The triangle's Hermite series lose digits where its knots are balls."""
    found = phase("triangle", 1.3, 0.2, digits=4)
    q, rho = float(found.variance.value), float(found.correlation.value)
    t, weights = np.polynomial.hermite_e.hermegauss(180)
    weights = weights / np.sqrt(2 * np.pi)
    u, v = (np.sqrt(q) * x for x in (t[:, None], rho * t[:, None] + np.sqrt(1 - rho**2) * t))
    sigma = weights @ (np.maximum(0, 1 - abs(u)) * np.maximum(0, 1 - abs(v))) @ weights
    assert (1.69 * sigma + 0.04) / q == pytest.approx(rho, abs=5e-3)
    assert found.variance.slope < 0


def test_a_ball_for_w_std_gives_wider_balls():
    w = critical("hard_tanh", 0.2)
    found = phase("hard_tanh", w, 0.2)
    assert found.regime == "critical"
    assert found.limit.ratio == Rational(1, 4)
    coarse = phase("erf", arb(2, 1e-8), 0.1).variance.value
    assert coarse.contains(phase("erf", 2, 0.1).variance.value.mid())
    assert 1e-9 < float(coarse.rad()) < 1e-3
    with pytest.raises(ValueError, match="narrower ball"):
        phase("erf", arb(2, 0.1), 0.1)


def test_the_python_of_the_page_runs(tmp_path, monkeypatch):
    page = Path(__file__).parents[2] / "docs" / "depth.md"
    (code,) = (block.split("```")[0] for block in page.read_text("utf-8").split("```python\n")[1:])
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(code, names)
    assert names["phase"].regime == "chaotic"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["phase.html", "phases.png"]


def test_a_phase_describes_itself():
    page = ntksym.to_latex(phase("relu", sqrt(2)))
    assert r"\frac{1}{4}" in page
    assert r"\cite{hayou2022}" in page
    assert "depends on them" in ntksym.to_html(phase("tanh"))
    assert "settles at no fixed point" in ntksym.to_html(phase("relu", 2))
    assert r"\arcsin" in ntksym.to_latex(phase("erf"))
