"""A program as stages of the engine, and what each point brings to them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from ntksym.lowering.code.load import Code
from ntksym.lowering.code.options import SIDE
from ntksym.lowering.functions.twofold import hypotenuse, times
from ntksym.lowering.inputs import Points
from ntksym.lowering.program import Affine, Fork, Join, Nonlinear, Operation

LARGEST = 1e9
"""Of what tiles in float32 read: products of four such numbers are below its largest."""
STEEPEST, STEEP = 0.95, 0.82
"""The largest sine at a point for which the dual is taken as it stands: from gaps, that of
:func:`.vector.sharp_arcsine`; from a covariance, of which a unit is then two in Σ̇."""


@dataclass(frozen=True)
class Stage:
    """One pass over a tile: an activation if there is one, then an affine layer (or none).

    The kernel becomes ``numbers[0]`` times itself, plus ``numbers[1]`` times the covariance, plus
    ``numbers[2]``.
    """

    kind: Literal["start", "layer", "affine", "fork", "join"]
    activation: Any = None
    w: float = 1.0
    b: float = 0.0
    numbers: tuple[float, float, float] = (1.0, 0.0, 0.0)
    affine: Affine | None = None


def stages(operations: Iterable[Operation], tangent: bool) -> Iterator[Stage]:
    """An affine layer is taken together with the activation before it, or with the start."""
    none = (1.0, 0.0, 0.0) if tangent else (0.0, 1.0, 0.0)
    waiting: Stage | None = Stage("start", numbers=none)
    for operation in operations:
        if isinstance(operation, Affine):
            kind, activation = (waiting.kind, waiting.activation) if waiting else ("affine", None)
            yield _affine(kind, activation, operation, tangent)
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting = None
        match operation:
            case Nonlinear(activation):
                waiting = Stage("layer", activation, numbers=none)
            case Fork():
                yield Stage("fork")
            case Join():
                yield Stage("join")
    if waiting:
        yield waiting


def _affine(kind: Any, activation: Any, operation: Affine, tangent: bool) -> Stage:
    w, b = float(operation.w_std), float(operation.b_std)
    inside, trained = (b, 0.0) if operation.random_bias else (0.0, b)
    numbers = (w * w, 1.0, trained * trained) if tangent else (0.0, 1.0, 0.0)
    return Stage(kind, activation, w, inside, numbers, operation)


@dataclass(frozen=True)
class Block:
    """``SIDE`` points with their numbers for each stage, of which ``rows`` count."""

    rows: int
    unit: np.ndarray
    low: np.ndarray
    zero: np.ndarray
    features: tuple[np.ndarray, ...]
    affine: tuple[np.ndarray, ...]
    still: tuple[bool, ...]
    """Whether a point has variance 0 behind the activation of a stage."""
    direct: int
    """The stage from which on covariances do, without gaps."""


@dataclass(frozen=True)
class Sheet:
    """Points in blocks, the last one filled up. The last axis of ``diagonal`` is that of points."""

    unit: np.ndarray
    block: list[Block]
    diagonal: np.ndarray

    def place(self, number: int) -> slice:
        return slice(number * SIDE, number * SIDE + self.block[number].rows)


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
    features, affine = ([_blocks(rows) for rows in stage]
                        for stage in (brought.features, brought.affine))  # fmt: skip
    still = [(part[:, SIDE : 2 * SIDE] == 0).any(axis=1).tolist() for part in features]
    largest = max((np.abs(part).max(initial=0.0) for part in features), default=0.0)
    dtype = np.float32 if single and largest < LARGEST else np.float64
    features, affine = ([part.astype(dtype, copy=False) for part in p] for p in (features, affine))
    zero, first = (lengths[0] == 0).reshape(-1, SIDE), 0
    for points in groups:
        unit, low = (rows.reshape(-1, SIDE, points.width) for rows in points.parts(dtype))
        at = slice(first, first + len(unit))
        counts = [min(SIDE, points.count - k * SIDE) for k in range(len(unit))]
        of_stages = [[part[at] for part in parts] for parts in (features, affine, still)]
        by_block = (zip(*parts, strict=True) for parts in of_stages)
        block = map(Block, counts, unit, low, zero[at], *by_block, direct[at].max(axis=1).tolist())
        own = diagonal[..., first * SIDE :][..., : points.count]
        yield Sheet(unit, list(block), own)
        first += len(unit)


def through(lengths: np.ndarray, stages: Sequence[Stage], codes: dict[Any, Code]) -> Brought:
    """Of points with these standard deviations in two parts; the kernel on the diagonal."""
    (s, low), features, affine, kept = lengths, [], [], []
    theta, sines = np.zeros_like(s), []
    for stage in stages:
        found = given = np.empty((0, len(s)))
        sine = np.zeros_like(s)
        if stage.kind == "fork":
            kept.append((s, theta))
        elif stage.kind == "join":
            other, more = kept.pop()
            s, low, given = _combined(s, np.zeros_like(s), other)
            theta = theta + more
        else:
            if stage.kind == "layer":
                code = codes[stage.activation]
                found = code.features(s, low)
                sine = (s * found[code.direct.sine]) ** 2 if code.direct else sine + np.inf
                s, low, theta = found[1], np.zeros_like(s), theta * found[2]
            s, low = times(s, low, stage.w)
            s, low, given = _combined(s, low, np.full_like(s, stage.b))
            w, v, b = stage.numbers
            theta = w * theta + (v * s * s + b)
        features.append(found)
        affine.append(given)
        sines.append(sine)
    return Brought(features, affine, theta, _direct(stages, sines))


def _direct(stages: Sequence[Stage], sines: Sequence[np.ndarray]) -> np.ndarray:
    """The first stage with no open fork from which on a point's sines are small enough.

    Not the start: close pairs are to be found there.
    """
    first = np.full(len(sines[0]), len(stages))
    small, last, joined = np.ones(len(first), bool), False, 0
    for k in reversed(range(1, len(stages))):
        entered = small & (sines[k] <= STEEPEST)
        small &= sines[k] <= STEEP
        layer = stages[k].kind == "layer"
        last |= layer
        joined += (stages[k].kind == "join") - (stages[k].kind == "fork")
        if last and not joined:
            first[entered if layer else small] = k
    return first


def _combined(
    a: np.ndarray, low: np.ndarray, e: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The standard deviation s of a sum in two parts, and (a, e)/s over s; (1, 0) where s is 0."""
    s, low = hypotenuse(a, low, e)
    size = np.where(s > 0, s, 1.0)
    return s, low, np.stack([np.where(s > 0, a / size, 1.0), e / size, s])


def _blocks(rows: np.ndarray) -> np.ndarray:
    """Of shape (blocks, rows * SIDE): one after another what a tile reads."""
    parts = rows.reshape(len(rows), rows.shape[1] // SIDE, SIDE).transpose(1, 0, 2)
    return np.ascontiguousarray(parts).reshape(len(parts), len(rows) * SIDE)
