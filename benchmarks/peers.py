"""ntksym beside its peers, in one run: ``python benchmarks/peers.py --help``.

Writes ``results.json`` and ``results.md``, and with ``--plot`` the growth with n, d and L as
``growth.png``. docs/benchmarks.md says what is measured and how.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import growth
from side_by_side.cases import Bench, Case
from side_by_side.cold import cold_starts, imports
from side_by_side.environments import BENCHMARKS, PROGRAMS, Program, interpreter
from side_by_side.machine import machine
from side_by_side.report import markdown

NUMERIC = ("tanh",)
"""Without a closed form: neural-tangents holds 25² matrices at once, so n is ``--n-numeric``."""


def main(words: Sequence[str] | None = None) -> int:
    """The exit code: 1 where a program failed."""
    chosen = options(words)
    programs = [program for program in PROGRAMS if program.name in chosen.programs]
    chosen.environments.mkdir(parents=True, exist_ok=True)
    for program in programs:
        interpreter(program, chosen.environments)
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(chosen.environments, Path(scratch), chosen.rounds)
        for results in run(bench, programs, chosen):
            write(chosen.output, results)
    return 1 if bench.failed else 0


def run(
    bench: Bench, programs: Sequence[Program], chosen: argparse.Namespace
) -> Iterator[dict[str, Any]]:
    """The measurements so far, after each: a run that is stopped leaves those it had made."""
    kernels = [program for program in programs if program.what == "kernel"]
    first = Case("relu", 4, min(chosen.n, 1000), 10)
    results: dict[str, Any] = {
        "machine": machine(),
        "settings": {"rounds": chosen.rounds, "cold": asdict(first)},
        "cases": [],
        "cold": cold_starts(bench, kernels, first),
        "imports": imports(bench),
        "growth": {},
        "versions": bench.versions,
        "missing": bench.missing,
        "failed": bench.failed,
    }
    for case in cases(chosen):
        results["cases"] += _told(bench, case, programs)
        yield results
    for along, line in growth.lines(chosen.n).items() if chosen.plot else ():
        for case in line:
            results["growth"].setdefault(along, []).extend(_told(bench, case, programs))
        yield results


def cases(chosen: argparse.Namespace) -> list[Case]:
    """The product of the options; fewer points where the dual is integrated numerically."""
    sizes = {name: min(chosen.n, chosen.n_numeric) for name in NUMERIC}
    return [
        Case(activation, depth, sizes.get(activation, chosen.n), d)
        for activation in chosen.activations
        for d in chosen.dimensions
        for depth in chosen.depths
    ]


def _told(bench: Bench, case: Case, programs: Sequence[Program]) -> list[dict[str, Any]]:
    print(f"{time.strftime('%H:%M:%S')} {case}", file=sys.stderr, flush=True)
    return bench.measure(case, programs)


def write(folder: Path, results: dict[str, Any]) -> None:
    """The results as JSON, as a page, and as a picture where growth was measured."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    (folder / "results.md").write_text(markdown(results), encoding="utf-8")
    if results["growth"]:
        growth.draw(results["growth"]).savefig(folder / "growth.png")


def options(words: Sequence[str] | None) -> argparse.Namespace:
    """The options, those of ``--quick`` where it is given."""
    cache = Path(tempfile.gettempdir()) / "ntksym-benchmarks"
    names = [program.name for program in PROGRAMS]
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    add = parser.add_argument
    add("--n", type=int, default=4000, help="points (%(default)s)")
    add("--n-numeric", type=int, default=400, help=f"points for {', '.join(NUMERIC)} (%(default)s)")
    add("--dimensions", type=int, nargs="+", default=[10, 784])
    add("--depths", type=int, nargs="+", default=[2, 4, 10], help="affine layers")
    add("--activations", nargs="+", default=["relu", "erf", "gelu", "tanh"])
    add("--programs", nargs="+", default=names, choices=names, help="ntksym is always measured")
    add("--rounds", type=int, default=7, help="repetitions, in turn (%(default)s)")
    add("--quick", action="store_true", help="n = 500, d = 10, L = 2 and 4, 5 rounds: does it run?")
    add("--plot", action="store_true", help="measure and draw the growth with n, d and L")
    add("--environments", type=Path, default=cache, help="where peers are installed (%(default)s)")
    add("--output", type=Path, default=BENCHMARKS, help="folder of the results (%(default)s)")
    chosen = parser.parse_args(words)
    if chosen.quick:
        chosen.n, chosen.n_numeric, chosen.rounds = 500, 100, 5
        chosen.dimensions, chosen.depths = [10], [2, 4]
    chosen.programs = ["ntksym", *chosen.programs]
    chosen.environments = Path(os.path.abspath(chosen.environments))
    return chosen


if __name__ == "__main__":
    sys.exit(main())
