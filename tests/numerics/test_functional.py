"""Kernel sums and costs, against finite differences, coordinates and explicit sums."""

from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sympy import exp, log, symbols

import ntksym
from ntksym import Cost, KernelSum, least_squares, logistic

RNG = np.random.default_rng(5)
X, Z = RNG.normal(size=(6, 3)), RNG.normal(size=(4, 3))
y, signs = RNG.normal(size=6), np.array([1.0, -1, 1, 1, -1, -1])
a, b = RNG.normal(size=6), RNG.normal(size=4)
KERNEL = ntksym.ntk("erf", depth=2, b_std=0.3)
F, G = KernelSum(KERNEL, X, a), KernelSum(KERNEL, Z, b)
PREDICTION, TARGET = symbols("f y")
HUBER = (1 + (PREDICTION - TARGET) ** 2) ** 0.5
COSTS = {
    "least squares": least_squares(X, y),
    "logistic": logistic(X, signs),
    "pseudo-Huber": Cost(HUBER, X, y),
    "exponential": Cost(exp(-TARGET * PREDICTION), X, signs),
}


def entry(x: np.ndarray, z: np.ndarray) -> float:
    """Of the kernel, in balls."""
    return float(KERNEL.enclose(x, z).mid())


def test_values_and_products_are_those_of_the_kernel() -> None:
    assert_allclose(
        F(Z[:2]), [sum(c * entry(x, z) for c, x in zip(a, X, strict=True)) for z in Z[:2]]
    )
    pairs = [
        c * d * entry(x, z) for c, x in zip(a, X, strict=True) for d, z in zip(b, Z, strict=True)
    ]
    assert F.inner(G) == pytest.approx(sum(pairs), rel=1e-12)
    assert F.inner(G) == pytest.approx(G.inner(F), rel=1e-12)


def test_the_reproducing_property() -> None:
    sections = [KernelSum(KERNEL, z[None], [1.0]) for z in Z]
    assert_allclose([F.inner(section) for section in sections], F(Z), rtol=1e-12)


def test_the_space_is_linear() -> None:
    combined = 2 * F - G * 3
    assert_allclose(combined(Z), 2 * F(Z) - 3 * G(Z), rtol=1e-11)
    squares = 4 * F.norm() ** 2 - 12 * F.inner(G) + 9 * G.norm() ** 2
    assert combined.norm() ** 2 == pytest.approx(squares, rel=1e-10)
    assert abs(F.inner(G)) <= F.norm() * G.norm()
    assert (F - F).norm() <= 1e-7 * F.norm()


@pytest.mark.parametrize("name", COSTS)
def test_the_gradient_represents_the_linear_term(name: str) -> None:
    """⟨δC/δf, φ⟩ = d/dε C[f + εφ], by differences; a sign, a 2 or 1/N would be seen."""
    cost, h = COSTS[name], 1e-3
    steps = {k: cost(F + k * h * G) for k in (-2, -1, 1, 2)}
    slope = (8 * (steps[1] - steps[-1]) - (steps[2] - steps[-2])) / (12 * h)
    assert cost.gradient(KERNEL, F).inner(G) == pytest.approx(slope, rel=1e-8)
    assert abs(slope) > 1e-3
    bent = (16 * (steps[1] + steps[-1]) - (steps[2] + steps[-2]) - 30 * cost(F)) / (12 * h**2)
    assert cost.second_variation(F, G) == pytest.approx(bent, rel=1e-5)
    assert cost.second_variation(F, G) >= 0


@pytest.mark.parametrize("name", COSTS)
def test_the_rate_is_that_of_the_flow(name: str) -> None:
    """A step against the gradient of length h changes the cost by h times the rate."""
    cost, h = COSTS[name], 1e-4
    gradient = cost.gradient(KERNEL, F)
    slope = (cost(F - h * gradient) - cost(F + h * gradient)) / (2 * h)
    assert cost.rate(KERNEL, F) == pytest.approx(slope, rel=1e-6)
    assert cost.rate(KERNEL, F) == pytest.approx(-(gradient.norm() ** 2), rel=1e-12)
    assert cost.rate(KERNEL, F(X)) == pytest.approx(cost.rate(KERNEL, F), rel=1e-12)


def test_the_rate_of_least_squares_is_a_quadratic_form() -> None:
    residual = F(X) - y
    form = -residual @ KERNEL(X) @ residual / len(X) ** 2
    assert COSTS["least squares"].rate(KERNEL, F) == pytest.approx(form, rel=1e-12)


def test_logistic_does_not_overflow() -> None:
    cost, far = logistic(X, signs), 1e4 * signs
    assert cost(far) == 0
    assert cost(-far) == pytest.approx(1e4)
    assert cost.rate(KERNEL, far) == 0
    assert np.isfinite(cost.rate(KERNEL, -far))
    assert cost(np.zeros(6)) == pytest.approx(np.log(2))
    halves = KernelSum(KERNEL, X, -signs / 12)
    assert_allclose(cost.gradient(KERNEL, np.zeros(6)).coefficients, halves.coefficients)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: KernelSum(KERNEL, X[0], a),
            r"points: expected shape \(n, d\), got shape",
        ),
        (lambda: KernelSum(KERNEL, X, b), "coefficients: expected 6 finite numbers"),
        (lambda: F + KernelSum(ntksym.nngp("erf", depth=2), X, a), "of the same kernel"),
        (lambda: F.inner(KernelSum(ntksym.nngp("erf", depth=2), X, a)), "of the same kernel"),
        (lambda: Cost(log(symbols("x")), X, y), "loss: expected an expression in symbols f and y"),
        (lambda: least_squares(X, b), "y: expected 6 finite numbers, got shape"),
        (lambda: least_squares(X, y * np.nan), "y: expected finite numbers"),
        (lambda: logistic(X, y), "y: expected labels -1 and 1"),
        (lambda: least_squares(X, y)(b), r"f: expected a function with 6 values on X, got"),
    ],
)
def test_bad_input_is_named(make, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
    with pytest.raises(TypeError):
        F + 1


def test_the_code_of_the_page_runs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "functional.md").read_text("utf-8")
    names: dict[str, object] = {}
    for block in page.split("```python\n")[1:]:
        exec(block.split("```")[0], names)
    assert "1/N Σ (f(x_i) - y_i) K(x_i, ·)" in page
    assert "InnerProduct" not in str(names["found"].gradient)
