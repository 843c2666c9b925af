"""Where the commands speak: results on standard output, all else on standard error."""

import io
import json
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

PATIENCE = 1.0
"""Seconds before progress is shown."""
COLOURS = {
    "PROVED": "bold green", "ENCLOSED": "green", "AGREES": "yellow", "UNKNOWN": "bold yellow",
    "REFUTED": "bold red",
}  # fmt: skip


class Display(Protocol):
    def start(self) -> None: ...
    def stop(self) -> None: ...


def output() -> Console:
    """Standard output, a hundred columns wide where it is no terminal."""
    return Console(file=sys.stdout, highlight=False, width=_width(sys.stdout))


def messages() -> Console:
    """Standard error."""
    return Console(file=sys.stderr, highlight=False, width=_width(sys.stderr))


def _width(stream: Any) -> int | None:
    return None if stream.isatty() else 100


def say(text: str) -> None:
    """A message, as it is."""
    messages().print(text, markup=False, soft_wrap=True)


def give_json(data: Any) -> None:
    """The result of a command for programs."""
    print(json.dumps(data, indent=2, ensure_ascii=False))


@contextmanager
def shown(display: Display) -> Iterator[None]:
    """``display`` from :data:`PATIENCE` seconds on, if a person is there to see it."""
    if not sys.stderr.isatty():
        yield
        return
    timer = threading.Timer(PATIENCE, display.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        display.stop()


def unicode() -> None:
    """Greek letters to any place: as UTF-8 from Windows, elsewhere as ? where there are none."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            away = sys.platform == "win32" and not stream.isatty()
            stream.reconfigure(encoding="utf-8" if away else None, errors="replace")


@contextmanager
def interrupts() -> Iterator[list[int]]:
    """Each Ctrl-C that comes: while Numba compiles its exception is lost, and another follows."""
    seen: list[int] = []

    def heard(number: int, frame: Any) -> None:
        seen.append(number)
        signal.default_int_handler(number, frame)

    if threading.current_thread() is not threading.main_thread():
        yield seen
        return
    before = signal.signal(signal.SIGINT, heard)
    try:
        yield seen
    finally:
        signal.signal(signal.SIGINT, before)


class Working:
    """One line for work that takes long: the time that is left where steps are counted."""

    def __init__(self, text: str) -> None:
        self._text = text
        columns = SpinnerColumn(), TextColumn("{task.description}", markup=False)
        self._bar = Progress(*columns, TimeElapsedColumn(), console=messages(), transient=True)
        self._task = self._bar.add_task(text, total=None)

    def __call__(self, text: str, done: int, total: int) -> None:
        """``done`` of ``total`` steps of what ``text`` says; another text starts another count."""
        if (text, total) != (self._text, self._bar.tasks[0].total):
            columns = BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("left")
            self._bar.columns = (*self._bar.columns[:2], *columns)
            self._bar.reset(self._task, description=text, total=total)
            self._text = text
        self._bar.update(self._task, completed=done)

    def start(self) -> None:
        self._bar.start()

    def stop(self) -> None:
        self._bar.stop()


@contextmanager
def waiting(text: str) -> Iterator[Working]:
    """A spinner; the function that it yields, given (text, done, total), makes it a bar."""
    working = Working(text)
    with shown(working):
        yield working
