"""Derivatives against central differences of Arb: at 300 bits with h = 2**-90 these are exact to
2**-80 even for points 1e-14 apart, so that what is measured is our rounding. The unit is the
derivative itself or, where it changes sign, the root of the product of those on the diagonal."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from ntksym import Dense, Elementwise, Kernel, Network, Residual, nngp, ntk, serial
from ntksym.lowering.derivatives import generate
from tests.lowering.points import ULP, hard, ordinary
from tests.lowering.test_accuracy import shown

NAMES = sorted(path.stem for path in generate.path("relu").parent.glob("*.py"))
NAMES.remove("__init__")
STEP = Fraction(1, 2**90)
HALF = Fraction(1, 2)
NETWORKS = [
    (ntk, {"depth": 1, "b_std": "0.3"}),
    (ntk, {"depth": 2, "b_std": "0.1", "w_std": "1.4"}),
    (ntk, {"depth": 3}),
    (ntk, {"depth": 4, "b_std": "0.1", "bias_init": "zero"}),
    (ntk, {"depth": 5, "b_std": "0.2"}),
    (nngp, {"depth": 3, "b_std": "0.1", "w_std": "1.4"}),
    (nngp, {"depth": 3}),
]


def exact(arguments):
    """With fractions, so that both sides mean the same network."""
    return {k: Fraction(v) if k.endswith("std") else v for k, v in arguments.items()}


def difference(up: Kernel, down: Kernel, a: object, b: object) -> float:
    return float(((up.enclose(a, b, 300) - down.enclose(a, b, 300)) * 2**89).mid())


def by_hyperparameter(make, name: str, arguments, which: str):
    """The derivative of an entry by w_std or b_std."""
    at = {"w_std": Fraction(1), **exact(arguments)}
    up, down = (make(name, **{**at, which: at[which] + sign * STEP}) for sign in (1, -1))
    return lambda a, b: difference(up, down, a, b)


def by_input(kernel: Kernel, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    found = []
    for d in range(len(x)):
        ends = [[Fraction(c) + sign * STEP * (k == d) for k, c in enumerate(x.tolist())]
                for sign in (1, -1)]  # fmt: skip
        a, b = (kernel.enclose(end, y, 300) for end in ends)
        found.append(float(((a - b) * 2**89).mid()))
    return np.array(found)


PAIRS = [(0, 0), (0, 3), (0, 5), (0, 8), (0, 9), (0, 11), (0, 12), (0, 13), (0, 14), (1, 2),
         (1, 15), (0, 16), (16, 17), (18, 19), (9, 10)]  # fmt: skip
"""Of ``hard``: equal, near, opposite, parallel, ordinary, with zero, far in norm."""


CASES = [
    *(("relu", *network) for network in NETWORKS),
    *(("erf", *network) for network in NETWORKS[2:4]),
    *((name, *NETWORKS[1]) for name in ("gelu", "abs", "sin")),
    ("leaky_relu", *NETWORKS[5]),
]


@pytest.mark.parametrize(("name", "make", "arguments"), CASES, ids=shown)
def test_by_the_hyperparameters(name: str, make, arguments) -> None:
    """Each layer adds some ulp; a point of variance b**2 has no derivative by w, and rounding
    leaves 2**-52 of the kernel: hence a unit of a thousandth of it."""
    x = hard()[:20]
    kernel = make(name, **exact(arguments))
    one, two = kernel.gradients(x), kernel.gradients(x, x.copy())
    size = np.sqrt(np.abs(np.einsum("nii->ni", one)))
    names = ("w_std", "b_std")[: 1 + ("b_std" in arguments)]
    witnesses = [by_hyperparameter(make, name, arguments, which) for which in names]
    for (i, j), n in product(PAIRS[:: 2 if name == "relu" else 4], (1, 2)):
        if n == 2 and "b_std" not in arguments:
            assert one[n][i, j] == two[n][i, j] == 0
            continue
        value = witnesses[n - 1](x[i], x[j])
        unit = max(abs(value), size[n, i] * size[n, j], 1e-3 * size[0, i] * size[0, j])
        for found in (one, two):
            assert abs(found[n][i, j] - value) <= 200 * ULP * unit, (i, j, n)
    for matrix in one:
        assert np.array_equal(matrix, matrix.T)
    np.testing.assert_allclose(one.value, kernel(x), rtol=1e-13, atol=1e-15 * size[0].max() ** 2)


CASES = [
    *(("relu", *network) for network in NETWORKS),
    *(("erf", *network) for network in NETWORKS[2:4]),
    *((name, *NETWORKS[1]) for name in ("gelu", "abs", "sin")),
    ("leaky_relu", *NETWORKS[5]),
]


@pytest.mark.parametrize(("name", "make", "arguments"), CASES, ids=shown)
def test_by_the_inputs(name: str, make, arguments) -> None:
    """Where there is a kink the gradient turns with the direction of y - x, which an ulp of either
    point turns by an ulp over their distance."""
    x = hard()[:19, :4]
    kernel = make(name, **exact(arguments))
    found = kernel.input_gradient(x)
    assert np.isfinite(found).all()
    some = [(0, 5), (0, 8), (0, 11), (1, 2), (0, 3), (1, 15), (18, 2), (0, 16)]
    kinked = name in ("relu", "abs") and arguments["depth"] > 1
    diagonal = [] if kinked else [(0, 0), (0, 12), (0, 13), (0, 14)]
    for i, j in some[:: 1 if name == "relu" else 3] + diagonal[:2]:
        value = by_input(kernel, x[i], x[j])
        unit = np.linalg.norm(value) + np.sqrt(kernel.diag(x[[j]])[0] * 1e-6)
        apart = np.linalg.norm(x[i] - x[j]) / np.linalg.norm(x[i])
        ulps = 500 + (4 / apart if kinked and apart else 0)
        assert np.abs(found[i, j] - value).max() <= ulps * ULP * unit, (i, j)


def test_a_kink_has_the_mean_of_both_sides() -> None:
    """ReLU at x = y and at y = 3x: the ends of a step of 1e-6 across the line, by Arb."""
    kernel, x = ntk("relu", depth=3, b_std=0.1), ordinary(1)[0]
    found = kernel.input_gradient([x], [x, 3 * x])[0]
    for row, y in zip(found, (x, 3 * x), strict=True):
        for d, unit in enumerate(np.eye(len(x)) * 1e-6):
            up, down = (float(kernel.enclose(x + step, y).mid()) for step in (unit, -unit))
            assert row[d] == pytest.approx((up - down) / 2e-6, abs=1e-6)


@pytest.mark.parametrize("name", ["erf", "gelu", "cos", "relu"])
def test_at_zero(name: str) -> None:
    """Smooth kernels have a gradient at 0; so has that of ReLU behind a bias."""
    bias = Fraction(3, 10) if name == "relu" else 0
    kernel, y = ntk(name, depth=3, b_std=bias), ordinary(2, 3)
    found = kernel.input_gradient(np.zeros((1, 3)), [*y, np.zeros(3)])[0]
    for row, other in zip(found, y, strict=False):
        np.testing.assert_allclose(
            row, by_input(kernel, np.zeros(3), other), rtol=1e-13, atol=1e-50
        )
    assert (found[2] == 0).all()


@pytest.mark.parametrize("name", ["sin", "rbf"])
def test_points_that_rounding_makes_one(name: str) -> None:
    """1 - rho is 1e-20 behind the bias, 0 behind the activation, and moves."""
    kernel, x = ntk(name, depth=3, b_std=Fraction(1, 5)), 1e-10 * ordinary(2, 3)
    x[0] = 0.0
    found = kernel.input_gradient(x)
    for i, j in ((0, 1), (1, 0)):
        np.testing.assert_allclose(found[i, j], by_input(kernel, x[i], x[j]), rtol=1e-14)


def test_sums_of_gradients_need_no_terms() -> None:
    x, y = ordinary(140, 4), ordinary(150, 4)[::-1]
    x[3], x[7], y[4] = 0.0, -2 * y[5], 0.0
    kernel, weights = ntk("erf", depth=3, b_std=0.2), np.arange(150.0) - 70
    terms = kernel.input_gradient(x, y)
    summed = kernel.input_gradient(x, y, weights=weights)
    np.testing.assert_allclose(summed, np.einsum("ijd,j->id", terms, weights), rtol=1e-11)
    kept = kernel.input_gradient(x, weights=weights[:140])
    np.testing.assert_allclose(kept, kernel.input_gradient(x, x, weights=weights[:140]))


@pytest.mark.parametrize("make", [ntk, nngp])
def test_residual_networks(make) -> None:
    """Layers that differ move by the same amount: along the sum of their own derivatives."""

    def network(w: Fraction, b: Fraction) -> Network:
        inner = Residual(Elementwise("abs"), Dense(w - HALF, b))
        branch = Residual(Elementwise("erf"), Dense(w, 3 * HALF + b, "zero"), inner, Dense(1 + w))
        return serial(Dense(w, b), branch, Elementwise("relu"), Dense(w))

    x, at = ordinary(4), (Fraction(3), HALF)
    found = make(network(*at)).gradients(x)
    for n, move in ((1, (STEP, 0)), (2, (0, STEP))):
        up, down = (
            make(network(*(p + sign * q for p, q in zip(at, move, strict=True))))
            for sign in (1, -1)
        )
        for i, j in [(0, 0), (0, 1), (2, 3)]:
            assert found[n][i, j] == pytest.approx(difference(up, down, x[i], x[j]), rel=1e-13)
    np.testing.assert_allclose(found.value, make(network(*at))(x), rtol=1e-14)


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_module_is_current(name: str, update: bool) -> None:
    written, path = generate.module(name), generate.path(name)
    if update:
        path.write_text(written, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == written


@pytest.mark.parametrize("name", ["cos", "exp", "rectified_power", "snake"])
def test_other_modules_against_differences(name: str) -> None:
    kernel, x = ntk(name, depth=3, b_std=Fraction(1, 5)), 0.5 * ordinary(2, 3)
    witness = by_hyperparameter(ntk, name, {"depth": 3, "b_std": "0.2"}, "w_std")
    assert kernel.gradients(x).w_std[0, 1] == pytest.approx(witness(*x), rel=1e-12)


def test_an_activation_of_the_user() -> None:
    mine, arguments = "3*max(z, z/5)", {"depth": 3, "b_std": "0.2"}
    x = ordinary(2)
    found = ntk(mine, depth=3, b_std=Fraction(1, 5)).gradients(x)
    for n, which in ((1, "w_std"), (2, "b_std")):
        witness = by_hyperparameter(ntk, mine, arguments, which)
        assert found[n][0, 1] == pytest.approx(witness(*x), rel=1e-13)


def test_what_is_refused() -> None:
    kernel, x = ntk("relu", depth=2), ordinary(3)
    with pytest.raises(ValueError, match=r"^elu.*: expected an activation with a dual in"):
        ntk("elu", depth=2).gradients(x)
    with pytest.raises(ValueError, match=r"weights: expected shape \(3,\), got shape \(2,\)"):
        kernel.input_gradient(x, weights=[1.0, 2.0])
    with pytest.raises(ValueError, match="Y: expected 5 columns as in X"):
        kernel.gradients(x, x[:, :2])
    assert kernel.gradients(x[:0], x).value.shape == (0, 3)
    assert kernel.input_gradient(x[:0], x).shape == (0, 3, 5)
