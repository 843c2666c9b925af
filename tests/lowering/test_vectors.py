"""The loops over the pairs of a tile are vector instructions, without a call in them."""

import re
from typing import Any

import numpy as np
import pytest

from ntksym.lowering import updates
from ntksym.lowering.code.options import PLANE, SIDE
from ntksym.lowering.machine import Inner
from ntksym.lowering.machine.instructions import LINE
from ntksym.lowering.memory import aligned
from tests import unjitted
from tests.lowering.functions.test_vector import AVX2, LIBM

pytestmark = pytest.mark.skipif(not AVX2, reason="needs a machine with AVX2")

PACKED = re.compile(r"\bv(?:mul|add|sub|sqrt|div|fn?m(?:add|sub)\d+)pd\s[^\n]*%[yz]mm")
IN_LINES = {"f8": PACKED, "f4": re.compile(PACKED.pattern.replace("pd", "ps"))}
CALLED = re.compile(LIBM)
POINTS, AFFINE = np.full(32 * SIDE, 0.5), np.full(3 * SIDE, 0.5)
LAYER = 1.0, 1.0, 0.0, 2


def assembly(function: Any, *arguments: Any) -> str:
    """Of a function compiled anew, for these arguments alone."""
    form = Inner(function.py_func, **function.options).dispatcher
    form(*arguments)
    return "\n".join(form.inspect_asm().values())


@pytest.mark.parametrize("name", ["relu", "erf", "gelu", "sin", "gabor", "rectified_power"])
def test_an_activation_and_its_affine_layer(name: str) -> None:
    tile = unjitted.compiled(name)["tile"]
    text = assembly(tile, np.ones(3 * PLANE), POINTS, POINTS, AFFINE, AFFINE, *LAYER)
    assert len(PACKED.findall(text)) >= 40
    assert CALLED.findall(text) == []


@pytest.mark.parametrize("name", ["erf", "gelu"])
@pytest.mark.parametrize("form", ["direct_tile", "entry_tile"])
def test_a_layer_on_covariances(name: str, form: str) -> None:
    tile = unjitted.compiled(name)[form]
    text = assembly(tile, np.full(3 * PLANE, 0.1), POINTS, POINTS, 1.0, 0.1, *LAYER)
    assert len(PACKED.findall(text)) >= 30
    assert CALLED.findall(text) == []
    assert "vdiv" not in text


def test_affine_layers_and_sums() -> None:
    state = np.ones(3 * PLANE)
    for function, arguments in (
        (updates.layer, (AFFINE, AFFINE, *LAYER)), (updates.join, (state.copy(), AFFINE, AFFINE, 2))
    ):  # fmt: skip
        text = assembly(function, state, *arguments)
        assert len(PACKED.findall(text)) >= 8
        assert CALLED.findall(text) == []


@pytest.mark.parametrize("dtype", ["f8", "f4"])
def test_the_first_layer_reads_its_products_in_lines(dtype: str) -> None:
    """An index that might be negative would make LLVM gather them one by one."""
    state, affine, products, rows = (
        np.ones(shape, dtype) for shape in (3 * PLANE, 5 * SIDE, (SIDE, SIDE), (SIDE, 10))
    )
    nowhere, numbers = np.zeros(SIDE, bool), (*map(np.dtype(dtype).type, LAYER[:3]), 2)
    point = rows, rows, rows, rows, state, nowhere, nowhere
    for function, arguments in (
        (updates.start, (*point, affine, affine, *numbers)),
        (updates.start_direct, (state, affine, affine, numbers[0], *numbers)),
    ):
        text = assembly(function, products, 0, *arguments)
        assert "gather" not in text
        assert len(IN_LINES[dtype].findall(text)) >= 8


def test_close_pairs_are_summed_in_vectors() -> None:
    text = assembly(updates.near, *np.ones((4, 99)), 1.0)
    assert len(PACKED.findall(text)) >= 8


def test_no_vector_of_a_state_straddles_two_cache_lines() -> None:
    found = [aligned((1, n * PLANE), dtype) for n in (3, 7) for dtype in ("f4", "f8")]
    assert [state.ctypes.data % LINE for state in found] == [0] * 4
    assert [(state.shape, state.dtype.itemsize) for state in found[1:3]] == [
        ((1, 3 * PLANE), 8), ((1, 7 * PLANE), 4)
    ]  # fmt: skip
