"""One rule family a file. A file put here is a rule in use: nothing else needs an edit."""

from importlib import import_module
from pkgutil import iter_modules

from ntksym.calculus.derivation import Rule


def rules() -> tuple[Rule, ...]:
    """Every rule of every file in this folder, in the order in which they are tried."""
    modules = (import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__))
    found = [rule for module in modules for rule in module.RULES]
    return tuple(sorted(found, key=lambda rule: rule.order))
