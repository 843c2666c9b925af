"""What is measured, each in a virtual environment of its own with pinned versions."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

BENCHMARKS = Path(__file__).parents[1]


@dataclass(frozen=True)
class Program:
    """A worker program, what it needs, and how its kernel differs from the tangent kernel Θ."""

    name: str
    worker: str
    requirements: tuple[str, ...] = ()
    python: str = ""
    what: str = "kernel"
    bias_init: str = "gaussian"
    divisor: Callable[[int, float], float] = lambda depth, b: 1.0
    """Θ over its value, for L layers and β."""

    @property
    def is_ours(self) -> bool:
        """The one that the others are compared with."""
        return self.name == "ntksym"

    @property
    def is_floor(self) -> bool:
        """It writes or multiplies, and computes no kernel."""
        return self.what in ("product", "write")


OURS = Program("ntksym", "worker_ntksym.py")
NEURAL_TANGENTS = Program(
    "neural-tangents",
    "worker_neural_tangents.py",
    ("neural-tangents==0.6.5", "jax==0.4.30", "jaxlib==0.4.30", "numpy<2", "scipy<1.13"),
    "python3.11",
)
"""Its last release does not import on a current JAX."""
PROGRAMS = (
    OURS,
    Program("ntksym float32", OURS.worker, what="single"),
    Program("ntksym gradients", OURS.worker, what="gradients"),
    NEURAL_TANGENTS,
    Program(
        "scikit-ntk",
        "worker_scikit_ntk.py",
        ("scikit-ntk==1.2.1",),
        bias_init="zero",
        divisor=lambda depth, b: depth * (1 + b**2),
    ),
    Program("NumPy", "worker_numpy.py"),
    Program("X @ X.T", "worker_numpy.py", what="product"),
    Program("write", "worker_numpy.py", what="write"),
)


def command(program: Program, folder: Path) -> list[str]:
    """The command line of its worker."""
    serving = BENCHMARKS / "serving.py"
    return [str(interpreter(program, folder)), str(serving), str(BENCHMARKS / program.worker)]


def variables(program: Program, folder: Path) -> dict[str, str]:
    """The environment of its worker: ours see this checkout, no peer does.

    JAX may keep what it compiled, as we do, and Python its bytecode, so that cold starts compare.
    """
    left = "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"
    known = {name: value for name, value in os.environ.items() if name not in left}
    if program.worker == OURS.worker:
        paths = [str(BENCHMARKS.parent), os.environ.get("PYTHONPATH", "")]
        known["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    if program.name == NEURAL_TANGENTS.name:
        known["JAX_COMPILATION_CACHE_DIR"] = str(folder / "jax-cache")
        known["JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS"] = "0"
    return known


def interpreter(program: Program, folder: Path) -> Path:
    """The Python of its environment, made in ``folder`` unless it is there as required now."""
    if not program.requirements:
        return Path(sys.executable)
    home = folder / program.name
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp, wanted = home / "requirements.json", json.dumps(program.requirements)
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    print(f"{program.name}: making its environment in {home}", file=sys.stderr)
    shutil.rmtree(home, ignore_errors=True)
    _call(_base(program), "-m", "venv", str(home))
    _call(str(python), "-m", "pip", "install", "-q", *program.requirements)
    stamp.write_text(wanted)
    return python


def _base(program: Program) -> str:
    found = shutil.which(program.python) if program.python else sys.executable
    if found is None:
        raise FileNotFoundError(f"{program.name} needs {program.python} on PATH; none was found")
    return found


def _call(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: exit code {done.returncode}\n{done.stderr}")
