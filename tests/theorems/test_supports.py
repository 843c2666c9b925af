"""Which degrees a kernel has, against its power series."""

import pytest
import sympy

import ntksym
from ntksym.theorems.activations import Shape
from ntksym.theorems.series.hermite import Variance, hermite_support
from ntksym.theorems.series.layers import supports
from ntksym.theorems.series.supports import Support

MANY, NO, ONE = None, frozenset(), frozenset({1})


def of(network, tangent):
    shapes = {a: Shape(a) for a in network.activations}
    return supports(network, tangent, shapes, Variance(lambda: sympy.S.One))[0]


@pytest.mark.parametrize(
    ("name", "even", "odd"),
    [
        ("relu", MANY, ONE), ("leaky_relu", MANY, ONE), ("gelu", MANY, ONE), ("abs", MANY, NO),
        ("rectified_power", {0, 2}, MANY), ("step", {0}, MANY), ("sign", NO, MANY),
        ("erf", NO, MANY), ("normal_cdf", {0}, MANY), ("sigmoid", {0}, MANY), ("tanh", NO, MANY),
        ("silu", MANY, ONE), ("softplus", MANY, ONE), ("cos", MANY, NO), ("exp", MANY, MANY),
        ("power", NO, {1, 3}), ("hermite", NO, {3}), ("identity", NO, ONE), ("elu", MANY, MANY),
        ("shifted_relu", MANY, MANY),
    ],
)  # fmt: skip
def test_of_activations(name, even, odd):
    one = Variance(lambda: sympy.S.One)
    assert hermite_support(Shape(ntksym.activation(name)), one) == Support(even, odd)


@pytest.mark.parametrize("text", ["1 + z**2", "z + z**3", "z**2", "1 + z", "z**4 - z"])
@pytest.mark.parametrize("bias", [0, 1])
@pytest.mark.parametrize("kind", [ntksym.ntk, ntksym.nngp])
def test_of_kernels_of_polynomials(text, bias, kind):
    network = ntksym.mlp(ntksym.activation(text), 3, b_std=bias)
    poly = sympy.Poly(kind(network).on_sphere(), ntksym.rho)
    degrees = {n for (n,) in poly.monoms()}
    found = of(network, kind is ntksym.ntk)
    assert found.degrees == degrees
    highest = [max((n for n in degrees if n % 2 == p), default=-1) for p in (0, 1)]
    assert all(found.reaches(k) == (k <= highest[k % 2]) for k in range(30))


@pytest.mark.parametrize(
    ("name", "depth", "bias", "expected"),
    [
        ("relu", 2, 0, Support(MANY, ONE)), ("relu", 3, 0, Support(MANY, MANY)),
        ("relu", 2, 1, Support(MANY, MANY)), ("erf", 5, 0, Support(NO, MANY)),
        ("cos", 3, 0, Support(MANY, NO)), ("sigmoid", 2, 0, Support(frozenset({0}), MANY)),
        ("sigmoid", 3, 0, Support(MANY, MANY)),
    ],
)  # fmt: skip
def test_of_networks(name, depth, bias, expected):
    assert of(ntksym.mlp(name, depth, b_std=bias), tangent=False) == expected
