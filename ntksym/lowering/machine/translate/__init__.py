"""From a Python function to machine code, by Numba. Imported where something is compiled."""

from ntksym.lowering.machine.translate.functions import dispatcher, translated

__all__ = ["dispatcher", "translated"]
