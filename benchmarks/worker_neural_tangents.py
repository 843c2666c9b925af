"""neural-tangents: the same network in its NTK parametrisation, compiled, in double precision."""

from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from neural_tangents import stax

jax.config.update("jax_enable_x64", True)

DEGREE = 25
"""Nodes a dimension of its quadrature, its default, where it has no closed form."""

LAYERS: dict[str, Callable[[], Any]] = {
    "relu": stax.Relu,
    "erf": stax.Erf,
    "gelu": stax.Gelu,
    "tanh": lambda: stax.ElementwiseNumerical(jnp.tanh, deg=DEGREE),
}


def prepare(case: dict[str, Any], points: np.ndarray) -> Callable[[], Any]:
    """``kernel_fn(x, None, 'ntk')`` under ``jit``; the points are on the device beforehand."""
    if case["activation"] not in LAYERS:
        raise NotImplementedError(f"{case['activation']}: not among {', '.join(LAYERS)}")
    layer = LAYERS[case["activation"]]
    layers = [_dense(case)]
    for _ in range(case["depth"] - 1):
        layers += [layer(), _dense(case)]
    _, _, kernel = stax.serial(*layers)
    compiled = jax.jit(lambda x: kernel(x, None, "ntk"))
    device = jnp.asarray(points)
    return lambda: compiled(device).block_until_ready()


def _dense(case: dict[str, Any]) -> Any:
    return stax.Dense(1, W_std=case["w_std"], b_std=case["b_std"], parameterization="ntk")


def versions() -> dict[str, str]:
    """What was measured."""
    return {name: version(name) for name in ("neural-tangents", "jax", "jaxlib", "numpy")}
