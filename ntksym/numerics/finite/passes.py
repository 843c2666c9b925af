"""Forward, backward and tangent passes through a finite network."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ntksym.lowering.program import Fork
from ntksym.numerics.finite.draw import Parameters
from ntksym.numerics.finite.plan import Affine, Nonlinear, Operation

Tape = list[Any]
"""Of each operation what the way back needs: inputs of affine layers, σ' of activations."""
Visit = Callable[[int, Affine, np.ndarray, np.ndarray], None]


def forward(
    operations: Sequence[Operation], parameters: Parameters, x: np.ndarray
) -> tuple[np.ndarray, Tape]:
    """Outputs (n, k), and the tape."""
    tape: Tape = []
    kept: list[np.ndarray] = []
    layers = iter(parameters)
    for operation in operations:
        match operation:
            case Affine():
                tape.append(x)
                weight, bias = next(layers)
                x = x @ weight.T
                x *= operation.scale(weight.shape[1])
                x += operation.b * bias
            case Nonlinear(function):
                x, slope = function(x)
                tape.append(slope)
            case Fork():
                tape.append(None)
                kept.append(x)
            case _:
                tape.append(None)
                x = x + kept.pop()
    return x, tape


def backward(
    operations: Sequence[Operation],
    parameters: Parameters,
    tape: Tape,
    cotangents: np.ndarray,
    visit: Visit,
) -> None:
    """``visit(l, layer, a, δ)`` for each affine layer l, from the last to the first.

    a (n, columns) is its input and δ (n, c, rows) the derivative of the c sums, that
    ``cotangents`` (n, c, k) make of the outputs of a point, by its output. When a layer is visited
    its weights have been read: ``visit`` may change them.
    """
    delta, level = cotangents, len(parameters)
    kept: list[np.ndarray] = []
    for operation, held in zip(reversed(operations), reversed(tape), strict=True):
        match operation:
            case Affine():
                level -= 1
                weight, above = parameters[level].weight, delta
                if level:
                    delta = (above.reshape(-1, weight.shape[0]) @ weight).reshape(
                        *above.shape[:2], -1
                    )
                    delta *= operation.scale(weight.shape[1])
                visit(level, operation, held, above)
            case Nonlinear():
                delta = delta * held[:, None, :]
            case Fork():
                delta = delta + kept.pop()
            case _:
                kept.append(delta)


def tangent(
    operations: Sequence[Operation], parameters: Parameters, moved: Parameters, x: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Outputs (n, k), and their derivative along the displacement ``moved`` of the parameters."""
    kept: list[tuple[np.ndarray, np.ndarray]] = []
    layers, dx = iter(zip(parameters, moved, strict=True)), np.zeros_like(x)
    for operation in operations:
        match operation:
            case Affine():
                (weight, bias), (d_weight, d_bias) = next(layers)
                scale = operation.scale(weight.shape[1])
                dx = scale * (x @ d_weight.T + dx @ weight.T) + operation.b * d_bias
                x = scale * (x @ weight.T) + operation.b * bias
            case Nonlinear(function):
                x, slope = function(x)
                dx = slope * dx
            case Fork():
                kept.append((x, dx))
            case _:
                before, d_before = kept.pop()
                x, dx = x + before, dx + d_before
    return x, dx
