"""Interrupts, threads and forks: the right answer or a clear error, and nothing left running."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import flint
import numpy as np
import pytest
from threadpoolctl import threadpool_info

import ntksym
from ntksym.lowering.threads import pool

ROOT = Path(__file__).parents[2]
X = np.random.default_rng(0).normal(size=(300, 5))
POSIX = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and signals")


def python(code: str, *arguments: str, **options: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **options},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


INTERRUPTED = """
import os, signal, sys, threading, time
import numpy as np, ntksym

rng = np.random.default_rng(0)
X = rng.normal(size=(6000, 20))
kernel, erf = ntksym.ntk("relu", depth=12, b_std=0.1), ntksym.ntk("erf", depth=3)
flow = np.linspace(1, 1e6, 40_000)
calls = {
    "kernel(X)": lambda told: kernel(X, out=out),
    "matmul": lambda told: kernel.matmul(X, X),
    "certify": lambda told: ntksym.certify(erf, X[:60], progress=lambda *_: told()),
    "enclose": lambda told: erf.enclose(X[:5000], X[:5000], progress=lambda *_: told()),
    "spectrum": lambda told: ntksym.spectrum(
        ntksym.ntk("tanh", depth=3, b_std=0.1), 10, 60, progress=lambda *_: told()),
    "gradient_flow": lambda told: ntksym.gradient_flow(
        kernel, X[:200], np.sign(X[:200, 0]), flow, loss="logistic",
        progress=lambda *_: told()),
}
out = np.empty((6000, 6000))
small = kernel(X[:300])
for name, call in calls.items():
    begun, sent = threading.Event(), []

    def interrupt():
        begun.wait(60)
        sent.append(time.perf_counter())
        os.kill(os.getpid(), signal.SIGINT)

    sender = threading.Thread(target=interrupt)
    sender.start()
    if name in ("kernel(X)", "matmul"):
        threading.Timer(0.1, begun.set).start()
    try:
        call(begun.set)
        took = None
    except KeyboardInterrupt:
        took = time.perf_counter() - sent[0]
    sender.join()
    time.sleep(0.2)
    left = threading.active_count() - 1
    print(name, took is not None and took < 2, left, np.array_equal(kernel(X[:300]), small))
"""


@POSIX
def test_an_interrupt_stops_each_long_call_and_spoils_nothing() -> None:
    done = python(INTERRUPTED)
    assert done.returncode == 0, done.stderr
    names = "kernel(X)", "matmul", "certify", "enclose", "spectrum", "gradient_flow"
    assert done.stdout.splitlines() == [f"{name} True 0 True" for name in names]


def test_what_threads_have_not_begun_is_dropped() -> None:
    begun: list[int] = []
    hold = threading.Event()

    def work(k: int) -> None:
        begun.append(k)
        hold.wait(10)

    def interrupted() -> None:
        with pool(2) as workers:
            for k in range(100):
                workers.submit(work, k)
            threading.Timer(0.05, hold.set).start()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert len(begun) <= 4


@POSIX
def test_forked_processes(tmp_path: Path) -> None:
    """After the import, after a Gram matrix, and while a thread works in balls."""
    script = tmp_path / "script.py"
    script.write_text(
        "import multiprocessing, threading\n"
        "import numpy as np, ntksym\n"
        "X = np.random.default_rng(0).normal(size=(300, 5))\n"
        "KERNEL = ntksym.ntk('relu', depth=3, b_std=0.1)\n"
        "def entry(k):\n"
        "    return float(KERNEL(X)[k, 1]), float(KERNEL.enclose(X[k], X[1]).mid())\n"
        "def run():\n"
        "    with multiprocessing.get_context('fork').Pool(1) as pool:\n"
        "        return pool.map_async(entry, range(2)).get(100)\n"
        "if __name__ == '__main__':\n"
        "    stop, begun = threading.Event(), threading.Event()\n"
        "    before = run()\n"
        "    def balls():\n"
        "        while not stop.is_set():\n"
        "            KERNEL.enclose(X[3], X[4], bits=2000)\n"
        "            begun.set()\n"
        "    worker = threading.Thread(target=balls)\n"
        "    worker.start()\n"
        "    begun.wait()\n"  # with its imports: Python forks no import that is under way
        "    try:\n"
        "        values = before, run(), [entry(k) for k in range(2)]\n"
        "    finally:\n"
        "        stop.set()\n"
        "        worker.join()\n"
        "    print(values[0] == values[1] == values[2])\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)], env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "True\n"), done.stderr


FIRST = """
import threading
from concurrent.futures import ThreadPoolExecutor
import numpy as np, ntksym
from threadpoolctl import threadpool_info

X = np.random.default_rng(0).normal(size=(300, 5)) / 5
names = ["relu", "erf", "Max(0, z) + z/13"] * 4
together = threading.Barrier(len(names))

def first(name):
    together.wait()
    return ntksym.ntk(name, depth=2, b_std=0.1)(X)

with ThreadPoolExecutor(len(names)) as threads:
    found = list(threads.map(first, names))
ntksym.ntk("relu", depth=2)(X)
right = [ntksym.ntk(name, depth=2, b_std=0.1)(X) for name in names]
print(all(map(np.array_equal, found, right)))
"""


def test_many_threads_call_kernels_for_the_first_time() -> None:
    done = python(FIRST)
    assert (done.returncode, done.stdout) == (0, "True\n"), done.stderr


def test_blas_keeps_its_threads_whoever_calls() -> None:
    def threads() -> list[int]:
        return [one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"]

    kernel, before = ntksym.ntk("relu", depth=2), threads()
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda _: kernel(X), range(12)))
    kernel(X)
    assert threads() == before


def test_each_thread_has_its_bits() -> None:
    kernel, before = ntksym.ntk("erf", depth=2), flint.ctx.prec
    bits = [53, 128, 400, 1500] * 6

    def ball(k: int) -> flint.arb:
        return kernel.enclose(X[k], X[k + 1], bits=bits[k])

    with ThreadPoolExecutor(6) as workers:
        balls = list(workers.map(ball, range(len(bits))))
    assert flint.ctx.prec == before
    for k, found in enumerate(balls):
        assert found.rel_accuracy_bits() >= bits[k]
        assert found.overlaps(ball(k))


@POSIX
def test_a_command_that_is_interrupted_says_so_in_a_line(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", np.random.default_rng(0).normal(size=(9000, 10)))
    process = subprocess.Popen(
        [sys.executable, "-m", "ntksym", "gram", "relu", "x.npy", "--depth", "6", "-o", "k.npy"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while len(os.listdir(tmp_path)) < 2 and process.poll() is None:  # its temporary file
        threading.Event().wait(0.02)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output) == (130, "")
    assert errors == "interrupted: no file was left half-written\n"
    assert os.listdir(tmp_path) == ["x.npy"]


def test_an_interrupt_that_the_compiler_loses_is_one_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where LLVM calls back into Python, KeyboardInterrupt is dropped and Numba raises another."""
    from typer.testing import CliRunner

    from ntksym.cli import app
    from ntksym.lowering.modules import folder

    def compiled() -> list[Path]:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        raise RuntimeError("no compiled object yet")

    monkeypatch.setattr(folder, "files", compiled)
    result = CliRunner().invoke(app, ["cache"])
    assert result.exit_code == 130
    assert result.stderr == "interrupted: no file was left half-written\n"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
