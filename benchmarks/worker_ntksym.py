"""ntksym's side of the comparison."""

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

import ntksym


def prepare(case: dict[str, Any], points: np.ndarray) -> Callable[[], Any]:
    """K(X, X) by one call of the kernel, in the way that ``what`` says."""
    kernel = ntksym.ntk(
        case["activation"],
        depth=case["depth"],
        w_std=case["w_std"],
        b_std=case["b_std"],
        bias_init=case["bias_init"],
    )
    ways: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "kernel": kernel,
        "single": lambda x: kernel(x, dtype=np.float32),
        "gradients": lambda x: kernel.gradients(x).value,
    }
    way = ways[case["what"]]
    if case["what"] == "single":
        points = points.astype(np.float32)
    try:
        way(points[:1])
    except ValueError as error:
        raise NotImplementedError(str(error)) from None
    return lambda: way(points)


def versions() -> dict[str, str]:
    """What was measured."""
    try:
        own = version("ntksym")
    except PackageNotFoundError:
        own = "checkout"
    return {"ntksym": own, "numpy": np.__version__, "numba": version("numba")}
