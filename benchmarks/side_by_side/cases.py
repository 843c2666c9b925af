"""One case: every program on the same points, values compared, then timed in turn."""

import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np

from .environments import OURS, Program, command, variables
from .processes import Worker, WorkerError
from .rounds import interleave

W, B = sqrt(2), 0.1
COMPARED = 256
"""Rows of the Gram matrices that are compared entry by entry."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """An activation, L layers, and n points in d dimensions: standard normal, with a fixed seed."""

    activation: str
    depth: int
    n: int
    d: int

    def points(self, scratch: Path) -> Path:
        """X as a file that every worker can read."""
        path = scratch / f"X_{self.n}_{self.d}.npy"
        if not path.exists():
            np.save(path, np.random.default_rng(0).normal(size=(self.n, self.d)))
        return path

    def setup(self, program: Program, scratch: Path) -> dict[str, Any]:
        """The setup request for a program."""
        return {
            "points": str(self.points(scratch)),
            "activation": self.activation,
            "depth": self.depth,
            "w_std": W,
            "b_std": B,
            "bias_init": program.bias_init,
            "what": program.what,
        }


class Bench:
    """Where the workers live and how often they run; what failed is kept and told at once."""

    def __init__(self, folder: Path, scratch: Path, rounds: int) -> None:
        self.folder, self.scratch, self.rounds = folder, scratch, rounds
        self.versions: dict[str, dict[str, str]] = {}
        self.failed: list[dict[str, Any]] = []
        self.missing: list[dict[str, Any]] = []

    def start(self, program: Program) -> Worker:
        """A fresh worker."""
        return Worker(program.name, command(program, self.folder), variables(program, self.folder))

    def measure(self, case: Case, programs: Sequence[Program]) -> list[Row]:
        """A row for each program that has the kernel; one that fails is left out, and noted.

        Raises ``WorkerError`` where it is ours that fails.
        """
        left = list(programs)
        while True:
            try:
                return self._measure(case, left)
            except WorkerError as error:
                self.note(self.failed, case, error.name, str(error))
                if error.name == OURS.name:
                    raise
                left = [program for program in left if program.name != error.name]

    def note(self, where: list[dict[str, Any]], case: Case, name: str, why: str) -> None:
        """Keep a failure or a gap, and say it."""
        where.append({"case": asdict(case), "program": name, "why": why})
        print(f"{case}: {why if name in why else f'{name}: {why}'}", file=sys.stderr, flush=True)

    def _measure(self, case: Case, programs: Sequence[Program]) -> list[Row]:
        with ExitStack() as stack:
            workers: dict[str, Worker] = {}
            taking: list[Program] = []
            for program in programs:
                worker = stack.enter_context(self.start(program))
                answer = worker.ask("setup", **case.setup(program, self.scratch))
                if why := answer.get("unsupported"):
                    self.note(self.missing, case, program.name, why)
                    if program.is_ours:
                        return []
                    continue
                self.versions[program.name] = answer["versions"]
                workers[program.name] = worker
                taking.append(program)
            differences = self._differences(case, taking, workers)
            seconds = interleave(workers, self.rounds)
            return [
                {
                    "case": asdict(case),
                    "program": program.name,
                    "floor": program.is_floor,
                    "seconds": seconds[program.name],
                    "peak_mb": workers[program.name].ask("memory")["peak_mb"],
                    **differences.get(program.name, {}),
                }
                for program in taking
            ]

    def _differences(
        self, case: Case, programs: Sequence[Program], workers: Mapping[str, Worker]
    ) -> dict[str, dict[str, float]]:
        """Each peer's largest relative difference from ours, on and off the diagonal."""
        ours, found = workers[OURS.name], {}
        for program in programs:
            if program.is_ours or program.is_floor:
                continue
            ours.ask("setup", **{**case.setup(program, self.scratch), "what": "kernel"})
            wanted = self._values(ours)
            theirs = self._values(workers[program.name]) * program.divisor(case.depth, B)
            found[program.name] = difference(theirs, wanted)
        ours.ask("setup", **case.setup(OURS, self.scratch))
        return found

    def _values(self, worker: Worker) -> np.ndarray:
        path = self.scratch / "values.npy"
        worker.ask("values", rows=COMPARED, path=str(path))
        values: np.ndarray = np.load(path)
        return values


def difference(values: np.ndarray, wanted: np.ndarray) -> dict[str, float]:
    """The largest |values/wanted - 1| on the diagonal and off it; inf where not finite."""
    relative = np.abs(values / wanted - 1)
    relative[~np.isfinite(relative)] = np.inf
    on = np.eye(len(relative), dtype=bool)
    return {
        "on_diagonal": float(relative[on].max(initial=0.0)),
        "off_diagonal": float(relative[~on].max(initial=0.0)),
    }
