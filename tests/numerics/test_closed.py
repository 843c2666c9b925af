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


@pytest.mark.parametrize("kernel", [ntksym.ntk("erf", depth=2), ntksym.ntk("relu", depth=3)])
def test_others_are_refused(kernel):
    with pytest.raises(ValueError, match="a closed form of μ_k is derived where"):
        ntksym.spectrum(kernel, 3, 1).exact(0)
