"""The loops over the pairs of a tile are vector instructions, without a call in them."""

import re
from importlib import reload
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

from ntksym.lowering import tiles, updates
from ntksym.lowering.code import options
from ntksym.lowering.code.options import PLANE, SIDE
from tests import unjitted
from tests.lowering.functions.test_vector import AVX2, LIBM

pytestmark = pytest.mark.skipif(not AVX2, reason="needs a machine with AVX2")

PACKED = re.compile(r"\bv(?:mul|add|sub|sqrt|div|fn?m(?:add|sub)\d+)pd\s[^\n]*%[yz]mm")
CALLED = re.compile(LIBM)
POINTS, AFFINE = np.full(32 * SIDE, 0.5), np.full(3 * SIDE, 0.5)
LAYER = 1.0, 1.0, 0.0, 2


def assembly(function: Any, *arguments: Any) -> str:
    """Of a function compiled here: one from the cache on disk cannot be looked into."""
    function(*arguments)
    return "\n".join(function.inspect_asm().values())


def in_memory(name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    source = unjitted.generate.in_memory(unjitted.path(name).read_text("utf-8"))
    exec(compile(source, name, "exec"), found)
    return found


@pytest.mark.parametrize("name", ["relu", "erf", "gelu", "sin", "gabor", "rectified_power"])
def test_an_activation_and_its_affine_layer(name: str) -> None:
    tile = in_memory(name)["tile"]
    text = assembly(tile, np.ones(3 * PLANE), POINTS, POINTS, AFFINE, AFFINE, *LAYER)
    assert len(PACKED.findall(text)) >= 40
    assert CALLED.findall(text) == []


@pytest.mark.parametrize("name", ["erf", "gelu"])
@pytest.mark.parametrize("form", ["direct_tile", "entry_tile"])
def test_a_layer_on_covariances(name: str, form: str) -> None:
    tile = in_memory(name)[form]
    text = assembly(tile, np.full(3 * PLANE, 0.1), POINTS, POINTS, 1.0, 0.1, *LAYER)
    assert len(PACKED.findall(text)) >= 30
    assert CALLED.findall(text) == []
    assert ("vdiv" in text) == (form == "entry_tile")


def test_affine_layers_and_sums() -> None:
    with patch.multiple(options, compiled=options.compiled_in_memory):
        fresh = dict(vars(reload(updates)))
    try:
        state = np.ones(3 * PLANE)
        for name, arguments in {
            "layer": (AFFINE, AFFINE, *LAYER), "join": (state.copy(), AFFINE, AFFINE, 2)
        }.items():  # fmt: skip
            text = assembly(fresh[name], state, *arguments)
            assert len(PACKED.findall(text)) >= 8, name
            assert CALLED.findall(text) == []
    finally:
        reload(updates)


def test_no_vector_of_a_state_straddles_two_cache_lines() -> None:
    found = [tiles.aligned((1, n * PLANE), dtype) for n in (3, 7) for dtype in ("f4", "f8")]
    assert [state.ctypes.data % tiles.LINE for state in found] == [0] * 4
    assert [(state.shape, state.dtype.itemsize) for state in found[1:3]] == [
        ((1, 3 * PLANE), 8), ((1, 7 * PLANE), 4)
    ]  # fmt: skip
