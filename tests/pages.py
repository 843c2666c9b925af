"""The duals of the catalogue and the reports on them, each made once in a session."""

from functools import cache
from typing import Any

import ntksym
from ntksym.check import Report
from ntksym.networks.dual import Dual


@cache
def dual_of(name: str, **symbols: Any) -> Dual:
    """``ntksym.dual(name, **symbols)``."""
    return ntksym.dual(name, **symbols)


@cache
def report_of(name: str, **symbols: Any) -> Report:
    """``ntksym.check`` of its derivation."""
    return ntksym.check(dual_of(name, **symbols).derivation)
