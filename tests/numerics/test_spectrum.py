"""Eigenvalues on the sphere against witnesses that share no code with them."""

from fractions import Fraction
from math import comb

import mpmath
import numpy as np
import pytest
import sympy
from flint import arb

import ntksym
from ntksym.evaluate import precision
from ntksym.networks import Dense, Elementwise, serial
from ntksym.numerics.sphere import integration


def numbers(values):
    return np.array([float(ball) for ball in values])


def first_layer(*dense):
    """Θ - Σ of two layers: what training the first layer alone adds."""
    network = serial(*dense, Elementwise("relu"), Dense())
    both = (ntksym.spectrum(k(network), 2, 9, bits=80) for k in (ntksym.ntk, ntksym.nngp))
    with precision(80):
        return [a - b for a, b in zip(*both, strict=True)]


def test_the_circle_of_basri_and_others():
    with precision(80):
        even = [arb(k * k + 1) / (arb.pi() * (k * k - 1)) ** 2 for k in range(0, 9, 2)]
        found = first_layer(Dense())
        assert all(a.overlaps(b) for a, b in zip(found[::2], even, strict=True))
        assert found[1].overlaps(arb(1) / 8)
        assert found[3:9:2] == [0, 0, 0]
        root = sympy.sqrt(sympy.Rational(1, 2))
        biased = first_layer(Dense(w_std=root, b_std=root, bias_init="zero"))
        for k in (3, 5, 7):
            assert biased[k].overlaps(1 / (2 * (arb.pi() * k) ** 2))


def quadrature(kernel, dimension, k, digits=20):
    """Quadrature by mpmath of the closed form against mpmath's Gegenbauer polynomials."""
    closed = sympy.lambdify(ntksym.rho, kernel.on_sphere(), "mpmath")
    with mpmath.workdps(digits):
        a = mpmath.mpf(dimension - 2) / 2

        def harmonic(phi):
            if dimension == 2:
                return mpmath.cos(k * phi)
            return mpmath.gegenbauer(k, a, mpmath.cos(phi)) / mpmath.gegenbauer(k, a, 1)

        def integrand(phi, weight):
            return weight(phi) * mpmath.sin(phi) ** (dimension - 2)

        whole = mpmath.quad(lambda p: integrand(p, lambda _: 1), [0, mpmath.pi])
        value = mpmath.quad(
            lambda p: integrand(p, lambda q: closed(mpmath.cos(q)) * harmonic(q)),
            [0, mpmath.pi / 2, mpmath.pi],
        )
        return value / whole


@pytest.mark.parametrize(
    ("kernel", "dimension"),
    [
        (ntksym.ntk("relu", depth=2), 3),
        (ntksym.nngp("relu", depth=3), 2),
        (ntksym.ntk("relu", depth=3, w_std=1.5, b_std=0.5), 10),
        (ntksym.ntk("erf", depth=2, b_std=0.3, bias_init="zero"), 5),
        (ntksym.ntk("leaky_relu", depth=2), 4),
        (ntksym.nngp("step", depth=2), 3),
        (ntksym.ntk("cos", depth=2), 6),
        (ntksym.ntk("gaussian", depth=2), 3),
    ],
    ids=lambda value: getattr(value, "kind", str(value)),
)
def test_quadrature_agrees(kernel, dimension):
    found = ntksym.spectrum(kernel, dimension, (1, 6))
    for k, ball in zip(found.degrees, found, strict=True):
        value = quadrature(kernel, dimension, k)
        with mpmath.workdps(20):
            assert abs(mpmath.mpf(ball.mid().str(22, radius=False)) - value) < 1e-15, k


def test_polygons():
    """A regular N-gon has a circulant Gram matrix: its eigenvalues fold the spectrum."""
    n = 64
    angles = 2 * np.pi * np.arange(n) / n
    circle = np.sqrt(2) * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    for name, aliasing in (("relu", 1e-3), ("erf", 1e-14)):
        kernel = ntksym.ntk(name, depth=3, b_std=0.2)
        folded = np.fft.fft(kernel(circle[:1], circle)[0]).real / n
        spectrum = ntksym.spectrum(kernel, 2, n // 2)
        more = folded[: n // 2] - numbers(spectrum)
        assert more.min() > -1e-14
        assert more.max() < aliasing
        assert more.sum() < float(spectrum.tail.upper()) + 1e-13
        assert np.linalg.eigvalsh(kernel(circle))[-1] == pytest.approx(n * folded.max())


@pytest.mark.parametrize(
    ("kind", "dimension", "depth"),
    [(kind, *at) for kind in (ntksym.ntk, ntksym.nngp) for at in ((2, 3), (3, 2), (10, 3))]
    + [(ntksym.ntk, 1000, 20), (ntksym.nngp, 3, 20)],
)
def test_the_trace(kind, dimension, depth):
    kernel = kind("relu", depth=depth, w_std=1.2, b_std=0.1)
    spectrum = ntksym.spectrum(kernel, dimension, 6)
    x = [1.0] * dimension
    assert spectrum.trace.overlaps(kernel.enclose(x, x, 100))
    assert all(ball > 0 and ball.rel_accuracy_bits() >= 64 for ball in spectrum)
    assert spectrum.tail >= 0
    assert spectrum.tail < spectrum.trace


def test_polynomials_have_no_tail():
    spectrum = ntksym.spectrum(ntksym.ntk("power", depth=2), 7, 5)
    assert spectrum.zeros == (0, 2, 4)
    assert spectrum.tail.contains(0)
    assert float(spectrum.tail.upper()) < 1e-19
    linear = ntksym.spectrum(ntksym.ntk("identity", depth=3), 5, 3)
    assert list(linear)[::2] == [0, 0]
    assert linear[1].overlaps(arb(3) / 5)


@pytest.mark.parametrize("dimension", [2, 3, 8])
def test_odd_degrees_of_two_layers_are_exactly_zero(dimension):
    spectrum = ntksym.spectrum(ntksym.ntk("relu", depth=2), dimension, 12)
    assert spectrum.zeros == (3, 5, 7, 9, 11)
    assert all(spectrum[k].is_exact() and spectrum[k] == 0 for k in spectrum.zeros)
    assert all(spectrum[k] > 0 for k in range(12) if k not in spectrum.zeros)
    assert ntksym.spectrum(ntksym.ntk("relu", depth=3), dimension, 6).zeros == ()
    assert ntksym.spectrum(ntksym.ntk("relu", depth=2, b_std=0.1), dimension, 6).zeros == ()


def test_high_degrees_and_dimensions():
    spectrum = ntksym.spectrum(ntksym.ntk("relu", depth=2), 1000, [0, 1, 100])
    assert [ball.rel_accuracy_bits() >= 64 and ball > 0 for ball in spectrum] == [True] * 3
    assert spectrum.multiplicities[2] == comb(1099, 100) - comb(1097, 98)
    deep = ntksym.spectrum(ntksym.nngp("relu", depth=20), 3, [99, 100])
    assert 0.95 < float(deep[1]) / float(deep[0]) < 1
    high = ntksym.spectrum(ntksym.nngp("relu", depth=3), 3, [200], bits=16)
    assert float(high[0]) == pytest.approx(float(high.decay.constant(200)) * 200**-5.0, rel=0.02)


def test_small_eigenvalues_are_positive():
    spectrum = ntksym.spectrum(ntksym.ntk("gelu", depth=2), 3, [100, 120])
    assert all(0 < ball < 1e-50 and ball.rel_accuracy_bits() >= 64 for ball in spectrum)


def test_balls_of_different_accuracy_overlap():
    kernel = ntksym.ntk("gelu", depth=3, b_std=0.1)
    coarse, fine = (ntksym.spectrum(kernel, 4, 8, digits=n) for n in (10, 40))
    assert all(a.contains(b) for a, b in zip(coarse, fine, strict=True))
    assert all(ball.rel_accuracy_bits() >= 132 for ball in fine)


def test_a_wrong_recurrence_is_noticed(monkeypatch):
    kernel, right = ntksym.ntk("relu", depth=2), Fraction(5, 128)
    assert abs(float(ntksym.spectrum(kernel, 3, [2])[0]) - right) < 1e-15
    honest = integration.polynomials
    monkeypatch.setattr(integration, "polynomials", lambda d, points: honest(d + 1, points))
    assert abs(float(ntksym.spectrum(kernel, 3, [2])[0]) - right) > 1e-3


def test_radius():
    """Homogeneous without bias: the radius only scales; with a bias the mixture changes."""
    plain, biased = (ntksym.ntk("relu", depth=3, b_std=b) for b in (0, 0.5))
    unit, usual = (numbers(ntksym.spectrum(plain, 4, 5, radius=r)) for r in (1, None))
    assert np.allclose(4 * unit, usual, rtol=1e-14)
    unit = ntksym.spectrum(biased, 4, 5, radius=1)
    assert unit.trace.overlaps(biased.enclose([1, 0, 0, 0], [1, 0, 0, 0], 90))
    assert not np.allclose(4 * numbers(unit), numbers(ntksym.spectrum(biased, 4, 5)), rtol=0.01)


def test_it_is_a_sequence():
    spectrum = ntksym.spectrum(ntksym.ntk("relu", depth=2), 3, range(0, 8, 2))
    assert len(spectrum) == 4
    assert spectrum.degrees == (0, 2, 4, 6)
    assert spectrum[1:] == spectrum.eigenvalues[1:]
    assert list(spectrum) == list(spectrum.eigenvalues)
    assert spectrum.multiplicities == (1, 5, 9, 13)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (("relu", 3, 4), TypeError, "kernel: expected a Kernel, got str"),
        ((ntksym.ntk("relu", depth=2), 1, 4), ValueError, "dimension: expected at least 2, got 1"),
        ((ntksym.ntk("relu", depth=2), 2.5, 4), TypeError, "dimension: expected an integer"),
        ((ntksym.ntk("relu", depth=2), 3, 0), ValueError, "degrees: expected at least 1, got 0"),
        ((ntksym.ntk("relu", depth=2), 3, []), ValueError, "degrees: expected at least one"),
        ((ntksym.ntk("relu", depth=2), 3, [-1]), ValueError, "degrees: expected at least 0"),
        (
            (ntksym.ntk("relu", depth=2, w_std=sympy.Symbol("w", positive=True)), 3, 4),
            ValueError,
            "w_std: expected a number",
        ),
    ],
)
def test_bad_input(arguments, error, message):
    with pytest.raises(error, match=message):
        ntksym.spectrum(*arguments)


@pytest.mark.parametrize("radius", [0, -1, "a", sympy.Symbol("r", positive=True)])
def test_bad_radius(radius):
    with pytest.raises((TypeError, ValueError), match="radius: expected a"):
        ntksym.spectrum(ntksym.ntk("relu", depth=2), 3, 4, radius=radius)
