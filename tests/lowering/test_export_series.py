"""Exported kernels of tanh, whose dual is a series: against Arb, their gradients by differences."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

import ntksym
from ntksym import to_source
from tests.lowering.export import compiled, loaded, text
from tests.lowering.points import ULP

pytestmark = pytest.mark.long

DEEP = ntksym.ntk("tanh", depth=3, w_std=1.3, b_std=0.2)
SHALLOW = ntksym.ntk("tanh", depth=2, w_std=1.3)
PAIRS = [(0, 1), (0, 0), (0, 3), (0, 5), (1, 6), (2, 0)]
"""Random, the diagonal, 1e-3 apart, opposite, small, with 0."""


def points() -> np.ndarray:
    """Random, 0, 1e-3 and 1e-8 apart, opposite and nearly so, small, equal, parallel."""
    x, y, step = np.random.default_rng(11).normal(size=(3, 6))
    near = [x + 1e-3 * step, x + 1e-8 * step, -x, 1e-3 * y, -x + 1e-7 * step]
    return np.array([x, y, 0 * x, *near, x.copy(), -0.4 * y])


@cache
def exact() -> dict[tuple[int, int], float]:
    x = points()
    balls = DEEP.enclose(*(x[list(of)] for of in zip(*PAIRS, strict=True)), 60)
    return {pair: float(ball.mid()) for pair, ball in zip(PAIRS, balls, strict=True)}


def agree(found: np.ndarray, kernel: ntksym.Kernel, unit: float = ULP) -> None:
    """With the compiled kernel everywhere, with Arb on a few pairs of the deep one."""
    known = kernel(points())
    size = np.sqrt(np.diag(known))
    scale = np.outer(size, size)
    assert (np.abs(found - known) <= 16 * unit * scale).all()
    for (i, j), value in exact().items() if kernel is DEEP else ():
        assert abs(found[i, j] - value) <= 16 * unit * scale[i, j]


@pytest.mark.parametrize("kernel", [DEEP, SHALLOW], ids=["deep", "shallow"])
def test_numpy(kernel: ntksym.Kernel, tmp_path: Path) -> None:
    of = loaded(kernel, "numpy", tmp_path)
    agree(of(points()), kernel)
    with pytest.raises(ValueError, match=r"standard deviations of at most 4\.0, got 1"):
        of(10 * points())


@pytest.mark.programs("cc")
@pytest.mark.parametrize("kernel", [DEEP, SHALLOW], ids=["deep", "shallow"])
def test_c(kernel: ntksym.Kernel, tmp_path: Path) -> None:
    of, x = compiled(kernel, tmp_path), points()
    agree(of(x, x), kernel)
    beyond = of(10 * x, x)
    assert np.isnan(beyond[0]).all()
    assert np.isfinite(beyond[6]).all()


def by_differences(kernel: ntksym.Kernel, along: np.ndarray) -> np.ndarray:
    """Of K(x, x) along a direction of each coordinate: fourth order."""
    x, h = points(), 2e-3
    weights = {1: 8, -1: -8, 2: -1, -2: 1}
    return sum(k * kernel(x + n * h * along, x) for n, k in weights.items()) / (12 * h)


DIRECTION = np.random.default_rng(5).normal(size=(10, 6))


def slopes_agree(found: np.ndarray) -> None:
    """Of each entry by the rows along ``DIRECTION``; a point 0 has none of its own."""
    whole = np.arange(len(points())) != 2
    known = by_differences(SHALLOW, DIRECTION)
    assert np.isfinite(found).all()
    np.testing.assert_allclose(found[whole], known[whole], atol=1e-9)


@pytest.mark.modules("torch")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::UserWarning:torch")
def test_torch(tmp_path: Path) -> None:
    import torch

    of, x = loaded(SHALLOW, "torch", tmp_path), torch.as_tensor(points())
    single = of(x.to(torch.float32)).numpy()
    agree(single, SHALLOW, 2.0**-23)
    step = torch.as_tensor(DIRECTION)
    value, slope = torch.func.jvp(lambda a: of(a, x), (x,), (step,))
    agree(value.numpy(), SHALLOW)
    slopes_agree(slope.numpy())
    leaf = x.clone().requires_grad_()
    of(leaf, x).sum().backward()
    backward = (leaf.grad * step).sum(1)
    np.testing.assert_allclose(backward.numpy(), slope.sum(1).numpy(), atol=1e-12)


@pytest.mark.modules("jax")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_jax(tmp_path: Path) -> None:
    import jax

    of, x = loaded(SHALLOW, "jax", tmp_path), points()
    weights = np.random.default_rng(6).normal(size=(len(x), len(x)))
    with jax.enable_x64(True):

        def weighted(a):
            value = of(a, x)
            return (weights * value).sum(), value

        gradient, value = jax.jit(jax.grad(weighted, has_aux=True))(x)
        gradient, value = np.asarray(gradient), np.asarray(value)
    agree(value, SHALLOW)
    assert np.isfinite(gradient).all()
    whole = np.arange(len(x)) != 2
    known = (weights * by_differences(SHALLOW, DIRECTION)).sum(1)
    np.testing.assert_allclose((gradient * DIRECTION).sum(1)[whole], known[whole], atol=1e-8)


def test_julia_has_its_blocks_closed() -> None:
    code = text(DEEP, "julia").split("\n=#\n")[1]
    first = [line.split()[0] for line in code.splitlines() if line.strip()]
    assert first.count("function") + first.count("for") + first.count("if") == first.count("end")
    assert code.count("(") == code.count(")")
    assert code.count("[") == code.count("]")
    assert "tanh_values, known)" in code
    assert not [word for word in ("**", "math.", "np.", "def ", "None", "$$") if word in code]


def test_several_series_and_a_larger_variance(tmp_path: Path) -> None:
    network = ntksym.serial(
        ntksym.Dense(1.2, 0.1), ntksym.Elementwise("softplus"), ntksym.Dense(),
        ntksym.Elementwise("relu"), ntksym.Dense(), ntksym.Elementwise("silu"), ntksym.Dense(0.9),
    )  # fmt: skip
    of, x = ntksym.nngp(network), 2 * points()
    names: dict[str, object] = {}
    exec(to_source(of, "numpy", variance=50), names)
    known = of(x)
    np.testing.assert_allclose(names["kernel"](x), known, rtol=1e-14)


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match="softsign: expected an activation that is smooth"):
        to_source(ntksym.ntk("softsign", depth=2), "jax")
    with pytest.raises(ValueError, match="variance: expected"):
        to_source(DEEP, "jax", variance=0)
    with pytest.raises(ValueError, match=r"tanh: the Hermite series .* needs"):
        to_source(DEEP, "jax", variance=1e9)
