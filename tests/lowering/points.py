"""Points that are hard for kernels, and the distance to Arb in ulp."""

import numpy as np

from ntksym import Kernel

ULP = 2.0**-52


def ordinary(count: int = 6, dimension: int = 5) -> np.ndarray:
    return np.random.default_rng(7).normal(size=(count, dimension))


def hard() -> np.ndarray:
    """Random, near-duplicate, nearly opposite, equal, parallel, opposite, zero, and far in norm."""
    rng = np.random.default_rng(11)
    x, y, z = rng.normal(size=(3, 6))
    step = rng.normal(size=6) / np.sqrt(6) * np.linalg.norm(x)
    near = [x + 10.0**-k * step for k in (1, 3, 5, 8, 11, 14)]
    far = [-x + 10.0**-k * step for k in (2, 7, 12)]
    same = [x.copy(), 3 * x, -x, -2 * y, 0 * x, 0 * y]
    scaled = [1e-3 * y, 1e3 * z, 1e-150 * x, 1e150 * y, 1e-120 * z]
    return np.array([x, y, z, *near, *far, *same, *scaled])


def ulps(
    kernel: Kernel, x: np.ndarray, pairs: list[tuple[int, int]], scaled: bool, bits: int = 90
) -> float:
    """The largest error of the Gram matrix in units of 2**-52, against so many bits of Arb.

    Relative to K(x, y), or if ``scaled`` to sqrt(K(x, x) K(y, y)), the larger of the two.
    """
    gram, worst = kernel(x), 0.0
    size = np.sqrt(kernel.diag(x))
    for i, j in pairs:
        exact = kernel.enclose(x[i], x[j], bits)
        unit = abs(float(exact.mid()))
        if scaled:
            unit = max(unit, size[i] * size[j])
        error = float(abs(exact - float(gram[i, j])).mid()) if np.isfinite(gram[i, j]) else np.inf
        worst = max(worst, error / unit if unit else error and np.inf)
    return worst / ULP


def upper(count: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(count) for j in range(i, count)]
