"""Which degrees a kernel has, against its power series."""

from math import inf

import pytest
import sympy

import ntksym
from ntksym.networks.supports import Support, hermite_support, support


@pytest.mark.parametrize(
    ("name", "even", "odd"),
    [
        ("relu", inf, 1), ("leaky_relu", inf, 1), ("gelu", inf, 1), ("abs", inf, -inf),
        ("rectified_power", 2, inf), ("step", 0, inf), ("sign", -inf, inf), ("erf", -inf, inf),
        ("normal_cdf", 0, inf), ("sigmoid", 0, inf), ("tanh", -inf, inf), ("silu", inf, 1),
        ("cos", inf, -inf), ("exp", inf, inf), ("power", -inf, 3), ("hermite", -inf, 3),
        ("identity", -inf, 1), ("elu", inf, inf), ("shifted_relu", inf, inf),
    ],
)  # fmt: skip
def test_of_activations(name, even, odd):
    assert hermite_support(ntksym.activation(name).expr) == Support(even, odd)


@pytest.mark.parametrize("text", ["1 + z**2", "z + z**3", "z**2", "1 + z", "z**4 - z"])
@pytest.mark.parametrize("bias", [0, 1])
@pytest.mark.parametrize("kind", [ntksym.ntk, ntksym.nngp])
def test_of_kernels_of_polynomials(text, bias, kind):
    network = ntksym.mlp(ntksym.activation(text), 3, b_std=bias)
    poly = sympy.Poly(kind(network).on_sphere(), ntksym.rho)
    degrees = [n for (n,) in poly.monoms()]
    even, odd = (max([n for n in degrees if n % 2 == p], default=-inf) for p in (0, 1))
    assert support(network, kind is ntksym.ntk) == Support(even, odd)


@pytest.mark.parametrize(
    ("name", "depth", "bias", "expected"),
    [
        ("relu", 2, 0, Support(inf, 1)), ("relu", 3, 0, Support(inf, inf)),
        ("relu", 2, 1, Support(inf, inf)), ("erf", 5, 0, Support(-inf, inf)),
        ("cos", 3, 0, Support(inf, -inf)), ("sigmoid", 2, 0, Support(0, inf)),
        ("sigmoid", 3, 0, Support(inf, inf)),
    ],
)  # fmt: skip
def test_of_networks(name, depth, bias, expected):
    assert support(ntksym.mlp(name, depth, b_std=bias), tangent=False) == expected
