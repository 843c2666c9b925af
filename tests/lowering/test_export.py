"""Exported NumPy, C and Julia: run against Arb, refused clearly, Julia's as it was looked at."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

import ntksym
from ntksym import Dense, Elementwise, Residual, to_source
from tests.lowering.export import compiled, loaded, text
from tests.lowering.points import ULP, hard, ordinary

COMMITTED = Path(__file__).with_name("kernel.jl")
RESIDUAL = ntksym.serial(
    Dense(1.2, 0.3),
    Residual(Elementwise("relu"), Dense(0.7, 0.1, "zero"), Elementwise("erf"), Dense(1.1)),
    Elementwise("erf"), Dense(0.9, 0.2),
)  # fmt: skip
KERNELS = {
    "relu": ntksym.ntk("relu", depth=3, w_std=2**0.5, b_std=0.1),
    "relu, bias from 0": ntksym.ntk("relu", depth=3, b_std=0.3, bias_init="zero"),
    "erf": ntksym.ntk("erf", depth=3, w_std=1.3),
    "cos": ntksym.ntk("cos", depth=2, w_std=0.8, b_std=0.2),
    "linear, covariance": ntksym.nngp("relu", depth=1),
    "residual": ntksym.ntk(RESIDUAL),
}


def points() -> np.ndarray:
    """Close, opposite, equal, parallel and zero points, of sizes in the range of float squares."""
    return hard()[[0, 1, 4, 6, 8, 10, 12, 13, 15, 16, 17, 18]]


@cache
def exact(name: str) -> np.ndarray:
    """The matrix from balls of 90 bits."""
    x, kernel = points(), KERNELS[name]
    pairs = [(i, j) for i in range(len(x)) for j in range(i + 1)]
    balls = kernel.enclose(*(x[list(k)] for k in zip(*pairs, strict=True)), 90)
    found = np.empty((len(x), len(x)))
    for (i, j), ball in zip(pairs, balls, strict=True):
        found[i, j] = found[j, i] = float(ball.mid())
    return found


def worst(found: np.ndarray, name: str, unit: float = ULP) -> float:
    """The largest error in units of the last place of sqrt(K(x, x) K(y, y))."""
    matrix = exact(name)
    size = np.sqrt(np.diag(matrix))
    scale = np.outer(size, size)
    assert np.isfinite(found).all()
    assert (found[scale == 0] == 0).all()
    return float((np.abs(found - matrix)[scale > 0] / scale[scale > 0]).max() / unit)


@pytest.mark.parametrize("name", KERNELS)
def test_numpy_agrees_with_arb(name: str, tmp_path: Path) -> None:
    kernel = loaded(KERNELS[name], "numpy", tmp_path)
    assert worst(kernel(points()), name) < 12
    assert worst(kernel(points(), points()), name) < 12


@pytest.mark.programs("cc")
@pytest.mark.parametrize("name", KERNELS)
def test_c_compiles_without_a_warning_and_agrees_with_arb(name: str, tmp_path: Path) -> None:
    assert worst(compiled(KERNELS[name], tmp_path)(points(), points()), name) < 12


def test_hyperparameters_are_arguments(tmp_path: Path) -> None:
    kernel, x = loaded(KERNELS["relu"], "numpy", tmp_path), ordinary()
    other = ntksym.ntk("relu", depth=3, w_std=0.7, b_std=0.4)
    np.testing.assert_allclose(kernel(x, w_std=0.7, b_std=0.4), other(x), rtol=1e-14)
    kernel = loaded(KERNELS["residual"], "numpy", tmp_path)
    known = kernel(x)
    changed = kernel(x, w_std=(1.2, 0.7, 1.1, 0.5))
    assert np.abs(known - changed).max() > 0.1


def test_numpy_in_float32_and_by_blocks(tmp_path: Path) -> None:
    kernel = loaded(KERNELS["relu"], "numpy", tmp_path)
    single = kernel(points().astype(np.float32))
    assert single.dtype == np.float32
    rounded = points().astype(np.float32).astype(float)
    np.testing.assert_allclose(single, KERNELS["relu"](rounded), rtol=2e-6)
    x = np.random.default_rng(2).normal(size=(30, 20_000))
    np.testing.assert_allclose(kernel(x), KERNELS["relu"](x), rtol=1e-13)
    assert kernel(x[:0], x).shape == (0, 30)


def test_an_expression_of_a_user(tmp_path: Path) -> None:
    of = ntksym.ntk(
        ntksym.activation(
            "3*max(0, z) - z",
        ),
        depth=2,
        b_std=0.1,
    )
    np.testing.assert_allclose(
        loaded(of, "numpy", tmp_path)(ordinary()), of(ordinary()), rtol=1e-14
    )


def test_julia_is_as_committed(update: bool) -> None:
    page = text(KERNELS["relu"], "julia")
    if update:
        COMMITTED.write_text(page, encoding="utf-8")
    assert COMMITTED.read_text(encoding="utf-8") == page


@pytest.mark.parametrize("name", ["relu", "residual"])
def test_julia_has_its_blocks_closed(name: str) -> None:
    code = text(KERNELS[name], "julia").split("\n=#\n")[1]
    first = [line.split()[0] for line in code.splitlines() if line.strip()]
    assert first.count("function") + first.count("for") == first.count("end")
    assert code.count("(") == code.count(")")
    assert not [word for word in ("**", "math.", "np.", "def ", "[0]", "None") if word in code]


@pytest.mark.parametrize("target", ["numpy", "c"])
def test_the_comment_says_what_it_is(target: str) -> None:
    page = text(KERNELS["erf"], target)
    for words in ("neural tangent kernel", "w_std = 1.3", "σ(z) = erf(z)", "Θˡ⁺¹", "2⋅arcsin",
                  f'ntksym.to_source(kernel, "{target}")'):  # fmt: skip
        assert words in page
    assert "import ntksym" not in page


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match=r"target: expected one of numpy, .*, got 'fortran'"):
        to_source(KERNELS["relu"], "fortran")
    with pytest.raises(TypeError, match="kernel: expected a Kernel, got str"):
        to_source("relu", "jax")
    with pytest.raises(
        ValueError, match=r"elu\(alpha=1\): expected .* JAX has, .* got a bivariate one"
    ):
        to_source(ntksym.ntk("elu", depth=2), "jax")
    with pytest.raises(ValueError, match="expected a number to compute with"):
        to_source(ntksym.ntk("relu", depth=2, w_std=ntksym.q1), "c")
