"""The derived decay against computed eigenvalues of high degree."""

from fractions import Fraction

import pytest
from flint import arb

import ntksym
from ntksym.networks import Dense, Elementwise, Residual, serial
from ntksym.numerics.sphere.decay.ends import Term, leading

BLOCK = Residual(Elementwise("relu"), Dense())
DEEP = serial(Dense(), BLOCK, BLOCK, Elementwise("relu"), Dense(b_std=0.1))


@pytest.mark.parametrize(
    ("kernel", "dimension", "exponent"),
    [
        (ntksym.ntk("relu", depth=3), 3, 3),
        (ntksym.nngp("relu", depth=3), 3, 5),
        (ntksym.ntk("relu", depth=3, b_std=0.1), 6, 6),
        (ntksym.ntk("leaky_relu", depth=2), 2, 2),
        (ntksym.ntk("rectified_power", depth=3), 3, 5),
        (ntksym.nngp("step", depth=2, b_std=0.2), 3, 3),
        (ntksym.nngp("step", depth=3), 4, Fraction(7, 2)),
        (ntksym.ntk(serial(Dense(), BLOCK)), 3, 3),
        (ntksym.ntk(DEEP), 4, 4),
        (ntksym.nngp(DEEP), 3, 5),
    ],
)
def test_the_computed_tail_follows(kernel, dimension, exponent):
    """The ratio to the prediction tends to 1 with an error of C/k, which two degrees remove.

    The farther end adds terms of one sign to even and of the other to odd degrees: their mean.
    """
    spectrum = ntksym.spectrum(kernel, dimension, [40, 41, 80, 81], bits=20)
    decay = spectrum.decay
    assert decay.exponent == exponent
    assert all(decay.constant(k) == 0 for k in spectrum.zeros)
    means = []
    for pair in (slice(0, 2), slice(2, 4)):
        found = [
            float(mu) / float(decay.constant(k)) * k ** float(exponent)
            for k, mu in zip(spectrum.degrees[pair], spectrum[pair], strict=True)
            if k not in spectrum.zeros
        ]
        means.append(sum(found) / len(found))
    assert abs(means[1] - 1) < abs(means[0] - 1)
    assert abs(2 * means[1] - means[0] - 1) < 0.03


def test_two_layers_without_bias_have_no_odd_tail():
    decay = ntksym.spectrum(ntksym.ntk("relu", depth=2), 5, 2).decay
    assert decay.odd == 0
    assert decay.even > 0


@pytest.mark.parametrize("name", ["gelu", "erf", "cos", "exp", "identity"])
def test_analytic_activations_decay_faster_than_any_power(name):
    decay = ntksym.spectrum(ntksym.ntk(name, depth=2), 3, 1, bits=8).decay
    assert decay.exponent is None


@pytest.mark.parametrize("name", ["tanh", "softplus"])
def test_without_a_closed_form_too(name):
    assert ntksym.spectrum(ntksym.ntk(name, depth=3), 9, 2, digits=5).decay.exponent is None


def test_terms_that_cancel_are_no_decay():
    with pytest.raises(ArithmeticError, match="may cancel"):
        leading(Term(arb(1), Fraction(3, 2)), Term(arb(-1), Fraction(3, 2)))
