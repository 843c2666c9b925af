"""R^d without a random bias in the first layer: what σ makes of points on one line."""

from dataclasses import replace
from fractions import Fraction

import pytest
from sympy import S, sqrt

import ntksym
from ntksym import Verdict, positive_definite
from ntksym.networks import Dense, Elementwise, serial
from ntksym.theorems.activations import Shape, Undecided
from ntksym.theorems.case import case
from ntksym.theorems.space import independence, origin
from ntksym.theorems.witnesses import identity
from ntksym.theorems.witnesses.evidence import form_vanishes
from ntksym.theorems.witnesses.multiples import at_multiples
from ntksym.theorems.witnesses.witness import mirrored_ray
from tests.theorems.support import gram, smallest

ZERO = {"b_std": 0.5, "bias_init": "zero"}
LINE = [(Fraction(k, 2), Fraction(-k, 2)) for k in (1, -1, 2, -2, 3)]
WITH_ORIGIN = [*LINE, (Fraction(0), Fraction(0))]
SILU = positive_definite(ntksym.nngp("silu", depth=2), 1, "R^d")


@pytest.mark.parametrize(
    ("text", "even", "odd"),
    [
        ("exp(z)", None, None), ("elu", None, None), ("silu", None, {1}), ("sigmoid", {0}, None),
        ("relu", {1}, {1}), ("Max(0, z) + Max(0, z)**2", {1, 2}, {1, 2}), ("erf", set(), None),
        ("shifted_relu", None, None), ("hard_sigmoid", {0}, None), ("hard_tanh", set(), None),
        ("step", {0}, {0}), ("softsign", set(), None), ("abs", {1}, set()),
    ],
)  # fmt: skip
def test_which_dilates_are_dependent(text: str, even: set | None, odd: set | None) -> None:
    found = Shape(ntksym.activation(text)).dilates
    assert [part.powers for part in found] == [even, odd]


def test_a_knot_is_one_where_the_formula_changes() -> None:
    """Max(z, z - 1) = z and Max(0, z - 1) + z: the first has no knot at all."""
    (_, odd) = Shape(ntksym.activation("Min(2*z, 2*z + 1) - z")).dilates
    assert odd.powers == {1}
    (even, odd) = Shape(ntksym.activation("Max(0, z - 1) + z")).dilates
    assert (even.knot, odd.knot) == (S.One, S.One)
    with pytest.raises(Undecided):
        _ = Shape(ntksym.Activation("root", sqrt(abs(ntksym.z)))).dilates


ALWAYS = ("exp",)
FROM_THREE = ("normal_cdf", "hard_sigmoid")
AT_THE_ORIGIN = ("erf", "elu", "shifted_relu", "silu", "hard_tanh")
HOMOGENEOUS = ("relu", "leaky_relu", "abs", "rectified_power")


@pytest.mark.parametrize("name", [*ALWAYS, *FROM_THREE, *AT_THE_ORIGIN, *HOMOGENEOUS])
def test_the_table_of_all_of_space(name: str) -> None:
    """Without bias; and with one that starts at 0, which Σ does not see."""
    depths = 2 if name in ALWAYS else 3 if name in FROM_THREE else 99
    for kind, bias in ((ntksym.ntk, {}), (ntksym.nngp, {}), (ntksym.nngp, ZERO)):
        for depth in (2, 3, 4):
            found = positive_definite(kind(name, depth=depth, **bias), 2, "R^d").verdict
            assert found is (Verdict.PROVED if depth >= depths else Verdict.REFUTED), (kind, depth)
    trained = positive_definite(ntksym.ntk(name, depth=3, **ZERO), 2, "R^d").verdict
    assert trained is (Verdict.REFUTED if name in HOMOGENEOUS else Verdict.PROVED)


def network(first: str, second: str, **dense) -> ntksym.Network:
    return serial(Dense(), Elementwise(first), Dense(**dense), Elementwise(second), Dense())


@pytest.mark.parametrize(
    ("kernel", "expected"),
    [
        (ntksym.ntk("erf", depth=3, **ZERO), True),
        (ntksym.ntk("erf", depth=3), False),
        (ntksym.nngp("normal_cdf", depth=3), True),
        (ntksym.nngp("normal_cdf", depth=2), False),
        (ntksym.nngp("exp", depth=2), True),
        (ntksym.nngp(network("relu", "relu", b_std=1)), True),
        (ntksym.nngp(network("cos", "relu", b_std=1)), False),
        (ntksym.nngp(network("relu", "relu")), False),
        (ntksym.ntk("relu", depth=3, **ZERO), False),
    ],
)
def test_gram_matrices_on_a_line_through_the_origin(kernel, expected: bool) -> None:
    """Five multiples of one point, and the origin, in balls: the decision and its hypotheses."""
    certificate = positive_definite(kernel, 2, "R^d")
    assert certificate.verdict is (Verdict.PROVED if expected else Verdict.REFUTED)
    ball = smallest(gram(kernel, WITH_ORIGIN if expected else LINE))
    assert bool(ball > 0) is expected
    assert ball.contains(0) is not expected


def test_what_has_no_proof_has_none() -> None:
    """Each way asks for what the counterexamples above lack."""
    for kernel in (
        ntksym.ntk("erf", depth=3), ntksym.nngp("erf", depth=3, **ZERO),
        ntksym.nngp("normal_cdf", depth=2), ntksym.ntk("relu", depth=3, **ZERO),
        ntksym.nngp(network("cos", "relu", b_std=1)), ntksym.nngp(network("relu", "erf")),
        ntksym.nngp(network("erf", "identity")), ntksym.ntk("power", depth=3, **ZERO),
    ):  # fmt: skip
        assert independence.proof(case(kernel, 2, "R^d", 1)) is None


@pytest.mark.parametrize(
    ("kernel", "expected"),
    [
        (ntksym.nngp("erf", depth=3, **ZERO), False), (ntksym.ntk("erf", depth=3, **ZERO), True),
        (ntksym.nngp("cos", depth=2), True), (ntksym.nngp("erf", depth=2, b_std=1), True),
        (ntksym.nngp(network("erf", "cos")), True), (ntksym.ntk("relu", depth=4), False),
        (ntksym.ntk(serial(Dense(b_std=1), Elementwise("erf"), Dense())), True),
    ],
)  # fmt: skip
def test_the_kernel_at_the_origin(kernel, expected: bool) -> None:
    """Against its value."""
    assert origin.positive(case(kernel, 2, "R^d", 1)) is expected
    assert bool(kernel.enclose([0, 0], [0, 0], 60) > 0) is expected


def test_a_mirrored_ray_is_a_witness_and_a_changed_one_is_none() -> None:
    witness = SILU.witness
    assert witness.weights == (-2, 2, 1, -1)
    assert SILU.verify()
    question = case(SILU.kernel, 1, "R^d", 1)
    assert identity.holds(question, None, witness)
    for weights in ((-2, 2, 1, 1), (-2, -2, 1, 1), (-1, 1, 1, -1), (0, 0, 0, 0)):
        changed = replace(witness, weights=tuple(map(S, weights)))
        assert not identity.holds(question, None, changed)
    shifted = tuple((x + 3,) for (x,) in witness.points)
    assert not identity.holds(question, None, replace(witness, points=shifted))


def test_a_trained_bias_asks_for_more_powers() -> None:
    """Of relu + relu²: 1 and 2, and the 0 and 1 of its slope."""
    kernel = ntksym.ntk("Max(0, z) + Max(0, z)**2", depth=2, **ZERO)
    certificate = positive_definite(kernel, 1, "R^d")
    assert certificate.verify()
    assert not form_vanishes(kernel, mirrored_ray({1, 2}, -1, 1))


@pytest.mark.parametrize(
    "kernel",
    [ntksym.ntk("erf", depth=2, w_std=2, **ZERO), ntksym.nngp("relu", depth=2)],
)
def test_kernels_at_multiples(kernel) -> None:
    """By one integral, against the closed form."""
    for s, t in ((1, 2), (-1, 3), (-2, -2)):
        ball = at_multiples(kernel, S(s), S(t), S(1) / 2)
        assert ball.rad() < 1e-12
        assert ball.overlaps(kernel.enclose([s, 0], [t, 0], 60))


def test_the_proof_is_printed_and_verified() -> None:
    certificate = positive_definite(ntksym.ntk("erf", depth=3, **ZERO), 2, "R^d")
    told = str(certificate)
    assert all(text in told for text in ("odd part of erf", "first bias is trained", "Θ(0,0)>0"))
    assert certificate.verify()
    assert not replace(certificate, reason="I say so").verify()
