"""The worker's end: ``python serving.py worker_numpy.py`` answers JSON requests, one a line.

Runs in every environment that is measured, so it needs NumPy and the standard library only.

    {"do": "setup", "points": "X.npy", "activation": "relu", ...}    → {"versions": {...}}
    {"do": "run"}                                                    → {"seconds": 0.01}
    {"do": "values", "rows": 256, "path": "K.npy"}                   → {}
    {"do": "memory"}                                                 → {"peak_mb": 123.0}

Every answer is an object; {"unsupported": "why"} says that the program has no such kernel.
A worker is a module with two functions. ``prepare(case, X)`` gives the function that is timed: it
returns the Gram matrix when the matrix is there, not when it is promised, and raises
``NotImplementedError`` where there is none. ``versions()`` says what is measured.
"""

import json
import os
import resource
import runpy
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

Run = Callable[[], Any]
Prepare = Callable[[dict[str, Any], np.ndarray], Run]
AWAKE, MOST = 0.3, 25
"""Seconds of a turn, and runs in it."""


def main(path: str) -> None:
    """Answer requests on stdin until it ends."""
    answers = _take_stdout()
    module = runpy.run_path(path)
    worker = _Worker(module["prepare"], module["versions"])
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = worker.answer(request)
        except NotImplementedError as why:
            answer = {"unsupported": str(why)}
        print(json.dumps(answer), file=answers, flush=True)


class _Worker:
    def __init__(self, prepare: Prepare, versions: Callable[[], dict[str, str]]) -> None:
        self.prepare, self.versions = prepare, versions

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        match request["do"]:
            case "setup":
                self.case, self.points = request, np.load(request["points"])
                self.run = self.prepare(self.case, self.points)
                return {"versions": self.versions()}
            case "run":
                return {"seconds": _timed(self.run)}
            case "values":
                values = self.prepare(self.case, self.points[: request["rows"]])()
                np.save(request["path"], np.asarray(values))
                return {}
            case "memory":
                return {"peak_mb": peak_mb()}
            case other:
                raise ValueError(f"do: expected setup, run, values or memory, got {other!r}")


def _timed(run: Run) -> float:
    """The median of as many runs as fit in ``AWAKE`` seconds, of ``MOST`` at most.

    A processor that was idle while others were asked takes some milliseconds to come back.
    """
    found: list[float] = []
    while sum(found) < AWAKE and len(found) < MOST:
        start = time.perf_counter()
        result = run()
        found.append(time.perf_counter() - start)
        del result
    return statistics.median(found)


def peak_mb() -> float:
    """The largest resident memory of this process.

    Linux starts a child's ``ru_maxrss`` at its parent's, so the kernel's own mark goes first.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def _take_stdout() -> Any:
    """For the answers alone: what libraries print, also while they load, goes to stderr."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return answers


if __name__ == "__main__":
    main(sys.argv[1])
