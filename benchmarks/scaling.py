"""What many points cost on this machine: ``python benchmarks/scaling.py --points 20000``.

A cluster of processes with a limit on their memory stores a Gram matrix, decomposes it, forms a
product without storing anything, and solves by conjugate gradients. Seconds, entries a second, the
largest memory of a worker above its memory at rest, and the load of the machine beforehand go to
stdout as JSON, one line a stage. ``docs/scaling.md`` is made of them.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from distributed import Client, LocalCluster

import ntksym

STAGES = ("store", "cholesky", "product", "solve")


def memory(field: str = "VmRSS") -> float:
    """Of this process, in 10^6 bytes; ``VmHWM`` is the largest so far."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(field))


def fresh() -> float:
    """The memory at rest; the largest so far is forgotten."""
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
    return memory()


@contextmanager
def stage(client: Client, name: str, **facts: Any) -> Iterator[dict[str, Any]]:
    """Times what is inside and prints a line."""
    load, rest, found = os.getloadavg()[0], client.run(fresh), dict(facts)
    used = sum(client.run(time.process_time).values())
    start = time.perf_counter()
    yield found
    seconds = time.perf_counter() - start
    cpu = sum(client.run(time.process_time).values()) - used
    peaks = client.run(memory, "VmHWM")
    above = max(peaks[worker] - rest[worker] for worker in rest)
    print(json.dumps({
        "stage": name, "seconds": round(seconds, 2), "worker_cpu_seconds": round(cpu, 2),
        "peak_mb_above_rest": round(above), "load_before": round(load, 1), **found,
    }), flush=True)  # fmt: skip


def told(what: str, done: int, total: int) -> None:
    """Every tenth step, on stderr: these are long."""
    if done % 10 == 0:
        print(f"{what} ({done})", file=sys.stderr, flush=True)


def main() -> None:
    """One size; the stages asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=20_000)
    parser.add_argument("--dimension", type=int, default=10)
    parser.add_argument("--depth", type=int, default=3)
    parser.add_argument("--chunk", type=int, default=4096)
    parser.add_argument("--ridge", type=float, default=0.1)
    parser.add_argument(
        "--rank", type=int, help="of the preconditioner, the root of n unless given"
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--memory", default="2GiB", help="limit of a worker")
    parser.add_argument(
        "--folder", type=Path, help="where tiles are stored, temporary unless given"
    )
    parser.add_argument("--stages", nargs="+", choices=STAGES, default=STAGES)
    run(parser.parse_args())


def run(options: argparse.Namespace) -> None:
    """The stages in their order; the folder is removed."""
    n, chunk, ridge = options.points, options.chunk, options.ridge
    kernel = ntksym.ntk("relu", depth=options.depth, w_std=2**0.5, b_std=0.1)
    random = np.random.default_rng(0)
    X = random.normal(size=(n, options.dimension))
    y = np.sin(X[:, 0]) + 0.1 * random.normal(size=n)
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    cluster = LocalCluster(
        n_workers=options.workers, threads_per_worker=1, memory_limit=options.memory,
        dashboard_address=None,
    )  # fmt: skip
    try:
        with cluster, Client(cluster) as client:
            ntksym.dask.matmul(kernel, X[:4000], y[:4000], chunk=1000)  # libraries are loaded
            facts = {"n": n, "chunk": chunk, "workers": options.workers}
            if "store" in options.stages:
                with stage(client, "store", **facts) as found:
                    ntksym.dask.store(kernel, X, folder, chunk=chunk)
                    files = [path for path in folder.rglob("*") if path.is_file()]
                    found["gb_on_disk"] = round(sum(f.stat().st_size for f in files) / 1e9, 2)
            if "cholesky" in options.stages:
                with stage(client, "cholesky", **facts):
                    factor = ntksym.dask.cholesky(folder, ridge)
                with stage(client, "triangles", **facts):
                    exact = factor.solve(y)
            if "product" in options.stages:
                with stage(client, "product", **facts):
                    ntksym.dask.matmul(kernel, X, y, chunk=chunk)
            if "solve" in options.stages:
                with stage(client, "solve", **facts, ridge=ridge, rank=options.rank) as found:
                    solution = ntksym.dask.conjugate_gradients(
                        kernel, X, y, ridge, rank=options.rank, chunk=chunk, progress=told
                    )
                    found["iterations"] = solution.iterations
                    found["residual"] = float(solution.residual.max())
                if "cholesky" in options.stages:
                    difference = np.linalg.norm(solution.weights - exact) / np.linalg.norm(exact)
                    print(json.dumps({"cg_against_cholesky": float(difference)}), flush=True)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
