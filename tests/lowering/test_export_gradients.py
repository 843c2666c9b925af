"""Exported JAX and PyTorch kernels: values and gradients, finite where points coincide."""

from pathlib import Path

import numpy as np
import pytest

import ntksym
from tests.lowering.export import loaded
from tests.lowering.points import hard

KERNELS = {
    "relu": ntksym.ntk("relu", depth=2, w_std=2**0.5, b_std=0.1),
    "erf": ntksym.ntk("erf", depth=2, w_std=1.3),
}
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning:torch"),
]


def points() -> np.ndarray:
    """Random, 1e-5 and 1e-11 apart, opposite, nearly opposite, equal, twice 0, orthogonal."""
    x = hard()[[0, 1, 5, 7, 10, 12, 14, 16, 17]]
    return np.vstack([x, np.eye(6)[:2]])


def away() -> np.ndarray:
    """The pairs that are on no kink, and of which no point is 0."""
    x = points()
    unit = x / np.maximum(np.linalg.norm(x, axis=1), 1e-300)[:, None]
    cosine = np.abs(unit @ unit.T)
    return (cosine < 1 - 1e-13) & (np.outer(*[np.linalg.norm(x, axis=1)] * 2) > 0)


def close(found: np.ndarray, known: np.ndarray, tolerance: float) -> None:
    assert np.isfinite(found).all()
    scale = np.abs(known).max()
    np.testing.assert_allclose(found, known, rtol=tolerance, atol=tolerance * scale)


def agree(name: str, value, gradient, by_w, by_b) -> None:
    """With the compiled kernel and its derivatives, of which other tests measure the error."""
    kernel, x = KERNELS[name], points()
    close(value, kernel(x), 1e-14)
    known = kernel.input_gradient(x)
    near = away()
    assert np.isfinite(gradient).all()
    close(gradient[near], known[near], 1e-9)
    whole = (x**2).sum(axis=1) > 0
    own = np.flatnonzero(whole)
    close(gradient[own, own], known[own, own], 1e-9)
    assert (gradient[~whole] == 0).all()
    of = kernel.gradients(x)
    close(by_w, of.w_std, 1e-12)
    close(by_b, of.b_std, 1e-12)


@pytest.mark.modules("jax")
@pytest.mark.parametrize("name", ["relu"])
def test_jax(name: str, tmp_path: Path) -> None:
    import jax

    kernel, given = KERNELS[name], KERNELS[name].network.layers[0]
    of = loaded(kernel, "jax", tmp_path)
    single = np.asarray(of(points().astype(np.float32)))
    assert single.dtype == np.float32
    close(single, kernel(points().astype(np.float32).astype(float)), 2e-6)
    with jax.enable_x64(True):
        x, w, b = points(), given.w_std, float(given.b_std)

        def entry(a, c):
            return of(a[None], c[None])[0, 0]

        every = jax.vmap(jax.vmap(jax.grad(entry), (None, 0)), (0, None))
        by = jax.jacfwd(lambda w, b: of(x, x, w, b), (0, 1))
        value, gradient, moved = jax.jit(lambda: (of(x), every(x, x), by(w, b)))()
        found = value, gradient, *moved
        agree(name, *map(np.asarray, found))


@pytest.mark.modules("torch")
@pytest.mark.parametrize("name", KERNELS)
def test_torch(name: str, tmp_path: Path) -> None:
    import torch

    kernel, given = KERNELS[name], KERNELS[name].network.layers[0]
    of = loaded(kernel, "torch", tmp_path)
    single = of(torch.as_tensor(points(), dtype=torch.float32)).numpy()
    assert single.dtype == np.float32
    close(single, kernel(points().astype(np.float32).astype(float)), 2e-6)
    x = torch.as_tensor(points())
    w, b = (torch.tensor(float(v), dtype=x.dtype) for v in (given.w_std, given.b_std))

    def entry(a, c):
        return of(a[None], c[None])[0, 0]

    every = torch.func.vmap(torch.func.vmap(torch.func.grad(entry), (None, 0)), (0, None))
    by = torch.func.jacfwd(lambda w, b: of(x, x, w, b), (0, 1))(w, b)
    agree(name, *(value.numpy() for value in (of(x), every(x, x), *by)))
