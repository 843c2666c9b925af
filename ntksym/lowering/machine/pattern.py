"""Calls that are alike from place to place: written down at a few places, computed for the others.

Tiles of one kind are asked for by the same functions with the same numbers; where their rows begin
is a linear function of their place. To ask for each of them in Python takes as long as a small
tile.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from ntksym.lowering.machine.calls import Calls, Unwritten

Axis = tuple[int, int, int]
"""The first place along an axis, one between, and the last."""


class Pattern:
    """What ``ask(*place)`` asks for, as words: addresses and numbers linear in the place."""

    def __init__(self, words: np.ndarray, at: Sequence[int], steps: np.ndarray, held: Any) -> None:
        self._words, self._at, self._held = words, np.array(at), held
        self._moved = np.flatnonzero(steps.any(axis=0))
        self._steps = steps[:, self._moved]

    @classmethod
    def of(cls, do: Calls, ask: Callable[..., None], axes: Sequence[Axis]) -> "Pattern | None":
        """``None`` where ``ask`` does more than ask for calls, or its words are not linear."""
        at, between, _ = zip(*axes, strict=True)
        try:
            words, held = do.written(partial(ask, *at))
            steps, kept = np.zeros((len(axes), len(words)), np.int64), []
            for k, (first, _, last) in enumerate(axes):
                moved, more = do.written(partial(ask, *at[:k], last, *at[k + 1 :]))
                kept.append(more)  # no address of theirs is given to another array meanwhile
                steps[k], rest = np.divmod(moved - words, max(1, last - first))
                if rest.any():
                    return None
            found, checked = cls(words, at, steps, held), do.written(partial(ask, *between))[0]
        except (Unwritten, ValueError):  # a place with other calls has another number of words
            return None
        return found if np.array_equal(found.at([between])[0], checked) else None

    def at(self, places: Sequence[Sequence[int]]) -> np.ndarray:
        """The words for these places, a row for each."""
        words = np.empty((len(places), len(self._words)), np.int64)
        words[:] = self._words
        words[:, self._moved] += (np.array(places) - self._at) @ self._steps
        return words
