"""The displayed formulas of the four source texts as records, and the checks behind them."""

from .record import SOURCES, VERDICTS, WRONG, Evidence, Reading, Source, SourceFormula
from .records import FORMULAS

__all__ = [
    "FORMULAS",
    "SOURCES",
    "VERDICTS",
    "WRONG",
    "Evidence",
    "Reading",
    "Source",
    "SourceFormula",
]
