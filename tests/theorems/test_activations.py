"""Which parts of a function are polynomials, decided exactly; and how smooth it is."""

import pytest
from sympy import Symbol

import ntksym
from ntksym import Verdict, positive_definite
from ntksym.theorems.activations import Shape, Undecided

PARTS = [
    ("Abs(z)", None, "0"), ("sign(z)", "0", None), ("Heaviside(z)", "1/2", None),
    ("z*Abs(z)", "0", None), ("sqrt(1 + z**2) + z", None, "z"), ("log(cosh(z))", None, "0"),
    ("erf(z)*tanh(z)", None, "0"), ("z/sqrt(1 + z**2)", "0", None), ("sinh(z)", "0", None),
    ("log(1 + exp(z)) + z**3 - 3*z", None, "z**3 - 5*z/2"), ("exp(z) + exp(sqrt(2)*z)", None, None),
    ("sin(z)**2 + cos(z)**2 + z", "1", "z"), ("cosh(z)**2 - sinh(z)**2", "1", "0"),
    ("Max(z, -z) - Abs(z) + z**2", "z**2", "0"),
    ("(exp(2*z) - 1)/(exp(z) + 1) + 1 - exp(z)", "0", "0"),
    ("Max(0, z - 1) - Max(0, -z - 1)", "0", None), ("z*erf(z)**2", "0", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "even", "odd"), PARTS)
def test_the_parts(text: str, even: str | None, odd: str | None) -> None:
    found = Shape(ntksym.activation(text)).parts
    for part, expected in zip(found, (even, odd), strict=True):
        if expected is None:
            assert part is None
        else:
            wanted = ntksym.activation(f"{expected} + 0*z").expr
            assert part is not None
            assert (part.as_expr() - wanted).expand() == 0


def test_what_is_not_known_is_said() -> None:
    slope = ntksym.activation("leaky_relu", alpha=Symbol("alpha", positive=True))
    with pytest.raises(Undecided, match=r"whether .*alpha.* is zero is not known"):
        _ = Shape(slope).parts
    with pytest.raises(Undecided, match="is bounded on"):
        _ = Shape(ntksym.activation("sin(z**2)")).lipschitz


@pytest.mark.parametrize("name", ["relu", "leaky_relu", "gelu", "sigmoid", "hard_sigmoid"])
def test_the_covariance_too_needs_three_layers(name: str) -> None:
    """Without the tangent kernel's second way to mix parities."""
    found = [positive_definite(ntksym.nngp(name, depth=depth), 3).verdict for depth in (2, 3)]
    assert found == [Verdict.REFUTED, Verdict.PROVED]


@pytest.mark.parametrize(
    ("text", "lipschitz", "smooth"),
    [("relu", True, False), ("z*Abs(z)", False, False), ("sqrt(1 + z**2)", True, True),
     ("log(cosh(z))", True, True), ("sign", False, False)],
)  # fmt: skip
def test_lipschitz_and_smooth(text: str, lipschitz: bool, smooth: bool) -> None:
    shape = Shape(ntksym.activation(text))
    assert (shape.lipschitz, shape.smooth) == (lipschitz, smooth)
