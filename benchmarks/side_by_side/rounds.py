"""Repetitions in turn, A, B, A, B, ..., so that what disturbs the machine disturbs all alike."""

import time
from collections.abc import Mapping, Sequence
from statistics import median, quantiles
from typing import NamedTuple, Protocol

PAUSE = 0.1
"""Seconds between two runs: BLAS threads spin for a while after their work."""


class Asked(Protocol):
    """What a round needs of a worker."""

    def ask(self, do: str) -> Mapping[str, float]:
        """The answer to ``do``."""


class Quartiles(NamedTuple):
    """A median between its quartiles."""

    low: float
    middle: float
    high: float


def interleave(workers: Mapping[str, Asked], rounds: int) -> dict[str, list[float]]:
    """Seconds of each worker's runs, one of each worker a round, after one round not counted."""
    if rounds < 1:
        raise ValueError(f"rounds: expected at least 1, got {rounds}")
    seconds: dict[str, list[float]] = {name: [] for name in workers}
    for done in range(rounds + 1):
        for name, worker in workers.items():
            time.sleep(PAUSE)
            took = float(worker.ask("run")["seconds"])
            if done:
                seconds[name].append(took)
    return seconds


def quartiles(values: Sequence[float]) -> Quartiles:
    """Of one value: three times itself."""
    if len(values) == 1:
        return Quartiles(values[0], values[0], values[0])
    low, _, high = quantiles(values, n=4, method="inclusive")
    return Quartiles(low, median(values), high)


def ratios(above: Sequence[float], below: Sequence[float]) -> Quartiles:
    """The quartiles of the ratios within each round."""
    return quartiles([a / b for a, b in zip(above, below, strict=True)])
