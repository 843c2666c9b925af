"""Fresh processes: from the start to the first Gram matrix, and what ``import ntksym`` costs."""

import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

from .cases import Bench, Case
from .environments import OURS, Program, variables
from .processes import WorkerError
from .rounds import interleave

IMPORTS = {
    "python": "pass",
    "numpy": "import numpy",
    "ntksym": "import ntksym",
    "ntksym.ntk": "import ntksym; ntksym.ntk",
}
"""ntksym loads its rooms when they are asked for: the last asks."""


class ColdStart:
    """A worker that begins anew for each run; its peak memory is that of the last one."""

    def __init__(self, bench: Bench, program: Program, case: Case) -> None:
        self.bench, self.program, self.case = bench, program, case
        self.peak_mb = 0.0

    def ask(self, do: str) -> dict[str, float]:
        """Seconds from the start of the process until the matrix is there."""
        setup = self.case.setup(self.program, self.bench.scratch)
        start = time.perf_counter()
        with self.bench.start(self.program) as worker:
            worker.ask("setup", **setup)
            worker.ask(do)
            seconds = time.perf_counter() - start
            self.peak_mb = worker.ask("memory")["peak_mb"]
        return {"seconds": seconds}


class Import:
    """A fresh Python that runs one line."""

    def __init__(self, bench: Bench, line: str) -> None:
        self.words = [sys.executable, "-c", line]
        self.variables = variables(OURS, bench.folder)

    def ask(self, do: str) -> dict[str, float]:
        """Seconds of the whole process."""
        start = time.perf_counter()
        subprocess.run(self.words, env=self.variables, check=True)
        return {"seconds": time.perf_counter() - start}


def cold_starts(bench: Bench, programs: Sequence[Program], case: Case) -> list[dict[str, Any]]:
    """A row for each program; the round that is not counted fills the caches on disk."""
    print("cold starts", file=sys.stderr, flush=True)
    left = list(programs)
    while True:
        starts = {program.name: ColdStart(bench, program, case) for program in left}
        try:
            seconds = interleave(starts, bench.rounds)
        except WorkerError as error:
            bench.note(bench.failed, case, error.name, str(error))
            left = [program for program in left if program.name != error.name]
            continue
        return [
            {"program": name, "seconds": seconds[name], "peak_mb": start.peak_mb}
            for name, start in starts.items()
        ]


def imports(bench: Bench) -> dict[str, list[float]]:
    """Seconds of each line of ``IMPORTS``, in turn."""
    return interleave({name: Import(bench, line) for name, line in IMPORTS.items()}, bench.rounds)
