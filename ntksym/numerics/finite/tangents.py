r"""The empirical tangent kernel, layer by layer: no derivative by a parameter is ever stored.

With :math:`a` the input of an affine layer and :math:`\delta` the derivative of an output by its
own output, :math:`\partial f/\partial W=\frac{w}{\sqrt n}\,\delta a^{\mathsf T}` has rank one, so

.. math:: \sum_p\partial_pf(x)\,\partial_pf(x')=\sum_l
    \Bigl(\frac{w^2}{n}\,a\cdot a'+\beta^2\Bigr)\,\delta\cdot\delta'.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from ntksym.numerics.finite.draw import Parameters
from ntksym.numerics.finite.passes import backward, forward
from ntksym.numerics.finite.plan import Affine, Operation

MEMORY = 2**29
"""Bytes for what two blocks of points bring to all layers."""
Layer = tuple[Affine, np.ndarray, np.ndarray]
Progress = Callable[[int, int], None]


def features(operations: Sequence[Operation], parameters: Parameters, x: np.ndarray) -> list[Layer]:
    """Of each affine layer a (n, columns) and δ (n, k, rows), for each of the k outputs."""
    outputs, tape = forward(operations, parameters, x)
    found: list[Layer] = []
    each = np.eye(outputs.shape[1], dtype=x.dtype)
    unit = np.broadcast_to(each, (len(x), *each.shape))
    backward(operations, parameters, tape, unit, lambda _, *layer: found.append(layer))
    return found


def product(left: list[Layer], right: list[Layer]) -> np.ndarray:
    """(n, k, m, k)."""
    total: np.ndarray | float = 0.0
    for (layer, a, delta), (_, b, epsilon) in zip(left, right, strict=True):
        inputs = layer.scale(a.shape[1]) ** 2 * (a @ b.T) + layer.b**2
        rows, columns = delta.reshape(-1, layer.rows), epsilon.reshape(-1, layer.rows)
        slopes = (rows @ columns.T).reshape(*delta.shape[:2], *epsilon.shape[:2])
        slopes *= inputs[:, None, :, None]
        total = total + slopes
    return np.asarray(total)


def empirical(
    operations: Sequence[Operation],
    parameters: Parameters,
    x: np.ndarray,
    y: np.ndarray | None,
    progress: Progress | None = None,
) -> np.ndarray:
    """K(X, Y) of shape (n, m, k, k), in blocks of points; K(X, X) is exactly symmetric."""
    k, columns = parameters[-1].weight.shape[0], x if y is None else y
    rows = _rows(parameters, k, x.dtype.itemsize)
    kernel = np.empty((len(x), len(columns), k, k), x.dtype)
    cuts = [list(_blocks(len(points), rows)) for points in (x, columns)]
    total, done = len(cuts[0]) * len(cuts[1]), 0
    for i in cuts[0]:
        left = features(operations, parameters, x[i])
        for j in cuts[1]:
            if y is not None or j.start >= i.start:
                same = y is None and i == j
                right = left if same else features(operations, parameters, columns[j])
                block = product(left, right).transpose(0, 2, 1, 3)
                kernel[i, j] = block
                if y is None and not same:
                    kernel[j, i] = block.transpose(1, 0, 3, 2)
            done += 1
            if progress:
                progress(done, total)
    return kernel


def _rows(parameters: Parameters, outputs: int, itemsize: int) -> int:
    """The points of a block."""
    point = sum(w.shape[1] + outputs * w.shape[0] for w, _ in parameters) * itemsize
    return max(1, MEMORY // (2 * point))


def _blocks(count: int, rows: int) -> Iterator[slice]:
    return (slice(at, min(at + rows, count)) for at in range(0, count, rows))
