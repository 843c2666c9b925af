"""scikit-ntk: ReLU only, biases trained from zero; its kernel is Θ / (L (1 + β²)).

Its recursion starts at x·x', so it takes the points times w/√d, w = √2; depth counts hidden layers.
"""

from collections.abc import Callable
from importlib.metadata import version
from math import isclose, sqrt
from typing import Any

import numpy as np
from skntk import NeuralTangentKernel


def prepare(case: dict[str, Any], points: np.ndarray) -> Callable[[], Any]:
    """K(X, X) by one call of the kernel."""
    if case["activation"] != "relu" or not isclose(case["w_std"] ** 2, 2):
        raise NotImplementedError("ReLU with w = √2 only")
    kernel = NeuralTangentKernel(depth=case["depth"] - 1, bias=case["b_std"], bias_bounds="fixed")
    scaled = points * (case["w_std"] / sqrt(points.shape[1]))
    return lambda: kernel(scaled)


def versions() -> dict[str, str]:
    """What was measured."""
    return {name: version(name) for name in ("scikit-ntk", "scikit-learn", "numpy")}
