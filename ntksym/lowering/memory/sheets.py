"""Points in blocks of a tile's side, with all that the tiles read of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

import numpy as np

from ntksym.lowering.code.options import SIDE
from ntksym.lowering.inputs import Points, by_parts
from ntksym.lowering.memory.matrix import aligned
from ntksym.lowering.memory.products import FEW, bands

LARGEST = 1e9
"""Of what tiles in float32 read: products of four such numbers are below its largest."""


@dataclass(frozen=True)
class Block:
    """``SIDE`` points with their numbers for each stage, of which ``rows`` count."""

    rows: int
    unit: np.ndarray
    low: np.ndarray
    zero: np.ndarray
    features: tuple[np.ndarray, ...]
    affine: tuple[np.ndarray, ...]
    features_on: tuple[np.ndarray, ...]
    """Those of the stage and of the stages behind it, a row for each."""
    affine_on: tuple[np.ndarray, ...]
    still: tuple[bool, ...]
    """Whether a point has variance 0 behind the activation of a stage."""
    direct: int
    """The stage from which on covariances do, without gaps; 0: close pairs need no care."""


@dataclass(frozen=True)
class Sheet:
    """Points in blocks, the last one filled up. The last axis of ``diagonal`` is that of points."""

    unit: np.ndarray
    block: list[Block]
    diagonal: np.ndarray

    def place(self, number: int) -> slice:
        return slice(number * SIDE, number * SIDE + self.block[number].rows)

    def bands(self) -> np.ndarray:
        """A new array, each block as :func:`.products.bands` has it; of size 0 beyond ``FEW``."""
        size = SIDE * self.unit.shape[2] if self.unit.shape[2] <= FEW else 0
        found = aligned((len(self.unit), size), self.unit.dtype)
        if size:
            by_parts(lambda part: bands(self.unit[part], found[part]), len(found), size)
        return found

    @cached_property
    def kinds(self) -> list[int]:
        """Of each block: those of one kind are asked for by the same calls."""
        found: dict[Any, int] = {}
        of = ((block.rows, block.direct, block.still) for block in self.block)
        return [found.setdefault(each, len(found)) for each in of]


@dataclass(frozen=True)
class Brought:
    """What the points bring to each stage: to its activation, to its affine layer; the diagonal.

    ``direct``: from which stage on each point needs no gaps.
    """

    features: list[np.ndarray]
    affine: list[np.ndarray]
    diagonal: np.ndarray
    direct: np.ndarray


def sheets(
    groups: Sequence[Points], bring: Callable[[np.ndarray], Brought], single: bool = False
) -> Iterator[Sheet]:
    """A sheet for each group. Those of one call fit together: a series has one order for all.

    ``single``: what the tiles read is float32, where its products stay far from its range.
    """
    lengths = np.hstack([points.lengths for points in groups])
    with np.errstate(over="ignore", invalid="ignore"):
        brought = bring(lengths)
    diagonal, direct = brought.diagonal, brought.direct.reshape(-1, SIDE)
    count = lengths.shape[1] // SIDE
    still = []
    for rows in brought.features:
        zero = (rows[1:2] == 0).reshape(len(rows[1:2]), count, SIDE)
        still.append(zero.any(axis=(0, 2)).tolist())
    largest = max((np.abs(part).max(initial=0.0) for part in brought.features), default=0.0)
    dtype = np.float32 if single and largest < LARGEST else np.float64
    onward = [_blocks(parts, dtype) for parts in (brought.features, brought.affine)]
    here = [[part[:, 0] for part in parts] for parts in onward]
    zero, first = (lengths[0] == 0).reshape(-1, SIDE), 0
    for points in groups:
        unit, low = (rows.reshape(-1, SIDE, points.width) for rows in points.parts(dtype))
        at = slice(first, first + len(unit))
        counts = [min(SIDE, points.count - k * SIDE) for k in range(len(unit))]
        of_stages = [[part[at] for part in parts] for parts in (*here, *onward, still)]
        by_block = (zip(*parts, strict=True) for parts in of_stages)
        entered = direct[at].max(axis=1).tolist()
        block = map(Block, counts, unit, low, zero[at], *by_block, entered)
        own = diagonal[..., first * SIDE :][..., : points.count]
        yield Sheet(unit, list(block), own)
        first += len(unit)


def _blocks(parts: Sequence[np.ndarray], dtype: Any) -> list[np.ndarray]:
    """For each stage, of shape (blocks, stages from it on, rows * SIDE).

    What a tile reads stands one after another; also for the stages that follow with as many rows.
    """
    found = []
    for rows, group in groupby(parts, key=len):
        stages = list(group)
        count = stages[0].shape[1] // SIDE
        room = aligned((count, len(stages), rows, SIDE), dtype)
        for n, part in enumerate(stages):
            room[:, n] = part.reshape(rows, count, SIDE).transpose(1, 0, 2)
        flat = room.reshape(count, len(stages), rows * SIDE)
        found += [flat[:, n:] for n in range(len(stages))]
    return found
