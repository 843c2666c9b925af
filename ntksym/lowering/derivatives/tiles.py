"""The engine of derivatives: the stages on tiles that carry seven planes and more."""

from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from ntksym.lowering import updates as values
from ntksym.lowering.code.load import Code, Direct
from ntksym.lowering.code.options import SIDE
from ntksym.lowering.derivatives import updates
from ntksym.lowering.derivatives.direct import updates as moving
from ntksym.lowering.derivatives.points import numbers, of_covariance, through
from ntksym.lowering.inputs import Points, representable
from ntksym.lowering.machine.calls import Calls
from ntksym.lowering.memory.sheets import Block, Brought, Sheet, sheets
from ntksym.lowering.stages import Stage
from ntksym.lowering.threads.sweep import Write, room, sweep

SAME = np.repeat([1.0, 0.0, 1.0, 0.0, 0.0], SIDE)
STILL = np.repeat([1.0, 0.0, 1.0] + [0.0] * (updates.ROWS - 3), SIDE)
"""No affine layer."""


class Step(NamedTuple):
    """A stage with its compiled derivatives, its ``numbers``, and those of covariances."""

    stage: Stage
    code: Code | None
    numbers: tuple[float, ...]
    of_covariance: tuple[float, ...]


@dataclass(frozen=True)
class Tangents:
    """A program in stages with the compiled derivatives of its activations.

    ``hyper``: the directions are those of w_std and b_std. Else they are, for the first point of
    a pair, the logarithm of its norm and the angle to the second point.
    """

    stages: tuple[Stage, ...]
    codes: dict[Any, Code]
    hyper: bool

    def sheets(self, *groups: Points) -> list[Sheet]:
        """What the points bring to the stages; those of the first group move."""
        first = -(-groups[0].count // SIDE) * SIDE

        def bring(lengths: np.ndarray) -> Brought:
            s = lengths[0]
            ds = np.zeros((2, len(s)))
            if not self.hyper:
                ds[0, :first] = s[:first]
            return through(s, ds, self.stages, self.codes, self.hyper)

        found = list(sheets(groups, bring))
        representable(groups, [sheet.diagonal for sheet in found], np.float64)
        return found

    def run(self, left: Sheet, other: Sheet | None, write: Write) -> None:
        """Each tile once to ``write``; without ``other`` the upper half."""
        steps = [
            Step(stage, self.codes.get(stage.activation), *(
                of(stage, self.hyper) for of in (numbers, of_covariance)
            )) for stage in self.stages
        ]  # fmt: skip
        size = updates.STATE if self.hyper else updates.STATE_OF_INPUTS
        sweep(left, other, room(self.stages, size), partial(self._tile, steps), write)

    def _tile(
        self, steps: list[Step], do: Calls, products: np.ndarray, at: int, x: Block, y: Block,
        work: np.ndarray,
    ) -> None:  # fmt: skip
        direct, kept = max(x.direct, y.direct), 0
        for k, step in enumerate(steps):
            if k == direct:
                self._enter(do, k, x, y, work[0])
            if step.stage.kind == "fork":
                kept += 1
                do(np.copyto, work[kept, : updates.STATE], work[0, : updates.STATE])
            elif k == 0:
                self._start(do, step, direct == 1, products, at, x, y, work[0])
            elif k < direct:
                _by_gaps(do, step, k, x, y, work[0], work[kept])
            else:
                _directly(do, step, k, k == direct, x, y, work[0], work[kept])
            kept -= step.stage.kind == "join"

    def _start(
        self, do: Calls, step: Step, direct: bool, products: np.ndarray, at: int, x: Block,
        y: Block, state: np.ndarray,
    ) -> None:  # fmt: skip
        """Where ``direct`` the derivatives by hyperparameters are those of covariances already."""
        g1, g2, rows = x.affine[0], y.affine[0], x.rows
        pairs = x.unit, x.low, y.unit, y.low, state, x.zero, y.zero
        do(values.start, products, at, *pairs, SAME, SAME, 1.0, 0.0, 0.0, rows)
        if self.hyper and direct:
            do(moving.start, state, g1, g2, *step.of_covariance, *step.numbers, rows)
            return
        if self.hyper:
            do(updates.rest, state, rows)
        else:
            do(updates.turn, state, x.unit, y.zero, rows)
        do(updates.layer, state, g1, g2, *step.numbers, rows)

    def _enter(self, do: Calls, k: int, x: Block, y: Block, state: np.ndarray) -> None:
        """The gaps stay if the activation itself takes them."""
        g1, g2 = x.affine[k - 1], y.affine[k - 1]
        if not (self.hyper and k == 1):
            do(moving.covariances, state, g1, g2, x.rows)
        if self.stages[k].kind != "layer":
            do(values.covariances, state, g1, g2, x.rows)


def _by_gaps(
    do: Calls, step: Step, k: int, x: Block, y: Block, state: np.ndarray, kept: np.ndarray
) -> None:
    rows, features, affine = x.rows, (x.features[k], y.features[k]), (x.affine[k], y.affine[k])
    match step.stage.kind, step.code:
        case "layer", Code(tile=tile) if x.still[k] or y.still[k]:
            do.perform()
            before = state[: updates.STATE].copy()
            still = map(_standing, affine)
            do(tile, state, *features, *still, 1.0, 0.0, 0.0, 0.0, 0.0, rows)
            do(updates.keep, state, before, *features, rows)
            do(updates.layer, state, *affine, *step.numbers, rows)
        case "layer", Code(tile=tile):
            do(tile, state, *features, *affine, *step.numbers, rows)
        case "affine", _:
            do(updates.layer, state, *affine, *step.numbers, rows)
        case "join", _:
            do(updates.join, state, kept, *affine, rows)


def _directly(
    do: Calls, step: Step, k: int, entry: bool, x: Block, y: Block, state: np.ndarray,
    kept: np.ndarray,
) -> None:  # fmt: skip
    """``first_direct`` has seen to it that each activation has code for it."""
    of_stage = *step.of_covariance, *step.numbers
    match step.stage.kind, step.code:
        case "layer", Code(direct=Direct() as code):
            tile = code.entry if entry else code.tile
            of_points = x.features[k], y.features[k], x.affine[k], y.affine[k]
            do(tile, state, *of_points, *of_stage, x.rows)
        case "affine", _:
            do(moving.layer, state, *of_stage, x.rows)
        case "join", _:
            do(moving.join, state, kept, x.rows)


def _standing(g: np.ndarray) -> np.ndarray:
    """No affine layer behind the activation, before which the point moves as in ``g``."""
    still = STILL.copy()
    for row in (5, 8):
        at = slice(row * SIDE, (row + 1) * SIDE)
        still[at] = g[at]
    return still
