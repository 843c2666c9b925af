"""Kernels by Hermite series against Arb: coefficients, truncation, pairs, layers, refusals."""

import math
import subprocess
import sys
from fractions import Fraction
from functools import cache
from itertools import product
from unittest.mock import patch

import numpy as np
import pytest
from flint import arb
from scipy.integrate import quad

from ntksym import activation, dual
from ntksym.evaluate import precision
from ntksym.evaluate.integrals.hermite import expand
from ntksym.evaluate.integrals.line.halfline import Integrands, Scaled
from ntksym.language import z
from ntksym.lowering.series import kernel
from ntksym.lowering.series.bounds import Values, remainder, rule
from ntksym.lowering.series.coefficients import Series
from ntksym.lowering.series.generate import module, path
from ntksym.lowering.series.load import series
from ntksym.lowering.series.orders import hermite, orders
from ntksym.lowering.series.strip import strip

NAMES = ("tanh", "sigmoid", "softplus", "silu", "mish", "arctan")
ULP = 2.0**-52
SCALES = (1.0, 1.0), (0.125, 0.125), (0.125, 1.25), (1.0, 1.0 + 2.0**-40), (1.0, 1.25)
GAPS = (0.0, 2.0**-80, 1e-12, 1e-6, 1e-3, 0.3, 1.0)


@cache
def loaded(name: str) -> Series:
    return series(activation(name))


@cache
def exact(name: str, s: float) -> tuple[list[arb], arb, arb]:
    """a_k, E[σ²], E[σ'²] as narrow balls; what is left after the last order is below 1e-20."""
    q, of = Fraction(s) ** 2, activation(name)
    order = 60 if s < 0.5 else {"tanh": 550, "arctan": 1000}.get(name, 300)
    pair = Scaled(of.expr, z, q), Scaled(of.derivative, z, q)
    found = expand(Integrands(pair, 1, ((0, 0, 1), (1, 1, 1)), order), 1e-45)
    return [a for (a,) in found.coefficients], *found.moments


def error(value: float, ball: arb) -> float:
    return float(abs(ball - value).upper())


def kept(table: np.ndarray) -> list[tuple[int, arb, float]]:
    """The orders of the first row that do not vanish, with their weights and coefficients."""
    rows = table[0, kernel.HEAD :].reshape(2, -1)
    of = orders(int(table[0, 2]), 10**4)
    return [(2 * int(of.index[i]) + parity, arb(of.weight[i]), value)
            for parity, row in enumerate(rows) for i, value in enumerate(row) if value]  # fmt: skip


def run(of: Series, s1: float, s2: float, minus: float, plus: float) -> tuple[float, float, float]:
    s = np.array([s1, s2])
    t, _, table = of.features(s)
    less, more, theta = (np.array([[value]]) for value in (minus, plus, 1.0))
    a, b = slice(0, 1), slice(1, 2)
    of.tile(table[a], table[b], s[a], t[a], s[b], t[b], less, more, theta)
    return less[0, 0], more[0, 0], theta[0, 0]


@pytest.mark.parametrize(("name", "s"), [*product(NAMES[:4], (0.125, 1.0))])
def test_coefficients_and_moments(name: str, s: float) -> None:
    a, square, slope_square = exact(name, s)
    t, slope, table = loaded(name).features(np.array([s]))
    with precision(200):
        assert error(t[0], square.sqrt()) <= 2 * ULP * t[0]
        assert error(slope[0], slope_square) <= 4 * ULP * slope[0]
        assert error(table[0, 0], square.sqrt() / s) <= 3 * ULP * table[0, 0]
        for k, weight, value in kept(table):
            assert error(value, a[k] * weight.sqrt() / square.sqrt()) <= 1.5 * ULP


@pytest.mark.parametrize(("name", "s"), [*product(NAMES[:4], (0.125, 1.0))])
def test_what_is_cut_is_below_rounding(name: str, s: float) -> None:
    """And what stands for other orders has their sum."""
    a, square, slope_square = exact(name, s)
    found = kept(loaded(name).features(np.array([s]))[2])
    with precision(200):
        left = square - sum(w * a[k] ** 2 for k, w, _ in found)
        slopes = slope_square - sum(w * k * a[k] ** 2 for k, w, _ in found) / arb(s) ** 2
        assert abs(left) <= 2.0**-52 * square
        assert abs(slopes) <= 2.0**-52 * slope_square


@pytest.mark.parametrize("base", [32, 64])
def test_few_orders_stand_for_all(base: int) -> None:
    """Sums of smooth functions, to 2**17 terms by three hundred of them."""
    of = orders(base, 2**17)
    whole = np.arange(of.index[-1] + of.weight[-1] / 2)
    assert of.index.size < base * 9
    for f in (
        lambda k: np.exp(-0.05 * np.sqrt(k)) / (1 + k),
        lambda k: np.exp(-0.03 * k),
        lambda k: np.exp(-0.3 * np.sqrt(k + 1)) * np.cos(0.1 * np.sqrt(k + 1)),
    ):
        assert f(of.index) @ of.weight == pytest.approx(f(whole).sum(), rel=4e-15)


@pytest.mark.parametrize(("name", "s"), [("tanh", 12.0), ("softplus", 20.0), ("softsign", 3.0)])
def test_large_variances_by_quadrature(name: str, s: float) -> None:
    """On a grid whose panels grow from 0: it knows nothing of orders."""
    of, scales = loaded(name), np.array([s, 0.7 * s])
    t, slope, _ = of.features(scales)
    for rho in (-0.6, 0.3, 0.9):
        less, more, dot = run(of, *scales, 1 - rho, 1 + rho)
        kappa = by_panels(of.value, scales, rho) / (t[0] * t[1])
        assert abs(less - (1 - kappa)) <= 16 * ULP
        assert abs(more - (1 + kappa)) <= 8 * ULP
        by_slopes = by_panels(of.slope, scales, rho)
        assert abs(dot - by_slopes) <= 8 * ULP * math.sqrt(slope[0] * slope[1])


@pytest.mark.parametrize("s", [1.0, 10.0])
def test_the_jumps_of_a_kink_continue_the_integrals(s: float) -> None:
    """b_k of softsign from both, and what Parseval leaves of the derivative's second moment."""
    of, scales = loaded("softsign"), np.array([s])
    assert of.bend
    order = of.bend.enough(s)
    grid, near = of.bend.rule(2 * order), np.array([0, 2 * order])
    integral = 2 * of.slope(scales[:, None] * grid.nodes) @ hermite(grid, near)[:, 1:]
    by_jumps = of.bend.coefficients(scales, near[1:].astype(float))
    assert by_jumps == pytest.approx(integral, rel=1e-7)
    exactly = quad(lambda x: np.exp(-x * x / 2) / (1 + s * x) ** 4, 0, 40, epsabs=0, epsrel=1e-13)
    slope = of.features(scales)[1][0]
    assert slope == pytest.approx(exactly[0] * math.sqrt(2 / math.pi), rel=1e-12)


def by_panels(f: Values, scales: np.ndarray, rho: float) -> float:
    """E[f(u)f(v)] by Gauss and Legendre."""
    x, w = np.polynomial.legendre.leggauss(20)
    edges = [0.0, 0.25, 0.5, 0.75, 1.0]
    while edges[-1] < 13 * scales[0]:
        edges.append(edges[-1] + min(max(0.5, 0.3 * edges[-1]), scales[1] / 2))
    middle, half = ((np.array(edges[1:]) + sign * np.array(edges[:-1])) / 2 for sign in (1, -1))
    z, w = (middle[:, None] + half[:, None] * x).ravel(), (half[:, None] * w).ravel()
    z, w = np.concatenate([-z[::-1], z]), np.concatenate([w[::-1], w])
    (u, v), gap = (z / s for s in scales), 1 - rho * rho
    density = np.exp(-(u[:, None] ** 2 - 2 * rho * u[:, None] * v + v**2) / (2 * gap))
    norm = 2 * math.pi * math.sqrt(gap) * scales[0] * scales[1]
    return float((f(z) * w) @ (density @ (f(z) * w)) / norm)


@pytest.mark.parametrize("name", NAMES[:4])
def test_pairs(name: str) -> None:
    """To rounding of the gaps, and of the unit vectors of Hermite coefficients they stand for."""
    of = loaded(name)
    for s1, s2 in SCALES:
        (a, _, p), (b, _, q) = exact(name, s1), exact(name, s2)
        with precision(300):
            scale = float((p * q).sqrt().mid())
            size = (sum(x * x for x in a) * sum(y * y for y in b)).sqrt()
            weights = [x * y / size for x, y in zip(a, b, strict=False)]
            turned = math.sqrt(abs(float(1 - sum(weights)))) if s1 != s2 else 0.0
            for gap, sign in product(GAPS, (1, -1)):
                less, more, dot = run(of, s1, s2, *(gap, 2 - gap)[::sign])
                kappa, slope = horner(weights, sign * (1 - arb(gap)))
                for value, ball in ((less, 1 - kappa), (more, 1 + kappa)):
                    near = ULP * (16 * abs(float(ball.mid())) + 4 * turned) + 1e-40
                    assert error(value, ball) <= near
                assert error(dot, slope * size / (arb(s1) * s2)) <= 8 * ULP * scale


def horner(weights: list[arb], rho: arb) -> tuple[arb, arb]:
    value = slope = arb(0)
    for w in reversed(weights):
        value, slope = value * rho + w, slope * rho + value
    return value, slope


def test_against_the_enclosure_of_the_dual() -> None:
    """The same without any coefficient: the balls of the public function."""
    for name, (s1, s2) in product(("tanh", "softplus"), ((1.0, 1.0), (0.5, 1.25))):
        less, more, dot = run(loaded(name), s1, s2, 0.25, 1.75)
        of, (a, b) = dual(name), (Fraction(s1), Fraction(s2))
        sigma, sigma_dot = of.enclose(a * a, b * b, a * b * Fraction(3, 4), 80)
        p, q = (of.enclose(x * x, x * x, x * x, 80)[0] for x in (a, b))
        with precision(100):
            kappa = sigma / (p * q).sqrt()
            assert error(less, 1 - kappa) <= 16 * ULP
            assert error(more, 1 + kappa) <= 16 * ULP
            assert error(dot, sigma_dot) <= 8 * ULP


@pytest.mark.parametrize("name", ["tanh", "softplus"])
def test_three_layers(name: str) -> None:
    """The tangent kernel of unit points at distance 2**-10, w_std = 1, b_std = 1/8."""
    of, level = loaded(name), 1 / 64
    s, minus, theta = math.sqrt(1 + level), 2.0**-21 / (1 + level), 1 - 2.0**-21 + level
    q = Fraction(65, 64)
    c = q - Fraction(1, 2**21)
    total, exactly = Fraction(c), dual(name)
    for _ in range(2):
        less, _, dot = run(of, s, s, minus, 2 - minus)
        t = of.features(np.array([s]))[0][0]
        s, before = math.sqrt(t * t + level), t
        minus = before * before * less / s**2
        theta = theta * dot + s * s * (1 - minus)
        sigma, sigma_dot = (to_fraction(x) for x in exactly.enclose(q, q, c, 120))
        q, c = (to_fraction(exactly.enclose(q, q, q, 120)[0]) + Fraction(1, 64), sigma)
        c += Fraction(1, 64)
        total = total * sigma_dot + c
    assert abs(theta - float(total)) <= 32 * ULP * float(total)
    assert abs(minus - float((q - c) / q)) <= 64 * ULP * minus


def to_fraction(ball: arb) -> Fraction:
    mantissa, exponent = ball.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def test_equal_points_opposite_points_and_zeros() -> None:
    odd, mixed = loaded("tanh"), loaded("softplus")
    for of in (odd, mixed):
        slope = of.features(np.array([1.25]))[1][0]
        assert run(of, 1.25, 1.25, 0.0, 2.0)[::2] == (0.0, slope)
    assert run(odd, 1.25, 1.25, 2.0, 0.0)[1] == 0.0
    assert run(mixed, 1.25, 1.25, 2.0, 0.0)[1] > 0.1
    assert run(odd, 0.0, 0.0, 0.0, 2.0) == pytest.approx((0.0, 2.0, 1.0), rel=4 * ULP, abs=0)
    t, slope, _ = odd.features(np.array([0.0, 1e-150, 1e-120]))
    assert t.tolist() == pytest.approx([0.0, 1e-150, 1e-120], rel=4 * ULP, abs=0)
    assert slope.tolist() == pytest.approx([1.0] * 3, rel=4 * ULP)
    t = mixed.features(np.array([0.0, 1e-150]))[0]
    assert t.tolist() == pytest.approx([math.log(2)] * 2, rel=2 * ULP)
    assert run(mixed, 0.0, 1e-150, 1.0, 1.0)[2] == pytest.approx(0.25, rel=8 * ULP)
    assert odd.features(np.zeros(0))[2].shape[0] == 0


def test_parity_and_linear_parts_shorten_the_series() -> None:
    """An odd tanh; softplus and silu are z/2 and an even function."""
    for name, parity, longest in (("tanh", 0, 0), ("softplus", 1, 4), ("silu", 1, 4)):
        halves = loaded(name).features(np.array([1.0]))[2][:, kernel.HEAD :].reshape(2, -1, 1)
        assert halves.shape[1] % 4 == 0
        assert kernel.highest.py_func(halves[parity]) == longest
        assert kernel.highest.py_func(halves[1 - parity]) > 16


def test_the_bounds_hold_and_are_of_use() -> None:
    of = loaded("tanh")
    for y, bound in zip(of.strip.heights, of.strip.bounds, strict=True):
        assert 1 / math.cos(y) ** 2 <= bound <= 20 / math.cos(y) ** 2
    a, _, _ = exact("tanh", 1.0)
    for order in (16, 64, 256):
        left = float(sum(k * a[k] ** 2 for k in range(order + 2, len(a))).mid())
        assert left <= math.exp(remainder(of.strip, 1.0, order)) <= 1e8 * left
    grid = rule(of.strip, 1.0, 400)
    weights = hermite(grid, np.arange(401))
    gram = 2 * (weights[:, :8:2] / weights[:, :1]).T @ weights[:, :8:2]
    np.testing.assert_allclose(gram, np.eye(4), atol=1e-14)


def test_long_sums_of_close_rows_and_short_ones_of_far_rows() -> None:
    """The row that stops early and the one that does not give the same pair."""
    of, rng = loaded("tanh"), np.random.default_rng(5)
    s = rng.uniform(1.8, 2, 10)
    t, _, table = of.features(s)
    rho = rng.uniform(-0.7, 0.7, (10, 10))
    results = []
    for extra in (0.7, 1.0):
        rho[:, -1] = extra
        minus, plus, theta = 1 - rho, 1 + rho, np.ones_like(rho)
        of.tile(table, table, s, t, s, t, minus, plus, theta)
        results.append(np.stack([minus, plus, theta])[:, :, :-1])
    np.testing.assert_allclose(*results, rtol=4 * ULP)


def test_plain_python_and_compiled_code_agree() -> None:
    of, s = loaded("mish"), np.array([0.1, 0.4, 0.4, 0.0])
    t, _, table = of.features(s)
    rho = np.linspace(-1, 1, 16).reshape(4, 4)
    helpers = ("whole", "horner", "summed", "distance", "polynomial", "squarings", "highest",
               "alike", "derivative", "gaps", "pairs")  # fmt: skip
    plain = {name: getattr(kernel, name).py_func for name in helpers}
    results = []
    for instead in ({}, plain):
        minus, plus, theta = 1 - rho, 1 + rho, np.ones_like(rho)
        with patch.multiple(kernel, HEAD=3, **instead):
            kernel.tile(table, table, s, t, s, t, minus, plus, theta)
        results.append((minus, plus, theta))
    for a, b in zip(*results, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("name", [*NAMES, "softsign"])
def test_the_committed_module_is_current(name: str, update: bool) -> None:
    written = module(activation(name))
    if update:
        path(name).write_text(written, encoding="utf-8")
    assert path(name).read_text(encoding="utf-8") == written


def test_a_text_of_the_user_has_the_series_of_the_catalogue() -> None:
    mine, s = series(activation("tanh(z/2)/2 + 1/2")), np.array([0.3, 1.1])
    for a, b in zip(mine.features(s), loaded("sigmoid").features(s), strict=True):
        np.testing.assert_allclose(a * abs(a), b * abs(b), atol=8 * ULP, rtol=4 * ULP)


@pytest.mark.parametrize(
    ("text", "s", "message"),
    [
        ("tanh(Abs(z - 1))", 1.0, r"no series: .* changes its formula at z = 1; expected"),
        ("tanh", 100.0, r"tanh: the Hermite series of point 1, of variance 10000 before"),
        ("tanh(10*z)", 10.0, r"point 1, of variance 100 before the activation, needs .* orders"),
    ],
)
def test_refusals(text: str, s: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        series(activation(text)).features(np.array([0.1, s]))


def test_a_function_with_a_pole_has_no_strip() -> None:
    with pytest.raises(ValueError, match="is not seen to be analytic"):
        strip(1 / (z - 1), z)


def test_tables_of_two_calls_do_not_mix() -> None:
    of, s = loaded("tanh"), np.array([1.0])
    t, _, table = of.features(s)
    gap = np.ones((1, 1))
    with pytest.raises(ValueError, match="rows of one table"):
        of.tile(table, table[:, :-8], s, t, s, t, gap, gap.copy(), gap.copy())


def test_the_catalogue_needs_no_sympy() -> None:
    code = (
        "import sys, numpy; from ntksym import activation; "
        "from ntksym.lowering.series.load import series; "
        "series(activation('tanh')).features(numpy.ones(2)); "
        "assert 'sympy' not in sys.modules and 'flint' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
