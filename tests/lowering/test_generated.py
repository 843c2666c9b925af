"""The committed modules are what the generator writes now, and run the same without Numba."""

import math
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

import ntksym
from ntksym.lowering import updates
from ntksym.lowering.code.options import PLANE, SIDE
from tests import unjitted

NAMES = sorted(path.stem for path in unjitted.FOLDER.glob("*.py") if path.stem != "__init__")


def test_every_catalogue_entry_without_parameters_has_its_module() -> None:
    assert set(NAMES) <= set(ntksym.catalogue())
    assert set(NAMES) >= {"relu", "erf", "abs", "identity"}


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_module_is_current(name: str, update: bool) -> None:
    written, path = unjitted.module(name), unjitted.path(name)
    if update:
        path.write_text(written, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == written


def a_tile(code: dict[str, Any], rows: int = 5) -> np.ndarray:
    """A tile of pairs of all correlations behind the activation and an affine layer."""
    s = np.random.default_rng(3).uniform(0.1, 2, SIDE)
    f = np.zeros((code["COUNT"], SIDE))
    code["features"](s, f)
    size = np.hypot(0.8 * f[1], 0.3)
    g = np.concatenate([0.8 * f[1] / size, 0.3 / size, size])
    rho = np.linspace(-1, 1, PLANE)
    state = np.concatenate([1 - rho, 1 + rho, np.ones(PLANE)])
    with np.errstate(all="ignore"):
        code["tile"](state, f.reshape(-1), f.reshape(-1), g, g, 0.64, 1.0, 0.01, rows)
    return state.reshape(3, SIDE, SIDE)[:, :rows]


@pytest.mark.parametrize("name", NAMES)
def test_plain_python_and_compiled_code_agree(name: str) -> None:
    plain, compiled = a_tile(unjitted.namespace(name)), a_tile(unjitted.compiled(name))
    assert np.isfinite(compiled).all()
    np.testing.assert_allclose(plain, compiled, rtol=1e-13, atol=1e-15)


def test_the_updates_agree_with_plain_python() -> None:
    rng = np.random.default_rng(4)
    x = rng.normal(size=(SIDE, 3))
    x[1], x[2], x[3], x[4] = x[0], -x[0], 0, 0
    size = np.linalg.norm(x, axis=1)
    zero = size == 0
    unit = x / np.maximum(size, 1e-300)[:, None]
    products, rows = np.ascontiguousarray(unit @ unit.T), 6
    low = 1e-17 * rng.normal(size=unit.shape)
    angle = rng.uniform(0, 1, SIDE)
    rest = 1e-17 * rng.normal(size=2 * SIDE)
    g = np.concatenate([np.cos(angle), np.sin(angle), size, rest])
    results = []
    for plain in (True, False):
        run = {
            n: f.py_func if plain else f for n, f in vars(updates).items() if hasattr(f, "py_func")
        }
        state, direct = np.zeros((2, 3 * PLANE))
        with patch.multiple(updates, **run):
            pairs = unit, low, unit, low, state, zero, zero
            run["start"](products, 0, *pairs, g, g, 2.0, 1.0, 0.1, rows)
            kept = state.copy()
            run["layer"](state, g, g, 1.5, 0.0, 0.2, rows)
            run["join"](state, kept, g, g, rows)
            run["start_direct"](products, 0, direct, g, g, 0.2, 2.0, 1.0, 0.1, rows)
        results.append((kept, state, direct))
    for a, b in zip(*results, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-13, atol=1e-15)
    kept, _, direct = (r.reshape(-1, SIDE, SIDE)[:, :rows] for r in results[0])
    apart = 0.5 * ((g[0] - g[1]) ** 2 + (g[SIDE] - g[SIDE + 1]) ** 2)
    assert kept[0, 0, 1] == pytest.approx(apart, rel=1e-15)
    assert kept[0, 3, 3] == 0.0
    inside = products[:rows] * np.outer(g[:rows] * size[:rows], g[:SIDE] * size) + 0.2
    np.testing.assert_allclose(direct[[0, 2]], [inside, inside + 0.1], rtol=1e-15, atol=1e-15)


def test_an_affine_layer_by_its_definition() -> None:
    t1, t2, rho, w, b = 0.7, 1.9, 0.35, 1.3, 0.4
    s1, s2 = math.hypot(w * t1, b), math.hypot(w * t2, b)
    of_points = w * t1 / s1, b / s1, s1, w * t2 / s2, b / s2, s2
    covariance = w * w * t1 * t2 * rho + b * b
    for affine in (updates.affine, updates.affine.py_func):
        less, more, theta = affine(1 - rho, 1 + rho, 2.0, *of_points, w * w, 1.0, 0.3)
        assert less == pytest.approx(1 - covariance / (s1 * s2), rel=1e-14)
        assert more == pytest.approx(1 + covariance / (s1 * s2), rel=1e-14)
        assert theta == pytest.approx(w * w * 2.0 + covariance + 0.3, rel=1e-14)


def test_an_activation_of_the_user_is_derived_and_compiled() -> None:
    mine = ntksym.activation("3*max(z, z/5)")
    x = np.random.default_rng(5).normal(size=(3, 4))
    kernel = ntksym.ntk(mine, depth=3, b_std=0.2)
    exact = [[float(kernel.evaluate(a, b, 20)) for b in x] for a in x]
    np.testing.assert_allclose(kernel(x), exact, rtol=1e-14)
