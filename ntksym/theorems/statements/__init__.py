"""One theorem, or one family of them, a file. A file put here is in use: nothing else is edited."""

from importlib import import_module
from pkgutil import iter_modules

from ntksym.theorems.theorem import Theorem


def theorems() -> tuple[Theorem, ...]:
    """Every theorem of every file in this folder, in the order of the files."""
    modules = (import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__))
    return tuple(theorem for module in modules for theorem in module.THEOREMS)
