"""NTK, NNGP and RBF on real data: ``python benchmarks/learning.py`` runs, ``... draw`` only draws.

Writes ``learning.json`` beside it, docs/learning.md and docs/pictures/learning.png.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import numpy as np
from learning_page import draw, page
from scipy.linalg import eigh

import ntksym
from ntksym.data import diabetes, digits

HERE = Path(__file__).parent
RESULTS = HERE / "learning.json"
DOCS = HERE.parent / "docs"
RIDGES = np.geomspace(1e-6, 1e2, 9)
"""Times the mean of K(x, x)."""
TIMES = np.geomspace(1, 1e8, 9)
"""Over the largest rate."""
Array = np.ndarray


@dataclass(frozen=True)
class Data:
    """A data set, its training sizes, how often it is split, and the size of the test part."""

    points: Array
    targets: Array
    sizes: tuple[int, ...]
    splits: int
    test: int
    score: Callable[[Array, Array], float]
    spread: Callable[[Array], Any]
    """What the centred points are divided by: a number where columns are of one kind."""


def wrong(predicted: Array, one_hot: Array) -> float:
    """Per cent of the images whose largest output is at another digit."""
    return 100 * float((predicted.argmax(axis=1) != one_hot.argmax(axis=1)).mean())


def root_mean_square(predicted: Array, y: Array) -> float:
    return float(np.sqrt(np.mean((predicted - y) ** 2)))


def sets() -> dict[str, Data]:
    images, labels = digits()
    features, progression = diabetes()
    return {
        "digits": Data(
            images, np.eye(10)[labels], (50, 100, 200, 400, 800), 6, 900, wrong, np.std
        ),
        "diabetes": Data(
            features, progression[:, None], (25, 50, 100, 200, 340), 30, 100, root_mean_square,
            lambda rows: rows.std(axis=0),
        ),
    }  # fmt: skip


def candidates() -> dict[str, list[ntksym.Kernel]]:
    """Nine kernels of each kind, so that each has as much choice."""
    shapes = list(product((2, 3, 5), (0.0, 0.3, 1.0)))
    of = {
        kind: [make("relu", depth=depth, w_std=2**0.5, b_std=b) for depth, b in shapes]
        for kind, make in (("NTK", ntksym.ntk), ("NNGP", ntksym.nngp))
    }
    of["RBF"] = [gaussian(float(w)) for w in np.geomspace(0.1, 10, 9)]
    return {**of, "NTK, stopped early": of["NTK"]}


def gaussian(w: float) -> ntksym.Kernel:
    """exp(-w²|x - x'|²/d), as the covariance of a network of cosines."""
    first, last = ntksym.Dense(w_std=w), ntksym.Dense()
    return ntksym.nngp(ntksym.serial(first, ntksym.Elementwise(ntksym.activation("rbf")), last))


def ridge_path(kernel: ntksym.Kernel, X: Array, y: Array, Z: Array) -> Array:
    """Predictions at Z for each ridge, from one eigendecomposition."""
    values, vectors = eigh(kernel(X))
    level = kernel.diag(X).mean()
    pull, aim = kernel(Z, X) @ vectors, vectors.T @ y
    return np.stack([pull @ (aim / (values + r * level)[:, None]) for r in RIDGES])


def in_time(kernel: ntksym.Kernel, X: Array, y: Array, Z: Array) -> Array:
    """Predictions at Z at each time."""
    flow = ntksym.gradient_flow(kernel, X, y, 0.0, Z)
    return flow.test.mean_at(TIMES / flow.rates[0])


def chosen(
    kernels: list[ntksym.Kernel], path: Callable[..., Array], X: Array, y: Array
) -> tuple[int, int]:
    """The kernel, and the ridge or the time, of the least squared error on a fifth of the data."""
    cut = len(X) - len(X) // 5
    errors = [
        ((path(kernel, X[:cut], y[:cut], X[cut:]) - y[cut:]) ** 2).mean(axis=(1, 2))
        for kernel in kernels
    ]
    which, step = np.unravel_index(np.argmin(errors), (len(kernels), len(RIDGES)))
    return int(which), int(step)


def scores(data: Data, size: int, kinds: Mapping[str, Any]) -> Iterator[dict[str, float]]:
    """One split after another: the score of each kind on the same points."""
    for seed in range(data.splits):
        order = np.random.default_rng(seed).permutation(len(data.points))
        train, test = order[data.test :][:size], order[: data.test]
        middle, spread = data.points[train].mean(axis=0), data.spread(data.points[train])
        X, Z = ((data.points[rows] - middle) / spread for rows in (train, test))
        level = data.targets[train].mean(axis=0)
        y = data.targets[train] - level
        found = {}
        for kind, kernels in kinds.items():
            path = in_time if "stopped" in kind else ridge_path
            which, step = chosen(kernels, path, X, y)
            predicted = path(kernels[which], X, y, Z)[step] + level
            found[kind] = data.score(predicted, data.targets[test])
        yield found


def run() -> dict[str, Any]:
    kinds, results = candidates(), {}
    for name, data in sets().items():
        results[name] = {"test": data.test, "splits": data.splits, "rows": []}
        for size in data.sizes:
            found = list(scores(data, size, kinds))
            row = {"n": size}
            for kind in kinds:
                values = [split[kind] for split in found]
                row[kind] = [mean(values), stdev(values) / len(values) ** 0.5]
            results[name]["rows"].append(row)
            print(name, row, file=sys.stderr, flush=True)
    return results


if __name__ == "__main__":
    if sys.argv[1:] != ["draw"]:
        RESULTS.write_text(json.dumps(run(), indent=1) + "\n", encoding="utf-8")
    found = json.loads(RESULTS.read_text("utf-8"))
    (DOCS / "learning.md").write_text(page(found), encoding="utf-8")
    draw(found).savefig(DOCS / "pictures" / "learning.png")
