"""The committed modules are what the generator writes now, and run the same without Numba."""

import math

import numpy as np
import pytest

import ntksym
from ntksym.lowering import updates
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


@pytest.mark.parametrize("name", NAMES)
def test_plain_python_and_compiled_code_agree(name: str) -> None:
    rng = np.random.default_rng(3)
    s1, s2 = rng.uniform(0.1, 2, 5), rng.uniform(0.1, 2, 6)
    s1[0] = s2[0] = 0.0
    plain, compiled = unjitted.namespace(name), unjitted.compiled(name)
    results = []
    for code in (plain, compiled):
        t1, t2 = np.empty(5), np.empty(6)
        code["points"](s1, t1)
        code["points"](s2, t2)
        rho = np.linspace(-1, 1, 30).reshape(5, 6)
        minus, plus, theta, line = 1 - rho, 1 + rho, np.ones((5, 6)), np.ones(5)
        with np.errstate(all="ignore"):
            code["tile"](s1, t1, s2, t2, minus, plus, theta)
            code["line"](s1, t1, line)
        results.append((t1, t2, minus, plus, theta, line))
    for a, b in zip(*results, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-14, atol=1e-15)


def test_the_updates_agree_with_plain_python() -> None:
    rng = np.random.default_rng(4)
    x, y = rng.normal(size=(4, 3)), rng.normal(size=(5, 3))
    y[0], y[1], x[3], y[4] = x[0], -x[1], 0, 0
    results = []
    for plain in (True, False):
        run = {
            n: f.py_func if plain else f for n, f in vars(updates).items() if hasattr(f, "py_func")
        }
        ux, uy = (r / np.maximum(np.linalg.norm(r, axis=1), 1e-300)[:, None] for r in (x, y))
        t1, t2 = np.linalg.norm(x, axis=1), np.linalg.norm(y, axis=1)
        minus, plus, theta = ux @ uy.T, np.empty((4, 5)), np.zeros((4, 5))
        run["start"](ux, uy, t1, t2, minus, plus)
        s1, s2, line, out = np.empty(4), np.empty(5), np.zeros(4), np.empty((4, 5))
        run["spread"](t1, 1.5, 0.3, s1)
        run["spread"](t2, 1.5, 0.3, s2)
        run["affine_line"](t1, s1, 1.5, 0.0, line)
        kept = minus.copy(), plus.copy(), theta.copy()
        run["affine"](t1, s1, t2, s2, 1.5, 0.3, 0.2, minus, plus, theta)
        run["affine"](0 * t1, 0 * s1, t2, s2, 1.5, 0.0, 0.2, *(k.copy() for k in kept))
        run["join"](t1, s1, t2, s2, minus, plus, theta, *kept)
        run["finish"](s1, s2, minus, plus, theta, False, out)
        covariance = out.copy()
        run["finish"](s1, s2, minus, plus, theta, True, out)
        results.append((minus, plus, theta, line, covariance, out))
    for a, b in zip(*results, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-13, atol=1e-15)


def test_an_affine_layer_by_its_definition() -> None:
    t1, t2, rho, w, b = 0.7, 1.9, 0.35, 1.3, 0.4
    s1, s2 = math.hypot(w * t1, b), math.hypot(w * t2, b)
    minus, plus, theta = np.array([[1 - rho]]), np.array([[1 + rho]]), np.array([[2.0]])
    updates.affine(*(np.array([v]) for v in (t1, s1, t2, s2)), w, b, 0.0, minus, plus, theta)
    covariance = w * w * t1 * t2 * rho + b * b
    assert minus[0, 0] == pytest.approx(1 - covariance / (s1 * s2), rel=1e-14)
    assert plus[0, 0] == pytest.approx(1 + covariance / (s1 * s2), rel=1e-14)
    assert theta[0, 0] == pytest.approx(w * w * 2.0 + covariance, rel=1e-14)


def test_an_activation_of_the_user_compiles_in_memory() -> None:
    mine = ntksym.activation("3*max(z, z/5)")
    x = np.random.default_rng(5).normal(size=(3, 4))
    kernel = ntksym.ntk(mine, depth=3, b_std=0.2)
    exact = [[float(kernel.evaluate(a, b, 20)) for b in x] for a in x]
    np.testing.assert_allclose(kernel(x), exact, rtol=1e-14)
