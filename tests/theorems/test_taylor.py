"""R^d without a Gaussian bias in the first layer: proofs by the powers of σ at 0."""

from fractions import Fraction

import pytest

import ntksym
from ntksym import Verdict
from ntksym.theorems import positive_definite
from ntksym.theorems.activations import Shape
from ntksym.theorems.taylor import all_powers
from tests.theorems.support import gram, smallest

ZERO = {"b_std": 0.5, "bias_init": "zero"}
LINE = [(Fraction(k, 2), Fraction(-k, 2)) for k in (1, -1, 2, -2)]
WITH_ORIGIN = [*LINE, (Fraction(0), Fraction(0))]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("exp", True), ("mish", True), ("elu", False), ("relu", False), ("erf", False),
        ("silu", False), ("shifted_relu", False), ("sigmoid", False),
    ],
)  # fmt: skip
def test_which_have_all_powers_at_zero(name: str, expected: bool) -> None:
    assert all_powers(Shape(ntksym.activation(name))) is expected


@pytest.mark.parametrize(
    ("kernel", "expected"),
    [
        (ntksym.ntk("exp", depth=2), Verdict.PROVED),
        (ntksym.nngp("exp", depth=3), Verdict.PROVED),
        (ntksym.ntk("exp", depth=2, **ZERO), Verdict.PROVED),
        (ntksym.ntk("mish", depth=3, **ZERO), Verdict.PROVED),
        (ntksym.nngp("mish", depth=2, **ZERO), Verdict.UNKNOWN),
        (ntksym.ntk("mish", depth=2), Verdict.REFUTED),
        (ntksym.ntk("elu", depth=2, **ZERO), Verdict.UNKNOWN),
    ],
)
def test_decisions_on_all_of_space(kernel, expected: Verdict) -> None:
    assert positive_definite(kernel, 2, "R^d").verdict is expected


def test_the_proof_is_printed_and_verified() -> None:
    certificate = positive_definite(ntksym.ntk("exp", depth=2), 2, "R^d")
    assert "infinitely many even" in str(certificate)
    assert certificate.verify()


def test_gram_matrices_on_a_line_through_the_origin() -> None:
    """Four multiples of one point and the origin: exp, and ReLU, whose rank there is 2."""
    assert smallest(gram(ntksym.ntk("exp", depth=2), WITH_ORIGIN)) > 0
    assert smallest(gram(ntksym.ntk("relu", depth=2), LINE)).contains(0)
