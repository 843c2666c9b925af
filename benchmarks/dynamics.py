"""Training in closed form beside one eigendecomposition: ``python benchmarks/dynamics.py``.

2000 training points, 500 others, 50 times: means at all points, covariance (500, 500) at each time.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.linalg import eigh

import ntksym

N, M, TIMES = 2000, 500, 50


def seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(rounds: int) -> None:
    rng = np.random.default_rng(0)
    X, Z, y = rng.normal(size=(N, 20)), rng.normal(size=(M, 20)), rng.normal(size=N)
    times = np.r_[0, np.geomspace(1e-1, 1e6, TIMES - 2), np.inf]
    for make in (ntksym.ntk, ntksym.nngp):
        kernel = make("relu", depth=3, w_std=2**0.5, b_std=0.1)
        gram = kernel(X)
        _ = ntksym.gradient_flow(kernel, X[:9], y[:9], 1.0).covariance  # compiles

        def train(kernel: ntksym.Kernel = kernel) -> Any:
            flow = ntksym.gradient_flow(kernel, X, y, times, Z)
            return flow.mean, flow.train_mean, flow.covariance

        for _ in range(rounds):
            once, all_of_it = seconds(lambda gram=gram: eigh(gram)), seconds(train)
            print(
                f"{kernel.kind}: {all_of_it:.2f} s, {all_of_it / once:.1f} eigendecompositions "
                f"of {once:.2f} s"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 3)
