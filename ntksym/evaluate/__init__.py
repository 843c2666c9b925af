"""One SymPy expression to numbers: scalar code, mpmath and Arb from one table of primitives."""

from ntksym.evaluate.balls import Balls, narrowed, precision, width
from ntksym.evaluate.decimals import Decimals, converged, rounded
from ntksym.evaluate.primitives import POWER, SQRT, TABLE, Hypot, Primitive, primitive
from ntksym.evaluate.stable import radicals, stable
from ntksym.evaluate.tape import Tape, record

__all__ = [
    "POWER", "SQRT", "TABLE", "Balls", "Decimals", "Hypot", "Primitive", "Tape", "converged",
    "narrowed", "precision", "primitive", "radicals", "record", "rounded", "stable", "width",
]  # fmt: skip
