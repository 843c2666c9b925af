"""Functions compiled once: their machine code is kept, and runs without Numba.

To import Numba and to prepare it for code of its own takes longer than everything else between
the start of a process and its first Gram matrix. So it is imported where something is compiled.
"""

from ntksym.lowering.machine.function import Called, Inner
from ntksym.lowering.machine.instructions import bits, double, wide

__all__ = ["Called", "Inner", "bits", "double", "wide"]
