"""Tiles in float32: from the same source as those in float64, and twice as many to a vector."""

import re
from typing import Any

import numpy as np
import pytest

from ntksym import Dense, Elementwise, Residual, ntk, serial
from ntksym.lowering.code.options import PLANE, SIDE, inlined, or_in_float32
from ntksym.lowering.functions import vector
from ntksym.lowering.machine import Inner
from tests import unjitted
from tests.lowering.functions.test_vector import AVX2
from tests.lowering.points import hard
from tests.lowering.test_vectors import LAYER, assembly

ULP = 2.0**-23
NAMES = ["relu", "abs", "leaky_relu", "erf", "gelu", "sin", "cos", "gaussian", "snake"]
DOUBLES = re.compile(r"\bv(?:mul|add|sub|sqrt|div|fn?m(?:add|sub)\d+)[ps]d\s")


def points(scale: float = 1.0) -> np.ndarray:
    """Those of moderate norm, exact in float32."""
    return scale * hard()[:18].astype(np.float32).astype(np.float64)


def error(kernel: Any, x: np.ndarray) -> float:
    """Of the float32 matrix against the float64 one, in ulp of sqrt(K(x, x) K(y, y))."""
    exact, single = kernel(x), kernel(x, dtype=np.float32)
    size = np.sqrt(np.diag(exact)) + (np.diag(exact) == 0)
    return float((np.abs(single - exact) / np.outer(size, size)).max() / ULP)


@pytest.mark.parametrize("name", NAMES)
def test_as_good_as_the_inputs_allow(name: str) -> None:
    for depth in (2, 4):
        kernel = ntk(name, depth=depth, b_std=0.1)
        assert kernel._engine.sheets(points(), None, np.float32)[0].unit.dtype == np.float32
        assert error(kernel, points()) <= 8
        single = kernel(points(), dtype=np.float32)
        assert single.dtype == np.float32
        assert np.array_equal(single, single.T)


def test_networks_and_two_sets_of_points() -> None:
    branch = Residual(Elementwise("abs"), Dense(1.1, 0.2, "zero"))
    kernel = ntk(serial(Dense(1.2), branch, Elementwise("relu"), Dense()))
    x = points()
    assert error(kernel, x) <= 8
    both, size = kernel(x, x[::2], dtype=np.float32), np.sqrt(kernel.diag(x))
    np.testing.assert_array_less(
        np.abs(both - kernel(x, x[::2])), 8 * ULP * np.outer(size, size[::2]) + 1e-300
    )


@pytest.mark.parametrize(("name", "scale"), [("relu", 1e12), ("erf", 1e12), ("erf", 1e-15)])
def test_out_of_the_range_of_float32_tiles_are_float64(name: str, scale: float) -> None:
    kernel, x = ntk(name, depth=3), points(scale)
    assert kernel._engine.sheets(x, None, np.float32)[0].unit.dtype == np.float64
    assert np.array_equal(kernel(x, dtype=np.float32), kernel(x).astype(np.float32))


@pytest.mark.skipif(not AVX2, reason="needs a machine with AVX2")
@pytest.mark.parametrize("name", ["relu", "erf", "gelu"])
def test_no_arithmetic_in_float64(name: str) -> None:
    tile = unjitted.compiled(name)["tile"]
    state, features, affine = (np.ones(n, np.float32) for n in (3 * PLANE, 20 * SIDE, 3 * SIDE))
    *numbers, rows = LAYER
    single = *map(np.float32, numbers), rows
    text = assembly(tile, state, features, features, affine, affine, *single)
    assert DOUBLES.findall(text) == []


@pytest.mark.parametrize("columns", [3, 300])
def test_points_in_float32_are_their_doubles(columns: int) -> None:
    """Down to the smallest float32; more of them than are converted at a time."""
    x = np.random.default_rng(columns).normal(size=(300, columns)).astype(np.float32)
    x[:3] *= np.array([[1e-45], [1e-38], [1e30]], np.float32)
    x[3] = 0
    kernel = ntk("erf", depth=3)
    for dtype in (None, np.float32):
        assert np.array_equal(kernel(x, dtype=dtype), kernel(x.astype(float), dtype=dtype))
        both = kernel(x, x[::7].astype(float), dtype=dtype)
        assert np.array_equal(both, kernel(x.astype(float), x[::7], dtype=dtype))


def test_functions_of_float32_are_called_with_float32() -> None:
    """Where a function has a form for it; what is compiled with doubles does not change."""

    def run(x: Any, out: Any) -> None:
        for k in range(x.size):
            out[k] = vector.acute_angle(x[k])

    once = inlined(lambda x: x + 1.0)
    twice = or_in_float32(once)(lambda x: x + 2.0)

    def plain(x: Any, out: Any) -> None:
        for k in range(x.size):
            out[k] = twice(x[k])

    for dtype, added in (("f8", 2.0), ("f4", 1.0)):
        out = np.zeros(3, dtype)
        Inner(plain).dispatcher(np.arange(3, dtype=dtype), out)
        assert out.tolist() == [added, 1 + added, 2 + added]
    gap = np.linspace(0, 1, 9999, dtype="f4")
    out, exact = np.zeros_like(gap), np.zeros(len(gap))
    Inner(run).dispatcher(gap, out)
    Inner(run).dispatcher(gap.astype(float), exact)
    assert not np.array_equal(out, exact.astype("f4"))
    assert (np.abs(out - exact) <= 2 * ULP * exact).all()
