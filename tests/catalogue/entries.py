"""The entries of the catalogue by class; each derived and checked once a process."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from unittest.mock import patch

import ntksym.check.checker
from ntksym import catalogue, dual
from ntksym.calculus import Derivation
from ntksym.check import Report, check
from ntksym.check.checker import Memory
from ntksym.networks.dual import Dual

CLASS_A = (
    "identity", "power", "hermite", "relu", "leaky_relu", "abs", "step", "sign",
    "rectified_power", "erf", "affine_erf", "normal_cdf", "gelu", "sin", "cos", "sinusoid",
    "snake", "rbf", "exp", "gaussian", "gabor",
)  # fmt: skip
"""Elementary closed forms."""
CLASS_B = (
    "elu", "selu", "celu", "hard_tanh", "hard_sigmoid", "relu6", "shifted_relu",
    "soft_shrink", "triangle",
)  # fmt: skip
"""Closed forms in the bivariate normal distribution function."""
CLASS_C = ("tanh", "sigmoid", "softplus", "silu", "mish", "softsign", "arctan")
"""No closed form is known: a Hermite series."""


def identify(name: object) -> str | None:
    """The id of a test of one entry: ``tests/conftest.py`` keeps them on one worker."""
    return f"entry={name}" if name in catalogue() else None


@cache
def derived(name: str, **symbols: Any) -> Dual:
    return dual(name, **symbols)


@dataclass(frozen=True)
class Checked:
    """What ``check`` said, and for each chain what it remembered."""

    report: Report
    chains: tuple[tuple[Derivation, Memory], ...]


@cache
def checked(name: str, **symbols: Any) -> Checked:
    memories: list[Memory] = []

    def remember() -> Memory:
        memories.append(Memory())
        return memories[-1]

    derivation = derived(name, **symbols).derivation
    with patch.object(ntksym.check.checker, "Memory", remember):
        report = check(derivation)
    return Checked(report, tuple(zip(derivation.parts(), memories, strict=True)))
