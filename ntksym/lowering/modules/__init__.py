"""Generated modules: those of the catalogue are committed, those of users kept in a folder."""

from ntksym.lowering.modules.committed import committed
from ntksym.lowering.modules.kept import accepted, keep, recalled

__all__ = ["accepted", "committed", "keep", "recalled"]
