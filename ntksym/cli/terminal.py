"""Where the commands speak: results on standard output, all else on standard error."""

import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.status import Status

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


@contextmanager
def waiting(text: str) -> Iterator[Status]:
    """A spinner for work that takes long."""
    status = Status(text, console=messages())
    with shown(status):
        yield status


@contextmanager
def following(text: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar for work in several parts; yields what is told (part, steps done, steps of it)."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    bar = Progress(*columns, TimeRemainingColumn(), console=messages(), transient=True)
    task = bar.add_task(text, total=None)

    def tell(part: str, done: int, total: int) -> None:
        bar.update(task, description=f"{text}: {part}", completed=done, total=total)

    with shown(bar):
        yield tell


@contextmanager
def counting(text: str, total: int) -> Iterator[Any]:
    """A bar; yields the function that moves it on by a number of steps."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    bar = Progress(*columns, TimeRemainingColumn(), console=messages(), transient=True)
    task = bar.add_task(text, total=total)
    with shown(bar):
        yield lambda steps: bar.advance(task, steps)
