"""The machine code of a function: from the disk, or compiled now and kept.

It lies beside the module that the function is of, where Python keeps bytecode, or in the private
folder where that is not the user's to write. It is used only if it was compiled from these sources
by these versions for this processor, and is what was written, to a file of the user's alone.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import llvmlite
import llvmlite.binding as llvm
import numpy as np

from ntksym.lowering.machine.function import Inner
from ntksym.lowering.machine.loaded import Loaded, Missing
from ntksym.lowering.modules import folder

SUFFIX = ".o"


def machine(function: Inner, kinds: tuple[str, ...]) -> Loaded:
    """The function for these kinds of arguments."""
    name = _name(function, kinds)
    for place in _places(function):
        if code := _unsealed(name, function, folder.read(place / name)):
            with suppress(Missing):
                return Loaded(code)
    from ntksym.lowering.machine.translate import translated

    code = translated(function, kinds)
    for place in _places(function):
        with suppress(OSError):
            place.mkdir(exist_ok=True)
            folder.write(place / name, _sealed(name, function, code))
            break
    return Loaded(code)


def _places(function: Inner) -> Iterator[Path]:
    """Where its code may lie; nowhere if the function has no file."""
    if source := _source(function):
        if os.access(source.parent, os.W_OK):
            yield source.parent / "__pycache__"
        with suppress(OSError):
            yield folder.opened() / "__pycache__"


def _source(function: Inner) -> Path | None:
    """The module that decides what a function does: none for one made in another function."""
    plain = function.py_func
    named = plain.__globals__.get("__file__")
    return Path(named) if named and plain.__qualname__ == plain.__name__ else None


def _name(function: Inner, kinds: tuple[str, ...]) -> str:
    line = function.py_func.__code__.co_firstlineno
    key = repr((kinds, line, sorted(function.options.items()), _machine()))
    stem = getattr(_source(function), "stem", "")
    return f"{stem}.{function.py_func.__name__}-{sha256(key.encode()).hexdigest()[:16]}{SUFFIX}"


@cache
def _machine() -> tuple[object, ...]:
    """The processor, the versions of what compiles for it, and what the user tells Numba."""
    numba = find_spec("numba")
    installed = os.stat(numba.origin) if numba and numba.origin else None
    versions = sys.implementation.cache_tag, np.__version__, llvmlite.__version__
    told = sorted(each for each in os.environ.items() if each[0].startswith("NUMBA_"))
    stamp = (installed.st_mtime_ns, installed.st_size) if installed else None
    return llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten(), versions, stamp, told


@cache
def _sources() -> bytes:
    """What is compiled together with any function, and how."""
    digest, root = sha256(), Path(__file__).parents[2]
    found = [root / "evaluate" / "scalar.py", *(root / "lowering").rglob("*.py")]
    for path in sorted(path for path in found if path.parent.name != "generated"):
        digest.update(path.read_bytes())
    return digest.digest()


def _sealed(name: str, function: Inner, code: bytes) -> bytes:
    source = _source(function)
    text = source.read_bytes() if source else b""
    digest = sha256(_sources() + sha256(text).digest() + code)
    return f"{name} {digest.hexdigest()}\n".encode() + code


def _unsealed(name: str, function: Inner, content: bytes) -> bytes:
    """The code; nothing where it is not what was written under this name, for these sources."""
    code = content.partition(b"\n")[2]
    return code if content and content == _sealed(name, function, code) else b""
