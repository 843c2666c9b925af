"""Calls one after another, without Python between them."""

from typing import Any

import numpy as np

from ntksym.lowering.machine.function import Called, Function

ROOM = 2**17
"""Bytes of calls that wait."""
LONGEST = 128
"""Bytes of an argument: of an array of five dimensions."""


class Calls:
    """What is asked for is done, in order, by ``perform``, or sooner.

    The GIL is let go of once for all of it: threads that take it for each call wait for each
    other. A function of Python is called at once, behind what was asked for before it.
    """

    def __init__(self) -> None:
        self._room = np.empty(ROOM // 16, complex)
        self._start = self._end = self._room.ctypes.data
        self._held: list[tuple[Any, ...]] = []
        self._last: Any = None

    def __call__(self, function: Function, *args: Any) -> None:
        if not isinstance(function, Called):
            self.perform()
            function(*args)
            return
        if self._end + LONGEST * (len(args) + 1) > self._start + ROOM:
            self.perform()
        self._last, self._end = function.note(self._end, *args)
        self._held.append(args)

    def perform(self) -> None:
        """All of it is done."""
        try:
            if self._held and not self._last.walk(self._start, self._end):
                raise RuntimeError("expected compiled functions that do not raise")
        finally:
            self._end = self._start
            self._held.clear()
