"""A program as stages of the engine, and what points bring to them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from ntksym.lowering.code.load import Code
from ntksym.lowering.functions.twofold import hypotenuse, remainders, times
from ntksym.lowering.memory.sheets import Brought
from ntksym.lowering.program import Affine, Fork, Join, Nonlinear, Operation

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
                sine = code.steepness(s, found)
                s, low, theta = found[1], np.zeros_like(s), theta * found[2]
            (t, rest), bias = _in_two(times, s, low, stage.w), np.full_like(s, stage.b)
            s, low, given = _combined(t, rest, bias)
            if stage.kind == "start":
                given = np.vstack([given, _in_two(remainders, t, rest, bias, s, low)])
            w, v, b = stage.numbers
            theta = w * theta + (v * s * s + b)
        features.append(found)
        affine.append(given)
        sines.append(sine)
    return Brought(features, affine, theta, first_direct(stages, sines))


def first_direct(stages: Sequence[Stage], sines: Sequence[np.ndarray]) -> np.ndarray:
    """The first stage with no open fork from which on a point's sines are small enough."""
    first = np.full(len(sines[0]), len(stages))
    small, last, joined = np.ones(len(first), bool), False, 0
    for k in reversed(range(len(stages))):
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
    s, low = _in_two(hypotenuse, a, low, e)
    size = np.where(s > 0, s, 1.0)
    return s, low, np.stack([np.where(s > 0, a / size, 1.0), e / size, s])


def _in_two(function: Callable[..., None], s: np.ndarray, *more: Any) -> np.ndarray:
    """A function of numbers in two parts."""
    out = np.empty((2, len(s)))
    function(s, *more, out)
    return out
