"""The tangent kernel of many layers: deep kernels, and the expansion of the correlation map."""

import numpy as np
import pytest
from flint import arb
from sympy import Rational, S, sqrt

import ntksym
from ntksym import critical, phase
from ntksym.evaluate import precision
from ntksym.language import q
from ntksym.numerics.depth.expansion import expansion
from ntksym.numerics.depth.maps.complete import no_others
from ntksym.numerics.depth.maps.layer import Layer
from ntksym.numerics.depth.maps.moments import Moments

X = np.array([[1.0, 0.5], [-0.3, 1.1]])


def deep(name, depth, w, b):
    """The Gram matrix of two points in doubles."""
    return ntksym.ntk(name, depth=depth, w_std=w, b_std=b)(X)


@pytest.mark.parametrize(("name", "w", "b"), [("erf", 0.7, 0.5), ("relu", 1, 1)])
def test_ordered_kernels_become_constant(name, w, b):
    end = phase(name, w, b).limit
    assert end.growth == "constant"
    assert end.ratio == 1
    gram = deep(name, 200, w, b)
    assert np.allclose(gram, float(end.diagonal), rtol=1e-12)
    assert np.allclose(gram, float(end.off_diagonal), rtol=1e-12)


def test_two_hundred_layers_between_balls():
    end, kernel = phase("erf", 0.7, 0.5).limit, ntksym.ntk("erf", depth=200, w_std=0.7, b_std=0.5)
    ball = kernel.enclose(*X.tolist(), bits=64)
    assert abs(float((ball - end.off_diagonal).mid())) < 1e-14


@pytest.mark.parametrize(
    ("name", "b", "ratio"), [("relu", 0, Rational(1, 4)), ("erf", 0.3, Rational(1, 3))]
)
def test_critical_kernels_grow_with_the_depth(name, b, ratio):
    w = critical(name, b)
    end = phase(name, w, b).limit
    assert end.growth == "linear"
    assert end.ratio == ratio
    w = float(w)
    gaps = []
    for depth in (250, 1000):
        gram = deep(name, depth, w, b)
        gaps.append(abs(gram[0, 1] / np.sqrt(gram[0, 0] * gram[1, 1]) - float(ratio)))
    assert gaps[1] < gaps[0] / 2  # log L / L
    assert gaps[1] < 0.02
    if name == "erf":
        assert gram[0, 0] / 1000 == pytest.approx(float(end.diagonal), rel=0.01)
    else:
        assert gram[0, 0] / 1000 == pytest.approx(w**2 * X[0] @ X[0] / 2, rel=1e-9)


def test_chaotic_kernels_are_isolated():
    found = phase("erf", 2, 0.1)
    end, chi = found.limit, float(found.chi)
    assert (end.growth, end.ratio) == ("exponential", 0)
    gram = deep("erf", 80, 2, 0.1)
    assert gram[0, 1] == pytest.approx(float(end.off_diagonal), rel=1e-3)
    growths = [deep("erf", k, 2, 0.1)[0, 0] for k in (80, 81)]
    assert growths[1] / growths[0] == pytest.approx(chi, rel=1e-10)
    assert gram[0, 1] / gram[0, 0] < 1e-12


def test_a_kernel_at_its_fixed_point_grows_exactly_so():
    """Θ(x, x) = q* (χ^L - 1)/(χ - 1) where the input has the variance q*."""
    found = phase("erf", 2, 0.1)
    q, chi = float(found.variance.value), float(found.chi)
    x = np.array([[np.sqrt((q - 0.01) / 4)]])
    (value,) = ntksym.ntk("erf", depth=12, w_std=2, b_std=0.1).diag(x)
    assert value == pytest.approx(q * (chi**12 - 1) / (chi - 1), rel=1e-9)
    assert float(found.limit.diagonal) == pytest.approx(q / (chi - 1), rel=1e-12)


@pytest.mark.parametrize("name", ["relu", "abs", "hard_tanh", "erf", "gelu", "tanh"])
def test_the_expansion_at_1_is_that_of_the_dual(name):
    """(χ ε - (1 - C(1-ε))) / ε^ν as ε falls, from Σ at q and at q (1-ε)."""
    q = Rational(3, 4)
    bits = 200
    with precision(bits):
        found = expansion(ntksym.activation(name), S.One, arb(3) / 4, 100)
        pair, errors = ntksym.dual(name), []
        for power in (8, 12):
            rho = 1 - Rational(1, 2**power)
            sigma, _ = pair.enclose(*(str(v) for v in (q, q, q * rho)), bits=90)
            whole, slope = pair.enclose(*(str(q),) * 3, bits=90)
            gap = arb(2) ** -power
            rest = (slope * gap - (whole - sigma) * 4 / 3) * arb(2) ** (power * arb(1) * 3 / 2)
            if found.exponent == 2:
                rest *= arb(2) ** (arb(power) / 2)
            errors.append(abs(float((rest / found.coefficient - 1).mid())))
    assert errors[1] < 0.02
    assert errors[1] < errors[0] / 3
    assert found.exponent == (Rational(3, 2) if name in ("relu", "abs", "hard_tanh") else 2)


def test_what_relu_is_known_for():
    found = phase("relu", sqrt(2))
    assert found.expansion.exponent == Rational(3, 2)
    assert (found.expansion.coefficient**2 - Rational(8, 9) / S.Pi**2).simplify() == 0


def test_no_limit_where_inputs_decide():
    assert phase("identity").limit is None  # ρ never moves
    assert phase("tanh").limit is None  # q* = 0: ρ freezes before it is 1
    assert phase("relu", 2).limit is None
    assert phase("tanh").regime == "critical"


def test_bias_free_order_ends_at_zero():
    for name in ("tanh", "relu"):
        end = phase(name, Rational(1, 2)).limit
        assert end.diagonal == 0
        assert end.ratio is None


@pytest.mark.parametrize(
    ("name", "w", "growth"),
    [("erf", 2, "exponential"), ("erf", 0.7, "constant"), ("relu", sqrt(2), "linear")],
)
def test_a_bias_from_zero_is_in_the_tangent_kernel_alone(name, w, growth):
    """Against the kernel of 150 layers, from inputs of the variance that is settled, if any."""
    depth, found = 150, phase(name, w, Rational(1, 2), bias_init="zero")
    assert found.limit.growth == growth
    settled = float(found.variance.value) if growth == "exponential" else 1.0
    x, y = np.sqrt(2 * settled / float(w) ** 2) * np.array([[1.0, 0.0], [0.6, 0.8]])
    kernel = ntksym.ntk(name, depth=depth, w_std=w, b_std=0.5, bias_init="zero")
    on, off = (float(kernel.evaluate(x, other, 20)) for other in (x, y))
    if growth == "linear":
        assert on / depth == pytest.approx(float(found.limit.diagonal.subs(q, 1)))
        return
    scale = float(found.chi) ** depth if growth == "exponential" else 1
    assert on / scale == pytest.approx(float(found.limit.diagonal), rel=1e-6)
    assert off == pytest.approx(float(found.limit.off_diagonal), rel=1e-6)


@pytest.mark.parametrize(("name", "w", "b"), [("erf", 2, 0.1), ("cos", 1, 0.3), ("relu", 1, 1)])
def test_that_no_fixed_point_was_missed_is_proved(name, w, b):
    assert ntksym.phase(name, w, b).complete


def test_a_missed_fixed_point_is_not_proved_away():
    """Of exp two, of which the proof is told the first; and of a range with a root at its end."""
    moments = Moments(ntksym.activation("exp"))
    layer = Layer(moments, Rational(9, 100), Rational(1, 100), 60)
    first, second = (point for point, _ in layer.fixed_points((1e-3, 10)))
    assert no_others(layer, (first, second), (1e-3, 10))
    assert not no_others(layer, (first,), (1e-3, 10))
    assert not no_others(layer, (), (1e-3, 10))
    tanh = Layer(Moments(ntksym.activation("tanh")), S.One, S.One, 60)
    assert not no_others(tanh, (), (1e-3, 10))
