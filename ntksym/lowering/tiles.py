"""The engine: a program run on tiles of the Gram matrix that stay in cache, in threads."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from ntksym.lowering import updates
from ntksym.lowering.code.load import Code
from ntksym.lowering.code.options import PLANE, SIDE
from ntksym.lowering.inputs import points, representable
from ntksym.lowering.machine.calls import Calls
from ntksym.lowering.memory.sheets import Block, Sheet, sheets
from ntksym.lowering.stages import Stage, through
from ntksym.lowering.threads.sweep import Write, room, sweep

STATE = 3 * PLANE


@dataclass(frozen=True)
class Engine:
    """A program in stages with the compiled code of its activations."""

    stages: tuple[Stage, ...]
    codes: dict[Any, Code]

    def sheets(
        self, x: np.ndarray, y: np.ndarray | None, dtype: Any = np.float64
    ) -> tuple[Sheet, Sheet | None]:
        """What the points bring to the stages, for tiles of ``dtype`` where they can be."""
        single = dtype == np.float32 and all(code.single for code in self.codes.values())
        groups = [points(rows) for rows in (x, y) if rows is not None]
        bring = partial(through, stages=self.stages, codes=self.codes)
        left, *others = found = list(sheets(groups, bring, single))
        representable(groups, [sheet.diagonal for sheet in found], dtype)
        return left, others[0] if others else None

    def run(self, left: Sheet, other: Sheet | None, write: Write) -> None:
        """Each tile once to ``write``; without ``other`` the upper half."""
        tile = partial(self._tile, _Numbers.of(self.stages, left.unit.dtype))
        sweep(left, other, room(self.stages, STATE), tile, write)

    def _tile(
        self, numbers: "_Numbers", do: Calls, products: np.ndarray, at: int, x: Block, y: Block,
        work: np.ndarray,
    ) -> None:  # fmt: skip
        direct, kept, k = max(x.direct, y.direct), 0, 0
        while k < len(self.stages):
            stage, state, done = self.stages[k], work[0], 1
            if k == direct and stage.kind not in ("start", "layer"):
                do(updates.covariances, state, x.affine[k - 1], y.affine[k - 1], x.rows)
            if stage.kind == "fork":
                kept += 1
                do(np.copyto, work[kept], state)
            elif stage.kind == "join":
                if k < direct:
                    do(updates.join, state, work[kept], x.affine[k], y.affine[k], x.rows)
                else:
                    do(updates.join_direct, state, work[kept], x.rows)
                kept -= 1
            elif k < direct:
                done = self._by_gaps(do, k, direct, numbers, products, at, x, y, state)
            else:
                done = self._directly(do, k, k == direct, numbers, products, at, x, y, state)
            k += done

    def _by_gaps(
        self, do: Calls, k: int, direct: int, numbers: "_Numbers", products: np.ndarray, at: int,
        x: Block, y: Block, state: np.ndarray,
    ) -> int:  # fmt: skip
        """How many stages are done."""
        stage, rows, of_layer = self.stages[k], x.rows, numbers.gaps[k]
        affine = x.affine[k], y.affine[k]
        if stage.kind == "start":
            pairs = x.unit, x.low, y.unit, y.low, state, x.zero, y.zero
            do(updates.start, products, at, *pairs, *affine, *of_layer, rows)
        elif stage.kind == "affine":
            do(updates.layer, state, *affine, *of_layer, rows)
        elif x.still[k] or y.still[k]:
            do.perform()
            before = state[: 2 * PLANE].copy()
            same = np.repeat(np.array([[1, 0, 1]], state.dtype), SIDE, axis=1)
            features = x.features_on[k], y.features_on[k]
            plain = np.array([[1, 0, 0]], state.dtype)
            do(self.codes[stage.activation].tile, state, *features, same, same, plain, rows)
            do(updates.keep, state, before, x.features[k], y.features[k], rows)
            do(updates.layer, state, *affine, *of_layer, rows)
        else:
            alone = any(x.still) or any(y.still)
            done = 1 if alone else min(numbers.alike[k], direct - k, len(x.features_on[k]))
            onward = x.features_on[k], y.features_on[k], x.affine_on[k], y.affine_on[k]
            of_layers = numbers.gaps[k : k + done]
            do(self.codes[stage.activation].tile, state, *onward, of_layers, rows)
            return done
        return 1

    def _directly(
        self, do: Calls, k: int, entry: bool, numbers: "_Numbers", products: np.ndarray, at: int,
        x: Block, y: Block, state: np.ndarray,
    ) -> int:  # fmt: skip
        """How many stages are done."""
        stage, rows, of_layer = self.stages[k], x.rows, numbers.direct[k]
        if stage.kind == "start":
            affine = x.affine[k], y.affine[k]
            do(updates.start_direct, products, at, state, *affine, *of_layer[1:], rows)
        elif stage.kind == "affine":
            do(updates.layer_direct, state, *of_layer, rows)
        else:
            code = self.codes[stage.activation].direct
            assert code is not None  # so ``first_direct`` has it
            if entry:
                do(code.entry, state, x.features[k], y.features[k], *of_layer, rows)
                return 1
            done = numbers.alike[k]
            of_layers = numbers.direct[k : k + done]
            do(code.tile, state, x.features_on[k], y.features_on[k], of_layers, rows)
            return done
        return 1


@dataclass(frozen=True)
class _Numbers:
    """What stages do after their activations, a row for each, as the tiles read it.

    ``alike``: how many layers with the same activation stand together from a stage on.
    """

    gaps: np.ndarray
    direct: np.ndarray
    alike: list[int]

    @classmethod
    def of(cls, stages: Sequence[Stage], dtype: Any) -> "_Numbers":
        alike: list[int] = []
        for here, behind in zip(reversed(stages), [None, *reversed(stages)], strict=False):
            same = behind is not None and here.activation == behind.activation
            alike.append(1 + alike[-1] if same else 1)
        return cls(
            np.array([stage.numbers for stage in stages], dtype),
            np.array([(s.w**2, s.b**2, *s.numbers) for s in stages], dtype),
            alike[::-1],
        )
