"""The recursion as one writes it down in NumPy, and the two floors beneath every program.

The floors do no kernel: ``product`` is X @ X.T, ``write`` fills a new (n, n) array of doubles.
"""

from collections.abc import Callable
from math import pi
from typing import Any

import numpy as np

Array = np.ndarray
Dual = Callable[[Array, Array], tuple[Array, Array]]


def relu(covariance: Array, variance: Array) -> tuple[Array, Array]:
    """E[σσ'] and E[σ̇σ̇'] of ReLU [cho2009]."""
    scale = np.sqrt(np.multiply.outer(variance, variance))
    cosine = np.clip(covariance / scale, -1.0, 1.0)
    angle = np.arccos(cosine)
    sine = np.sqrt(1 - cosine**2)
    return scale * (sine + (pi - angle) * cosine) / (2 * pi), (pi - angle) / (2 * pi)


def erf(covariance: Array, variance: Array) -> tuple[Array, Array]:
    """E[σσ'] and E[σ̇σ̇'] of erf [williams1997]."""
    scale = np.multiply.outer(1 + 2 * variance, 1 + 2 * variance)
    sigma = 2 / pi * np.arcsin(2 * covariance / np.sqrt(scale))
    return sigma, 4 / pi / np.sqrt(scale - 4 * covariance**2)


DUALS: dict[str, Dual] = {"relu": relu, "erf": erf}


def gram(points: Array, dual: Dual, depth: int, w: float, b: float) -> Array:
    """Θ of depth L, all entries at once."""
    covariance = w**2 * (points @ points.T) / points.shape[1] + b**2
    theta = covariance
    for _ in range(depth - 1):
        sigma, slope = dual(covariance, covariance.diagonal())
        covariance = w**2 * sigma + b**2
        theta = covariance + w**2 * slope * theta
    return theta


def prepare(case: dict[str, Any], points: Array) -> Callable[[], Any]:
    """The recursion, or the floor named by ``what``."""
    match case["what"]:
        case "product":
            return lambda: points @ points.T
        case "write":
            return lambda: np.full((len(points), len(points)), 1.0)
    if case["activation"] not in DUALS:
        raise NotImplementedError(f"{case['activation']}: not among {', '.join(DUALS)}")
    dual = DUALS[case["activation"]]
    return lambda: gram(points, dual, case["depth"], case["w_std"], case["b_std"])


def versions() -> dict[str, str]:
    """What was measured."""
    return {"numpy": np.__version__}
