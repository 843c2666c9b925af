"""Speed over time on one machine: ``pytest benchmarks/test_kernels.py``, with the extra ``bench``.

``--benchmark-autosave`` keeps a run, ``--benchmark-compare`` shows what changed since.
Comparisons with other programs are in ``peers.py``.
"""

import subprocess
import sys
from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np
import pytest

import ntksym

Timed = Callable[..., Any]


def points(n: int, d: int = 10) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(n, d))


def kernel(activation: str, depth: int = 4) -> ntksym.Kernel:
    """Its code is compiled, or loaded, before anything is timed."""
    warm = ntksym.ntk(activation, depth=depth, w_std=sqrt(2), b_std=0.1)
    warm(points(2))
    return warm


@pytest.mark.parametrize("n", [500, 1000])
@pytest.mark.parametrize("activation", ["relu", "erf", "gelu"])
def test_gram(benchmark: Timed, activation: str, n: int) -> None:
    assert benchmark(kernel(activation), points(n)).shape == (n, n)


@pytest.mark.parametrize("depth", [2, 4, 10])
def test_depth(benchmark: Timed, depth: int) -> None:
    assert benchmark(kernel("relu", depth), points(1000)).shape == (1000, 1000)


@pytest.mark.parametrize("d", [10, 784])
def test_dimensions(benchmark: Timed, d: int) -> None:
    assert benchmark(kernel("relu"), points(1000, d)).shape == (1000, 1000)


def test_two_sets(benchmark: Timed) -> None:
    assert benchmark(kernel("relu"), points(1000), points(500)).shape == (1000, 500)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_dtype(benchmark: Timed, dtype: str) -> None:
    assert benchmark(kernel("relu"), points(1000), dtype=dtype).dtype == dtype


def test_output_given(benchmark: Timed) -> None:
    out = np.empty((1000, 1000))
    assert benchmark(kernel("relu"), points(1000), out=out) is out


@pytest.mark.parametrize("columns", [1, 10])
def test_matmul(benchmark: Timed, columns: int) -> None:
    vectors = points(1000, columns)
    assert benchmark(kernel("relu").matmul, points(1000), vectors).shape == (1000, columns)


def test_diagonal(benchmark: Timed) -> None:
    assert benchmark(kernel("relu").diag, points(100_000)).shape == (100_000,)


@pytest.mark.parametrize("what", ["values", "gradients"])
@pytest.mark.parametrize("activation", ["relu", "erf", "gelu"])
def test_gradients(benchmark: Timed, activation: str, what: str) -> None:
    """The kernel alone, and in one pass with its derivatives by w_std and b_std."""
    warm = kernel(activation)
    call = warm.gradients if what == "gradients" else warm
    call(points(2))
    assert len(benchmark(call, points(4000))) == (3 if what == "gradients" else 4000)


def test_input_gradient(benchmark: Timed) -> None:
    warm, weights = kernel("relu"), np.ones(1000)
    warm.input_gradient(points(2))
    assert benchmark(warm.input_gradient, points(1000), weights=weights).shape == (1000, 10)


@pytest.mark.parametrize(
    "line",
    [
        "import numpy",
        "import ntksym",
        "import ntksym, numpy; ntksym.ntk('relu', depth=4)(numpy.ones((1000, 10)))",
    ],
)
def test_cold(benchmark: Any, line: str) -> None:
    """A fresh process, its caches on disk warm."""
    words = [sys.executable, "-c", line]
    done = benchmark.pedantic(
        subprocess.run, (words,), {"check": True}, rounds=5, warmup_rounds=1
    )  # fmt: skip
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("depth", "dimension", "degrees", "bits"), [(2, 3, 12, 128), (5, 10, 51, 67), (20, 10, 201, 64)]
)
def test_spectrum(benchmark: Timed, depth: int, dimension: int, degrees: int, bits: int) -> None:
    """Rigorous eigenvalues on the sphere; the closed form is derived before anything is timed."""
    of = ntksym.ntk("relu", depth=depth)
    ntksym.spectrum(of, dimension, 1)
    assert len(benchmark(ntksym.spectrum, of, dimension, degrees, bits=bits)) == degrees
