"""Weights and biases from a seed, the same for any number of threads and in either precision."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from ntksym.arguments import integer
from ntksym.lowering.threads import count, share
from ntksym.numerics.finite.plan import Affine

ROWS = 256
"""Rows of a matrix that share a stream of random numbers."""


class Weights(NamedTuple):
    """Of one affine layer: W of shape (rows, columns), b of shape (rows,)."""

    weight: np.ndarray
    bias: np.ndarray


Parameters = tuple[Weights, ...]


@dataclass(frozen=True)
class Start:
    """The first layer, drawn for as many columns as the points have.

    Each coordinate of the input has weights of its own: more coordinates change none of the others.
    """

    layer: Affine
    seed: np.random.SeedSequence
    dtype: Any

    def weights(self, columns: int) -> Weights:
        weight = _stream(self.seed, 0).standard_normal((columns, self.layer.rows))
        bias = _bias(self.layer, self.seed, self.dtype)
        return Weights(np.ascontiguousarray(weight.T, self.dtype), bias)


def later(layers: Sequence[Affine], seed: np.random.SeedSequence, dtype: Any) -> Parameters:
    """All layers but the first, whose columns are the rows of hidden layers."""
    columns = layers[0].rows if layers else 0
    return tuple(
        Weights(_matrix(layer.rows, columns, child(seed, k), dtype),
                _bias(layer, child(seed, k), dtype))
        for k, layer in enumerate(layers[1:], 1)
    )  # fmt: skip


def child(seed: np.random.SeedSequence, k: int) -> np.random.SeedSequence:
    """The k-th that ``seed.spawn`` gives, without counting it as spawned."""
    return np.random.SeedSequence(seed.entropy, spawn_key=(*seed.spawn_key, k))


def sequence(seed: Any) -> np.random.SeedSequence:
    """``seed`` as a SeedSequence; an error unless it is one, or an integer of at least 0."""
    if isinstance(seed, np.random.SeedSequence):
        return seed
    return np.random.SeedSequence(integer("seed", seed, 0))


def _stream(seed: np.random.SeedSequence, k: int) -> np.random.Generator:
    return np.random.default_rng(child(seed, k))


def _bias(layer: Affine, seed: np.random.SeedSequence, dtype: Any) -> np.ndarray:
    if not layer.random_bias:
        return np.zeros(layer.rows, dtype)
    return np.random.default_rng(seed).standard_normal(layer.rows).astype(dtype)


def _matrix(rows: int, columns: int, seed: np.random.SeedSequence, dtype: Any) -> np.ndarray:
    matrix = np.empty((rows, columns), dtype)

    def fill(k: int) -> None:
        block = matrix[ROWS * k : ROWS * (k + 1)]
        block[...] = _stream(seed, k).standard_normal(block.shape)

    share(fill, range(-(-rows // ROWS)), count())
    return matrix
