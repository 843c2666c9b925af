"""What each point brings to the stages, with its derivatives along the two directions."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ntksym.lowering.code.load import Code
from ntksym.lowering.memory.sheets import Brought
from ntksym.lowering.stages import Stage, first_direct

Numbers = tuple[float, float, float, float, float]


def numbers(stage: Stage, moving: bool) -> Numbers:
    """``Stage.numbers``, then the derivatives of the first by w_std and of the last by b_std."""
    w, v, b = stage.numbers
    layer = stage.affine
    if layer is None or not moving:
        return w, v, b, 0.0, 0.0
    dw = 2 * float(layer.w_std) if w else 0.0
    return w, v, b, dw, 2 * float(layer.b_std) if b else 0.0


def of_covariance(stage: Stage, moving: bool) -> tuple[float, float, float, float]:
    """What a covariance is multiplied by, what is added; the derivatives by w_std and b_std."""
    layer = stage.affine
    w, b = (stage.w, stage.b) if layer and moving else (0.0, 0.0)
    return stage.w**2, stage.b**2, 2 * w, 2 * b


def through(
    s: np.ndarray, ds: np.ndarray, stages: Sequence[Stage], codes: dict[Any, Code], moving: bool
) -> Brought:
    """Of points with the standard deviations ``s`` that move by ``ds``, a row a direction.

    ``moving``: w_std moves along the first direction, b_std along the second. The diagonal has
    three rows: the kernel and its derivatives.
    """
    features, affine, kept = [], [], []
    theta, dtheta, sines = np.zeros_like(s), np.zeros_like(ds), []
    for stage in stages:
        found = given = np.empty((0, len(s)))
        sine = np.zeros_like(s)
        if stage.kind == "fork":
            kept.append((s, ds, theta, dtheta))
        elif stage.kind == "join":
            other, dother, more, dmore = kept.pop()
            s, ds, given = _combined(s, other, ds, dother, ds)
            theta, dtheta = theta + more, dtheta + dmore
        else:
            before = np.divide(ds, s, out=np.zeros_like(ds), where=s > 0)
            if stage.kind == "layer":
                code = codes[stage.activation]
                found = code.features(s, np.zeros_like(s))
                sine = code.steepness(s, found)
                s, slope, growth, bend = found[1:5]
                dtheta = slope * dtheta + theta * bend * ds
                theta, ds = theta * slope, growth * ds
            w, v, b, dw, db = numbers(stage, moving)
            dtheta = w * dtheta + np.outer([dw, 0.0], theta) + [[0.0], [db]]
            moved, bias = stage.w * ds, np.zeros_like(ds)
            if moving and stage.affine:
                moved[0] += s
                bias[1] = float(stage.affine.random_bias)
            s, ds, given = _combined(stage.w * s, np.full_like(s, stage.b), moved, bias, before)
            dtheta = dtheta + 2 * v * s * ds
            theta = w * theta + (v * s * s + b)
        features.append(found)
        affine.append(given)
        sines.append(sine)
    direct = np.maximum(first_direct(stages, sines), 1)  # what moves is started from gaps
    return Brought(features, affine, np.stack([theta, *dtheta]), direct)


def _combined(
    a: np.ndarray, e: np.ndarray, da: np.ndarray, de: np.ndarray, before: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The standard deviation s of a sum, its derivatives, and the ``ROWS`` of ``.updates``.

    Where s is 0 its derivatives are 0: it is even in w_std and in b_std.
    """
    s = np.hypot(a, e)
    size = np.where(s > 0, s, 1.0)
    a, e = np.where(s > 0, a / size, 1.0), e / size
    turn = np.where(s > 0, (a * de - e * da) / size, 0.0)
    grow = np.where(s > 0, a * da + e * de, 0.0)
    ways = (row for of_way in zip(turn, grow, before, strict=True) for row in of_way)
    return s, grow, np.stack([a, e, s, *ways])
