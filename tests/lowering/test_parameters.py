"""Standard deviations of every kind of number: all engines read them as the same exact value."""

import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp

import ntksym
from ntksym import c, nngp, ntk, q1, q2

X, Y = [1.0, 2.0], [0.5, -1.0]
AT = {q1: sp.Rational(5, 2), q2: sp.Rational(5, 8), c: sp.Rational(-3, 4)}


@pytest.mark.parametrize(
    "value",
    [0.1, np.float64(0.1), np.float32(0.1), Decimal("0.1"), Fraction(1, 10), sp.Rational(1, 10),
     sp.Float("0.1"), 2, np.int64(2), 1e-3, 1e-05, sp.sqrt(2), sp.pi / 4, sp.Float(1.5),
     sp.Integer(3)],
    ids=lambda value: f"{type(value).__name__} {value}",
)  # fmt: skip
def test_all_engines_mean_the_same_network(value: object) -> None:
    """To 40 digits: a float is the decimal that was written, in the closed form and in numbers."""
    kernel = ntk("relu", depth=3, w_std=value, b_std=value)
    closed = sp.N(kernel.expression().subs(AT), 50)
    assert not closed.atoms(sp.Symbol)
    value = sp.Float(str(kernel.enclose(X, Y, 200).mid().str(50, radius=False)), 50)
    assert abs(closed / value - 1) < 1e-40
    assert abs(sp.Float(kernel.evaluate(X, Y, 45), 50) / value - 1) < 1e-40
    assert kernel([X], [Y])[0, 0] == pytest.approx(float(value), rel=1e-14)


def test_symbolic_parameters_of_an_activation_do_not_compute() -> None:
    slope = sp.Symbol("slope", real=True)
    kernel = ntk(ntksym.activation("leaky_relu", alpha=slope), depth=2)
    for compute in (lambda: kernel([X]), lambda: kernel.evaluate(X, Y), lambda: kernel.diag([X])):
        with pytest.raises(ValueError, match="expected a number for slope"):
            compute()
    number = ntk(ntksym.activation("leaky_relu", alpha=0.25), depth=2).evaluate(X, Y, 30)
    closed = kernel.expression().subs({**AT, slope: sp.Rational(1, 4)})
    assert float(closed) == pytest.approx(float(number), rel=1e-14)


@pytest.mark.parametrize("text", ["Heaviside(z)", "sign(z)"])
def test_a_step_has_a_covariance_kernel_only(text: str) -> None:
    points = np.random.default_rng(1).normal(size=(3, 4))
    kernel = nngp(text, depth=3, b_std=0.1)
    exact = [[float(kernel.enclose(x, y).mid()) for y in points] for x in points]
    np.testing.assert_allclose(kernel(points), exact, rtol=1e-13)
    for compute in (lambda k: k(points), lambda k: k.evaluate(X, Y), lambda k: k.expression()):
        with pytest.raises(ValueError, match="no tangent kernel"):
            compute(ntk(text, depth=3))


def test_a_step_by_its_angles() -> None:
    """Two layers by hand: P(u > 0, v > 0) = 1/4 + arcsin(rho)/2π at 60 degrees is 1/3."""
    x, y = [1.0, 0.0], [0.5, 3**0.5 / 2]
    assert nngp("Heaviside(z)", depth=2)([x], [y])[0, 0] == pytest.approx(1 / 3, rel=1e-15)


@pytest.mark.parametrize("of", ["relu", "max(z, z/5)"])
def test_kernels_are_pickled_whatever_they_have_computed(of: str) -> None:
    kernel = ntk(of, depth=2, b_std=0.1)
    before = kernel([X, Y])
    kernel.evaluate(X, Y), kernel.recursion, kernel.derivation
    again = pickle.loads(pickle.dumps(kernel))
    assert again == kernel
    assert hash(again) == hash(kernel)
    assert np.array_equal(again([X, Y]), before)


def test_a_kernel_is_of_one_of_two_kinds() -> None:
    with pytest.raises(ValueError, match="kind: expected 'ntk' or 'nngp', got 'NTK'"):
        ntksym.Kernel(ntksym.mlp("relu", 2), "NTK")


def test_depth_may_be_any_integer() -> None:
    assert ntksym.mlp("relu", np.int64(3)) == ntksym.mlp("relu", 3)


def test_points_of_any_real_number() -> None:
    import mpmath

    kernel = ntk("relu", depth=2)
    expected = float(kernel.evaluate([0.5, 2], Y))
    for x in (
        [np.float32(0.5), np.int64(2)], [Fraction(1, 2), 2], [mpmath.mpf("0.5"), mpmath.mpf(2)],
        np.array([0.5, 2], np.float16), [sp.Rational(1, 2), sp.Integer(2)],
    ):  # fmt: skip
        assert float(kernel.evaluate(x, Y)) == expected
        assert float(kernel.enclose(x, Y).mid()) == pytest.approx(expected, rel=1e-15)
    assert float(kernel.evaluate([mpmath.mpf("-0.5"), 2], Y)) != expected


def test_on_the_sphere_refuses_what_would_not_fit() -> None:
    with pytest.raises(ValueError, match=r"would have about .* nodes, more than 1\.0e\+03"):
        ntk("relu", depth=5).on_sphere(largest=1000)
    with pytest.raises(ValueError, match=r"use \.recursion"):
        ntk("relu", depth=100).on_sphere()
    assert ntk("relu", depth=100).on_sphere(1) == sp.Rational(100, 2**99)
