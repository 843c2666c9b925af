"""The classification of MATHS.md, section 4, and the values at the hexagon."""

import numpy as np
import pytest
from flint import arb
from sympy import Rational, S, sqrt

import ntksym
from ntksym import Verdict, positive_definite
from ntksym.evaluate import precision
from ntksym.theorems.witnesses.circle import on_circle

LINEAR_AND_EVEN = ("relu", "leaky_relu", "gelu", "silu", "softplus", "snake")
EVEN = ("abs", "cos", "gaussian", "triangle")
ODD = ("erf", "tanh", "sin", "gabor", "hard_tanh", "soft_shrink", "softsign", "arctan")
CONSTANT_AND_ODD = ("sigmoid", "affine_erf", "normal_cdf", "hard_sigmoid")
POWERS = ("rectified_power",)
MIXED = (
    "exp", "elu", "selu", "celu", "mish", "shifted_relu", "relu6", "sinusoid", "rbf",
)  # fmt: skip
POLYNOMIAL = ("identity", "power", "hermite")
JUMPS = ("step", "sign")
FAMILIES = {
    "linear + even": LINEAR_AND_EVEN, "even": EVEN, "odd": ODD, "constant + odd": CONSTANT_AND_ODD,
    "powers": POWERS, "mixed": MIXED, "polynomial": POLYNOMIAL, "jumps": JUMPS,
}  # fmt: skip
AT_TWO = {"mixed"}
AT_THREE = {"mixed", "linear + even", "constant + odd", "powers"}


def verdict(name: str, **network) -> Verdict:
    return positive_definite(ntksym.ntk(name, **network), 3).verdict


def test_every_entry_of_the_catalogue_has_its_family() -> None:
    names = [name for family in FAMILIES.values() for name in family]
    assert sorted(names) == sorted(ntksym.catalogue())


@pytest.mark.parametrize("family", FAMILIES)
def test_the_table(family: str) -> None:
    for name in FAMILIES[family]:
        found = [verdict(name, depth=depth) for depth in (2, 3, 5)]
        if family == "jumps":
            assert set(found) == {Verdict.UNKNOWN}
            continue
        deep = Verdict.PROVED if family in AT_THREE else Verdict.REFUTED
        assert found == [Verdict.PROVED if family in AT_TWO else Verdict.REFUTED, *[deep] * 2], name
        biased = Verdict.REFUTED if family == "polynomial" else Verdict.PROVED
        for bias in ("gaussian", "zero"):
            at = [verdict(name, depth=depth, b_std=0.3, bias_init=bias) for depth in (2, 3)]
            assert at == [biased] * 2, (name, bias)


def eigenvalue(kernel: ntksym.Kernel) -> arb:
    """Of the alternating weights on the hexagon of the unit circle."""
    with precision(256):
        values = [on_circle(kernel, S.Half, Rational(j, 3)) for j in range(6)]
        return sum(((-1) ** j * value for j, value in enumerate(values)), arb(0))


@pytest.mark.parametrize(
    ("depth", "b_std", "expected"),
    [(2, S.Zero, 0.0), (3, S.Zero, 0.6665), (2, sqrt(Rational(1, 10)), 0.1639)],
)
def test_the_hexagon(depth: int, b_std, expected: float) -> None:
    """W = √2, points of length 1 in the plane: x·x/n0 = 1/2."""
    kernel = ntksym.ntk("relu", depth=depth, w_std=sqrt(2), b_std=b_std)
    ball = eigenvalue(kernel)
    assert ball.rad() < 1e-6
    assert abs(float(ball.mid()) - expected) < 1e-4
    t = np.arange(6) * np.pi / 3
    smallest = np.linalg.eigvalsh(kernel(np.c_[np.cos(t), np.sin(t)]))[0]
    assert abs(smallest - float(ball.mid())) < 1e-6
    assert ball.contains(0) == (expected == 0)


def test_the_hexagon_in_exact_coordinates() -> None:
    """Permutations of (1, -1, 0), through ``kernel.enclose``: the same form, from closed forms."""
    points = [(1, -1, 0), (1, 0, -1), (0, 1, -1), (-1, 1, 0), (-1, 0, 1), (0, -1, 1)]
    kernel = ntksym.ntk("relu", depth=2)
    with precision(256):
        row = [kernel.enclose(points[0], p, bits=128) for p in points]
        form = sum(((-1) ** j * value for j, value in enumerate(row)), arb(0))
    assert form.contains(0)
    assert form.rad() < 1e-30


@pytest.mark.parametrize(
    ("name", "network", "witness"),
    [
        ("relu", {"depth": 2}, "regular hexagon"),
        ("normal_cdf", {"depth": 2}, "square"),
        ("erf", {"depth": 4}, "antipodal pair"),
        ("cos", {"depth": 4}, "antipodal pair"),
        ("rectified_power", {"depth": 2}, "regular 8-gon"),
    ],
)
def test_witnesses_verify_and_are_seen_in_doubles(name: str, network, witness: str) -> None:
    kernel = ntksym.ntk(name, **network)
    certificate = positive_definite(kernel, 3)
    assert certificate.witness.name == witness
    assert certificate.verify()
    X = np.array(certificate.witness.points, dtype=float)
    w = np.array(certificate.witness.weights, dtype=float)
    assert np.allclose((X * X).sum(1), 1)
    gram = kernel(X)
    assert abs(w @ gram @ w) < 1e-12 * abs(gram).sum()


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [("leaky_relu", "alpha", "whether"), ("rectified_power", "n", "")],
)
def test_open_parameters_are_unknown(name: str, parameters: str, message: str) -> None:
    from sympy import Symbol

    sigma = ntksym.activation(name, **{parameters: Symbol(parameters, positive=True)})
    certificate = positive_definite(ntksym.ntk(sigma, depth=2), 3)
    assert certificate.verdict is Verdict.UNKNOWN
    assert message in certificate.reason
    assert not certificate.verify()
