"""The engine of derivatives: the stages on tiles that carry seven planes and more."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from ntksym.lowering import updates as values
from ntksym.lowering.code.load import Code
from ntksym.lowering.code.options import SIDE
from ntksym.lowering.derivatives import updates
from ntksym.lowering.derivatives.points import numbers, through
from ntksym.lowering.inputs import Points, representable
from ntksym.lowering.stages import Block, Brought, Sheet, Stage, sheets
from ntksym.lowering.tiles import Write, room, sweep

SAME = np.repeat([1.0, 0.0, 1.0], SIDE)
STILL = np.repeat([1.0, 0.0, 1.0] + [0.0] * (updates.ROWS - 3), SIDE)
"""No affine layer."""


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
        """Each tile once to ``write(state, rows, columns)``; without ``other`` the upper half."""
        tiles = [self.codes[stage.activation].tile if stage.activation else None
                 for stage in self.stages]  # fmt: skip
        size = updates.STATE if self.hyper else updates.STATE_OF_INPUTS
        sweep(left, other, room(self.stages, size), partial(self._tile, tiles), write)

    def _tile(
        self, tiles: list[Any], products: np.ndarray, at: int, x: Block, y: Block, work: np.ndarray
    ) -> None:
        state, rows, kept = work[0], x.rows, 0
        for k, stage in enumerate(self.stages):
            g1, g2, features = x.affine[k], y.affine[k], (x.features[k], y.features[k])
            of_stage = numbers(stage, self.hyper)
            match stage.kind:
                case "start":
                    pairs = x.unit, x.low, y.unit, y.low, state, x.zero, y.zero
                    values.start(products, at, *pairs, SAME, SAME, 1.0, 0.0, 0.0, rows)
                    if self.hyper:
                        updates.rest(state, rows)
                    else:
                        updates.turn(state, x.unit, y.zero, rows)
                    updates.layer(state, g1, g2, *of_stage, rows)
                case "layer" if x.still[k] or y.still[k]:
                    before = state[: updates.STATE].copy()
                    still = _standing(g1), _standing(g2)
                    tiles[k](state, *features, *still, 1.0, 0.0, 0.0, 0.0, 0.0, rows)
                    updates.keep(state, before, *features, rows)
                    updates.layer(state, g1, g2, *of_stage, rows)
                case "layer":
                    tiles[k](state, *features, g1, g2, *of_stage, rows)
                case "affine":
                    updates.layer(state, g1, g2, *of_stage, rows)
                case "fork":
                    kept += 1
                    work[kept, : updates.STATE] = state[: updates.STATE]
                case "join":
                    updates.join(state, work[kept], g1, g2, rows)
                    kept -= 1


def _standing(g: np.ndarray) -> np.ndarray:
    """No affine layer behind the activation, before which the point moves as in ``g``."""
    still = STILL.copy()
    for row in (5, 8):
        at = slice(row * SIDE, (row + 1) * SIDE)
        still[at] = g[at]
    return still
