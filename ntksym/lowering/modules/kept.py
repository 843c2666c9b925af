"""Modules of users' activations, kept in the private folder from one process to the next.

A module is found by what determines its text, and is run only if its text is the one that was
written: each file begins with its key and the digest of the rest.
"""

import json
import sys
import warnings
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

from ntksym.lowering.modules import folder
from ntksym.networks import Activation, catalogue

ROOMS = ("language", "evaluate", "calculus", "networks", "lowering")
"""Whose sources decide what is generated, and what Numba compiles into it."""
KINDS = ("code", True), ("code", False), ("series", True)


def recalled(of: Activation, room: str, tangent: bool = True) -> ModuleType | None:
    """The module of an activation that an earlier process, or this one, has kept.

    The definition of an activation is not parsed where it is a text.
    """
    name = _name(of, room, tangent)
    if name in sys.modules:
        return sys.modules[name]
    found = _found(name)
    return _run(name, *found) if found else None


def accepted(given: Any) -> Any:
    """A text of which a module was kept as an activation: the parser accepted it then.

    All else as it came.
    """
    if not isinstance(given, str) or given in catalogue():
        return given
    of, generator = Activation(given, given), _generator()
    names = (_name(of, room, tangent, generator) for room, tangent in KINDS)
    return of if any(map(_found, names)) else given


def keep(of: Activation, room: str, text: str, tangent: bool = True) -> ModuleType | None:
    """Write a module to the folder and run it; ``None`` where there is no such folder."""
    name = _name(of, room, tangent)
    try:
        path = folder.opened() / f"{name}.py"
        folder.write(path, _sealed(name, text))
    except folder.Exposed as error:
        warnings.warn(f"{error}; so no compiled code is kept", RuntimeWarning, stacklevel=2)
        return None
    except OSError:
        return None
    return _run(name, path, text)


def _found(name: str) -> tuple[Path, str] | None:
    try:
        path = folder.opened() / f"{name}.py"
    except OSError:
        return None
    text = _unsealed(name, folder.read(path))
    return None if text is None else (path, text)


def _run(name: str, path: Path, text: str) -> ModuleType:
    """From the text that was checked: neither the file nor Python's compiled copy is read again."""
    module = ModuleType(name)
    module.__file__ = str(path)
    exec(compile(text, str(path), "exec"), vars(module))
    return sys.modules.setdefault(name, module)


def _sealed(name: str, text: str) -> bytes:
    return f"# {name} {sha256(text.encode()).hexdigest()}\n{text}".encode()


def _unsealed(name: str, content: bytes) -> str | None:
    """The text; ``None`` where it is not what was written under this name."""
    text = content.partition(b"\n")[2].decode(errors="replace")
    return text if content and content == _sealed(name, text) else None


def _name(of: Activation, room: str, tangent: bool, generator: str = "") -> str:
    text = isinstance(of.definition, str)
    key = json.dumps([room, text, _definition(of), tangent, generator or _generator()])
    return f"ntksym_{room}_{sha256(key.encode()).hexdigest()}"


def _definition(of: Activation) -> str:
    """The same in every process."""
    if isinstance(of.definition, str):
        return " ".join(of.definition.split())
    from sympy import srepr

    return srepr(of.definition)


def _generator() -> str:
    """What a new version, of ntksym or of SymPy, changes."""
    from importlib.metadata import version

    digest = sha256(version("sympy").encode())
    root = Path(__file__).parents[2]
    for path in sorted(path for room in ROOMS for path in (root / room).rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()
