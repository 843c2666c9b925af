"""``Decision``: what was found of a case."""

from dataclasses import dataclass

from ntksym.check import Verdict
from ntksym.theorems.argument import Line
from ntksym.theorems.series.layers import Level
from ntksym.theorems.series.supports import Support
from ntksym.theorems.witnesses.witness import Witness


@dataclass(frozen=True)
class Decision:
    """What was found, and all that a certificate says of it."""

    verdict: Verdict
    reason: str
    lines: tuple[Line, ...] = ()
    levels: tuple[Level, ...] = ()
    support: Support | None = None
    witness: Witness | None = None
    rank: int | None = None
