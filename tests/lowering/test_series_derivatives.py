"""Derivatives of Hermite series: against Arb's differences, and against Price's theorem by products
of trapezoidal rules in extended precision, which knows neither series nor gaps."""

from fractions import Fraction
from typing import NamedTuple

import numpy as np
import pytest

from ntksym import Dense, Elementwise, Kernel, ntk, serial
from tests.lowering.points import ULP, hard, ordinary

LONG = np.longdouble


def tanh(z):
    t = np.tanh(z)
    up = 1 - t * t
    return t, up, -2 * t * up, up * (6 * t * t - 2)


def softplus(z):
    t = 1 / (1 + np.exp(-z))
    up = t * (1 - t)
    return np.log1p(np.exp(-np.abs(z))) + np.maximum(z, 0), t, up, up * (1 - 2 * t)


FUNCTIONS = {"tanh": tanh, "softplus": softplus}


class Moved(NamedTuple):
    """A number and its derivative."""

    value: LONG
    rate: LONG

    def __add__(self, other):
        return Moved(self.value + other.value, self.rate + other.rate)

    def __mul__(self, other):
        rate = self.value * other.rate + self.rate * other.value
        return Moved(self.value * other.value, rate)


def expectations(f, q1: Moved, q2: Moved, c: Moved) -> tuple[Moved, Moved]:
    """Σ and Σ̇, moved by Price's theorem."""
    s1, s2 = np.sqrt(q1.value), np.sqrt(q2.value)
    rho = max(min(c.value / (s1 * s2), LONG(1)), LONG(-1))
    count = int(93 * max(1, s1 / 1.4, s2 / 1.4))
    x = LONG(9.3) * np.arange(-count, count + 1) / count
    density = np.exp(-x * x / 2)
    density /= density.sum()
    u = f(s1 * x)
    v = f(s2 * (rho * x[:, None] + np.sqrt((1 - rho) * (1 + rho)) * x))

    def mean(i: int, j: int) -> LONG:
        return (density * u[i]) @ (v[j] @ density)

    return tuple(
        Moved(mean(n, n), (mean(n + 2, n) * q1.rate + mean(n, n + 2) * q2.rate) / 2
              + mean(n + 1, n + 1) * c.rate)
        for n in (0, 1)
    )  # fmt: skip


def entry(f, depth: int, w: Moved, b: Moved, at: list[Moved]) -> Moved:
    """The tangent kernel from q1, q2, c of the inputs, by the recursion of Jacot et al."""
    q1, q2, c = (w * w * moved + b * b for moved in at)
    theta = c
    for _ in range(depth - 1):
        sigma, dot = expectations(f, q1, q2, c)
        first, second = (expectations(f, q, q, q)[0] for q in (q1, q2))
        q1, q2, c = (w * w * moved + b * b for moved in (first, second, sigma))
        theta = c + w * w * dot * theta
    return theta


def inputs(x: np.ndarray, y: np.ndarray) -> list[LONG]:
    x, y = x.astype(LONG), y.astype(LONG)
    return [x @ x / len(x), y @ y / len(x), x @ y / len(x)]


NETWORKS = [("tanh", 3, 1.25, 0.25), ("softplus", 3, 1.0, 0.0)]
NEAR, OPPOSITE, ALMOST, SCALED = (0, 8), (0, 14), (0, 9), (0, 13)


@pytest.mark.parametrize(("name", "depth", "w", "b"), NETWORKS)
def test_by_the_hyperparameters(name: str, depth: int, w: float, b: float) -> None:
    """Equal, near, opposite, nearly opposite, parallel and ordinary points, and the kernel."""
    x, f = hard()[:19], FUNCTIONS[name]
    kernel = ntk(name, depth=depth, w_std=Fraction(w), b_std=Fraction(b))
    one, two = kernel.gradients(x), kernel.gradients(x, x.copy())
    size = np.sqrt(np.abs(np.einsum("nii->ni", one)))
    for i, j in [(0, 0), NEAR, OPPOSITE, ALMOST, SCALED, (1, 2)]:
        at = [Moved(value, LONG(0)) for value in inputs(x[i], x[j])]
        by_w = entry(f, depth, Moved(LONG(w), LONG(1)), Moved(LONG(b), LONG(0)), at)
        by_b = entry(f, depth, Moved(LONG(w), LONG(0)), Moved(LONG(b), LONG(1)), at)
        for n, value in enumerate((by_w.value, by_w.rate, by_b.rate)):
            unit = max(abs(value), size[n, i] * size[n, j])
            for found in (one, two):
                assert abs(found[n][i, j] - value) <= 20 * ULP * unit, (i, j, n)
    for matrix, with_copy in zip(one, two, strict=True):
        assert np.isfinite(with_copy).all()
        assert np.array_equal(matrix, matrix.T)


def test_by_the_inputs() -> None:
    name, depth, w, b = NETWORKS[0]
    x, zero = hard()[:19, :3], LONG(0)
    kernel = ntk(name, depth=depth, w_std=Fraction(w), b_std=Fraction(b))
    found = kernel.input_gradient(x)
    assert np.isfinite(found).all()
    for i, j in [(0, 0), NEAR, OPPOSITE, (1, 15), (16, 2)]:
        values, d = inputs(x[i], x[j]), len(x[i])
        exact = []
        for a, c in zip(2 * x[i].astype(LONG) / d, x[j].astype(LONG) / d, strict=True):
            at = [Moved(*moved) for moved in zip(values, (a, zero, c), strict=True)]
            still = Moved(LONG(w), zero), Moved(LONG(b), zero)
            exact.append(entry(FUNCTIONS[name], depth, *still, at).rate)
        unit = float(max(map(abs, exact)))
        np.testing.assert_allclose(
            found[i, j], np.array(exact, float), rtol=0, atol=20 * ULP * unit
        )


def difference(make, which: int, x: np.ndarray, y: np.ndarray) -> float:
    """Of Arb: at 100 bits a step of 2**-30 is exact to 2**-60."""
    at, step = [Fraction(7, 5), Fraction(1, 10)], Fraction(1, 2**30)
    up, down = ([p + sign * step * (k == which) for k, p in enumerate(at)] for sign in (1, -1))
    return float(((make(*up).enclose(x, y, 100) - make(*down).enclose(x, y, 100)) * 2**29).mid())


def mixed(w: Fraction, b: Fraction) -> Kernel:
    return ntk(serial(Dense(w, b), Elementwise("tanh"), Dense(w, b), Elementwise("relu"), Dense(w)))


CASES = [
    (lambda w, b: ntk("tanh", depth=2, w_std=w, b_std=b), 0.5, [(*NEAR, 0), (*OPPOSITE, 1)]),
    (lambda w, b: ntk("silu", depth=2, w_std=w, b_std=b), 0.3, [(*ALMOST, 0), (1, 2, 1)]),
    (mixed, 0.3, [(0, 7, 1)]),
]


@pytest.mark.parametrize(("make", "scale", "entries"), CASES, ids=["tanh", "silu", "tanh, relu"])
def test_differences_of_balls(make, scale: float, entries) -> None:
    """Behind a kink a derivative of Σ̇ is divided by the root of 1 - ρ: tanh must not lose it."""
    x = scale * hard()[:19]
    found = make(Fraction(7, 5), Fraction(1, 10)).gradients(x)
    for i, j, which in entries:
        value, size = difference(make, which, x[i], x[j]), abs(found[1 + which][i, i])
        assert abs(found[1 + which][i, j] - value) <= 20 * ULP * max(abs(value), size)


def test_a_kink_in_the_derivative() -> None:
    """Of softsign: differences of values, 1e-11 of them lost by rounding, as much by the step."""
    h, w, b = 1e-5, 1.3, 0.2
    x = np.concatenate([ordinary(3), ordinary(1) + 1e-9])
    kernel = ntk("softsign", depth=3, w_std=w, b_std=b)
    up, down = (ntk("softsign", depth=3, w_std=w + step, b_std=b)(x) for step in (h, -h))
    np.testing.assert_allclose(kernel.gradients(x).w_std, (up - down) / (2 * h), atol=1e-9)
    step = h * np.eye(5)[0]
    ends = kernel(np.concatenate([x + step, x - step]), x)
    differences = (ends[: len(x)] - ends[len(x) :]) / (2 * h)
    np.testing.assert_allclose(kernel.input_gradient(x)[:, :, 0], differences, atol=1e-9)


def test_at_zero() -> None:
    """Without bias the variance is 0 there: the gradient is that of the limit. Of differences of
    values 2**-52 / 2e-5 is lost."""
    kernel, y = ntk("softplus", depth=3), ordinary(2, 3)
    found = kernel.input_gradient(np.zeros((1, 3)), [*y, np.zeros(3)])[0]
    for d, step in enumerate(1e-5 * np.eye(3)):
        ends = kernel(np.array([step, -step]), y)
        np.testing.assert_allclose(found[:2, d], (ends[0] - ends[1]) / 2e-5, atol=1e-10)
    assert (found[2] == 0).all()


def test_orders_too_many() -> None:
    with pytest.raises(
        ValueError, match=r"tanh: the Hermite series of point 1, of variance 1e\+12"
    ):
        ntk("tanh", depth=2).gradients([[1.0], [1e6]])
