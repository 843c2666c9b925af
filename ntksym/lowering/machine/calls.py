"""Calls one after another, without Python between them."""

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from ntksym.lowering.machine.function import Called, Function

ROOM = 2**17
"""Bytes of calls that wait."""
LONGEST = 128
"""Bytes of an argument: of an array of five dimensions."""


class Unwritten(Exception):
    """What was to be written down is no call of a compiled function."""


class Calls:
    """What is asked for is done, in order, by ``perform``, or sooner.

    The GIL is let go of once for all of it: threads that take it for each call wait for each
    other. A function of Python is called at once, behind what was asked for before it.
    """

    def __init__(self) -> None:
        self._room = np.empty(ROOM // 16, complex).view(np.int64)
        self._start = self._end = self._room.ctypes.data
        self._held: list[tuple[Any, ...]] = []
        self._last: Any = None
        self._writing = False

    def __call__(self, function: Function, *args: Any) -> None:
        if not isinstance(function, Called):
            self.perform()
            function(*args)
            return
        if self._end + LONGEST * (len(args) + 1) > self._start + ROOM:
            self.perform()
        self._last, self._end = function.note(self._end, *args)
        self._held.append(args)

    def perform(self, words: np.ndarray | None = None) -> None:
        """All of it is done, and then what such ``words`` say."""
        if self._writing:
            raise Unwritten
        try:
            self._walk(self._start, self._end)
            if words is not None:
                self._walk(words.ctypes.data, words.ctypes.data + words.nbytes)
        finally:
            self._forget()

    def written(self, ask: Callable[[], None]) -> tuple[np.ndarray, list[tuple[Any, ...]]]:
        """The words of the calls that ``ask`` asks for, with their arguments; none is done.

        :class:`Unwritten` where it does anything else, or passes an array that nobody else has:
        another time it is another one.
        """
        self.perform()
        self._room[:] = 0  # also between numbers, where nothing is written
        self._writing = True
        try:
            ask()
            if any(_temporary(args, k) for args in self._held for k in range(len(args))):
                raise Unwritten
            words = self._room[: (self._end - self._start) // self._room.itemsize]
            return words.copy(), self._held.copy()
        finally:
            self._writing = False
            self._forget()

    def _walk(self, start: int, end: int) -> None:
        if start < end and not self._last.walk(start, end):
            raise RuntimeError("expected compiled functions that do not raise")

    def _forget(self) -> None:
        self._end = self._start
        self._held.clear()


def _temporary(args: tuple[Any, ...], k: int) -> bool:
    """Whether nothing but ``args`` refers to an argument, or to the array that it is a view of."""
    if not isinstance(args[k], np.ndarray):
        return False
    if not isinstance(whole := args[k].base, np.ndarray):
        return sys.getrefcount(args[k]) <= 2  # the tuple, and the question itself
    while isinstance(whole.base, np.ndarray):
        whole = whole.base
    return sys.getrefcount(whole) <= 3  # the view and its name here, and the question
