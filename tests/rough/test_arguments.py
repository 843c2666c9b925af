"""Any value for any argument: an answer, or an error of the standard kind that names it."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import ntksym
from ntksym.arguments import choice, integer, number, shown
from tests.rough.hostile import CALLS, FIXED, KERNEL, VALUES, X

SPOKEN = {
    "activation_": "activation",
    "network": "network|layers",
    "definition": "definition|expr",
    "alpha": "alpha|expr",
}
"""What an error calls an argument, where that is not its name."""
BESIDE = {("matmul", "Y"): "V", ("kernel sum", "points"): "coefficients"}
"""An error may be about how many of another there are."""


def outcome(name: str, argument: str, value: Any) -> Exception | None:
    """The error, which names the argument; ``None`` where there was an answer."""
    call, good = CALLS[name]
    try:
        call(**{**good, **FIXED.get(name, {}), argument: value})
    except (ValueError, TypeError) as error:
        found = error
    else:
        return None
    said = "|".join((SPOKEN.get(argument, argument), BESIDE.get((name, argument), "text:")))
    assert re.search(rf"\b({said})", str(found)), f"{type(found).__name__}: {found}"
    assert len(str(found)) < 2000
    return found


@pytest.mark.parametrize("name", CALLS)
def test_an_error_names_its_argument(name: str) -> None:
    for argument in CALLS[name][1]:
        kinds = {outcome(name, argument, value) is None for value in VALUES.values()}
        assert False in kinds, f"{argument}: nothing was refused"


LAYOUTS = "big-endian", "read-only", "strided", "Fortran", "subclass", "long double", "object array"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_change_nothing(layout: str) -> None:
    points = VALUES[layout]
    if layout == "object array":
        with pytest.raises(TypeError, match="X: expected real numbers"):
            KERNEL(points)
        return
    plain = np.array(points, dtype=np.float64, order="C", subok=False)
    assert np.array_equal(KERNEL(points), KERNEL(plain))
    assert type(KERNEL(points)) is np.ndarray


def test_a_mask_is_not_passed_over() -> None:
    for call in (KERNEL, KERNEL.diag):
        with pytest.raises(ValueError, match="X: expected an array without masked entries"):
            call(VALUES["masked"])
    with pytest.raises(ValueError, match="x: expected an array without masked entries"):
        KERNEL.evaluate(VALUES["masked"][0], X[1])
    unmasked = np.ma.masked_array(X, mask=False)
    assert np.array_equal(KERNEL(unmasked), KERNEL(X))


anything = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.complex_numbers(), st.text(),
    st.binary(), st.decimals(), st.fractions(), st.lists(st.floats() | st.text(), max_size=4),
    arrays.arrays(
        dtype=arrays.scalar_dtypes(), shape=arrays.array_shapes(min_dims=0, max_side=4)
    ),
)  # fmt: skip
NUMBERS = [
    (name, argument)
    for name, argument in [
        ("kernel", "X"), ("kernel", "Y"), ("kernel", "dtype"), ("diag", "X"), ("matmul", "V"),
        ("Dense", "w_std"), ("Dense", "bias_init"), ("evaluate", "x"), ("enclose", "y"),
        ("dual", "q1"), ("regression", "ridge"), ("regression", "y"), ("flow", "times"),
        ("on_sphere", "rho"), ("finite network", "X"), ("kernel sum", "coefficients"),
    ]
]  # fmt: skip


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value", "ignore:divide by zero")
@given(st.sampled_from(NUMBERS), anything)
def test_any_value_for_any_argument(place: tuple[str, str], value: Any) -> None:
    outcome(*place, value)


@pytest.mark.parametrize("value", [True, 2.5, "3", None, int, np.array([3]), [3]])
def test_integers(value: Any) -> None:
    with pytest.raises(TypeError, match=r"n: expected an integer, got "):
        integer("n", value)
    assert integer("n", np.int8(3)) == 3
    for outside in (0, 10, 10**5000):
        with pytest.raises(ValueError, match=r"n: expected at (least 1|most 9), got"):
            integer("n", outside, 1, 9)


def test_numbers_and_words() -> None:
    assert number("x", np.float32(0.5)) == 0.5
    for bad in ("1", b"1", True, 1j, None, [1]):
        with pytest.raises(TypeError, match="x: expected a number, got"):
            number("x", bad)
    for bad in (-1, np.nan, np.inf, 10**400):
        with pytest.raises(ValueError, match="x: expected a finite number of at least 0, got"):
            number("x", bad)
    with pytest.raises(ValueError, match="above 0"):
        number("x", 0, positive=True)
    with pytest.raises(ValueError, match="k: expected 'a', 'b' or 'c', got 'd'"):
        choice("k", "d", ("a", "b", "c"))
    with pytest.raises(TypeError, match="k: expected 'a' or 'b', got array"):
        choice("k", np.array(["a"]), ("a", "b"))


def test_a_value_that_cannot_be_shown() -> None:
    class Mute:
        def __repr__(self) -> str:
            raise RuntimeError

    assert shown(Mute()) == "a value of type Mute"
    assert len(shown("x" * 1000)) == 60


def test_a_network_too_deep_to_hold_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="depth: expected at most 100000"):
        ntksym.mlp("relu", 10**12)
