"""Exported sources run as their users run them."""

import ctypes
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from ntksym import Kernel, to_source
from ntksym.lowering.export import source

FLAGS = ("-std=c99", "-Wall", "-Wextra", "-pedantic", "-Werror", "-O2", "-shared", "-fPIC")


FORMS, LAYER = cache(source.forms), cache(source.layer)


@cache
def text(kernel: Kernel, target: str) -> str:
    """``to_source``, with the forms of an activation made once for all targets."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "forms", FORMS)
        patch.setattr(source, "layer", LAYER)
        return to_source(kernel, target)


def loaded(kernel: Kernel, target: str, folder: Path) -> Callable[..., object]:
    """The function ``kernel`` of the exported Python file."""
    path = folder / f"{target}_kernel.py"
    path.write_text(text(kernel, target), encoding="utf-8")
    names: dict[str, object] = {}
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), names)
    return names["kernel"]


def compiled(kernel: Kernel, folder: Path) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """The function ``ntk`` or ``nngp`` of the exported C file."""
    path, library = folder / "kernel.c", folder / f"kernel{len([*folder.iterdir()])}.so"
    path.write_text(text(kernel, "c"), encoding="utf-8")
    command = ("cc", *FLAGS, str(path), "-o", str(library), "-lm")
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
