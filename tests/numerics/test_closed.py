"""Closed forms of eigenvalues against their balls."""

import pytest
import sympy
from flint import arb

import ntksym
from ntksym.evaluate import Balls, precision, record


def ball(expr):
    return record([expr], [], Balls())()[0]


@pytest.mark.parametrize(
    "kernel",
    [
        ntksym.ntk("relu", depth=2),
        ntksym.nngp("relu", depth=2, w_std=2),
        ntksym.ntk("relu", depth=2, b_std=1, bias_init="zero"),
        ntksym.ntk("leaky_relu", depth=2),
        ntksym.ntk("rectified_power", depth=2),
        ntksym.ntk("power", depth=2),
        ntksym.nngp("abs", depth=2),
    ],
)
@pytest.mark.parametrize("dimension", [2, 5])
def test_they_lie_in_the_balls(kernel, dimension):
    spectrum = ntksym.spectrum(kernel, dimension, 5, radius=sympy.sqrt(2))
    with precision(128):
        for k in spectrum.degrees:
            exact = spectrum.exact(k)
            assert spectrum[k].overlaps(ball(exact)), k
            assert (exact == 0) == (k in spectrum.zeros)


def test_known_values():
    three = ntksym.spectrum(ntksym.ntk("relu", depth=2), 3, 1)
    found = [three.exact(k) for k in range(6)]
    assert found[1:4] == [sympy.Rational(1, 6), sympy.Rational(5, 128), 0]
    assert found[5] == 0
    with precision(64):
        assert three[0].overlaps(arb(1) / 4)


@pytest.mark.parametrize(
    ("kernel", "dimension", "degrees"),
    [
        (ntksym.ntk("erf", depth=2), 2, (0, 1, 2, 7)),
        (ntksym.nngp("erf", depth=2, w_std=2), 10, (1, 25)),
        (ntksym.ntk("erf", depth=2, w_std=0.5, b_std=1, bias_init="zero"), 5, (0, 3)),
        (ntksym.ntk("normal_cdf", depth=2), 3, (0, 5)),
        (ntksym.ntk("gelu", depth=2), 4, (0, 1, 6)),
        (ntksym.ntk("sin", depth=2), 3, (1, 9)),
        (ntksym.ntk("exp", depth=2), 5, (0, 4, 5)),
        (ntksym.nngp("gaussian", depth=2), 3, (0, 6)),
    ],
)
def test_hypergeometric_values_lie_in_the_balls(kernel, dimension, degrees):
    """Summed by mpmath; the balls are integrals over the angle."""
    spectrum = ntksym.spectrum(kernel, dimension, degrees, radius=sympy.sqrt(2))
    for k, mu in zip(degrees, spectrum, strict=True):
        exact = spectrum.exact(k)
        assert (exact == 0) == (k in spectrum.zeros), k
        with precision(128):
            value = arb(str(exact.evalf(40)))
            assert mu.overlaps(value + value * arb(0, 1e-35)), k


def test_two_layers_of_erf_on_the_circle():
    """The arcsine of aρ, a = 2/3: odd degrees alone, by one function of Gauss."""
    spectrum = ntksym.spectrum(ntksym.nngp("erf", depth=2), 2, 4)
    third = sympy.hyper([sympy.S(3) / 2] * 2, [4], sympy.Rational(4, 9)) / (81 * sympy.pi)
    assert spectrum.exact(3) == third
    assert [spectrum.exact(k) for k in (0, 2)] == [0, 0]


@pytest.mark.parametrize(
    "kernel",
    [ntksym.ntk("erf", depth=3), ntksym.ntk("erf", depth=2, b_std=1), ntksym.ntk("relu", depth=3)],
)
def test_others_are_refused(kernel):
    with pytest.raises(ValueError, match="a closed form of μ_k is derived where"):
        ntksym.spectrum(kernel, 3, 1).exact(0)
