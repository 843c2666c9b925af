"""Exported sources run as their users run them."""

import ctypes
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np

from ntksym import Kernel, to_source

FLAGS = ("-std=c99", "-Wall", "-Wextra", "-pedantic", "-Werror", "-O2", "-shared", "-fPIC")


text = cache(to_source)


def loaded(kernel: Kernel, target: str, folder: Path) -> Callable[..., object]:
    """The function ``kernel`` of the exported Python file."""
    path = folder / f"{target}_kernel.py"
    path.write_text(text(kernel, target), encoding="utf-8")
    names: dict[str, object] = {}
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), names)
    return names["kernel"]


def compiled(kernel: Kernel, folder: Path) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """The function ``ntk`` or ``nngp`` of the exported C file."""
    source, library = folder / "kernel.c", folder / f"kernel{len([*folder.iterdir()])}.so"
    source.write_text(text(kernel, "c"), encoding="utf-8")
    command = ("cc", *FLAGS, str(source), "-o", str(library), "-lm")
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    function = getattr(ctypes.CDLL(str(library)), kernel.kind)
    array = np.ctypeslib.ndpointer(np.float64, flags="C")
    function.argtypes, function.restype = [*[ctypes.c_size_t] * 3, *[array] * 3], None

    def call(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        found = np.empty((len(x), len(y)))
        function(len(x), len(y), x.shape[1], x, y, found)
        return found

    return call
