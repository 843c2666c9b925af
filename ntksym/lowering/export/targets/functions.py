"""The names of functions in each language, from those that the table of primitives has."""

from typing import Any

from sympy import (
    Abs,
    Max,
    Min,
    Pow,
    acos,
    asin,
    cos,
    cosh,
    erf,
    erfc,
    exp,
    log,
    sin,
    sinh,
    tanh,
)
from sympy.codegen.cfunctions import expm1

from ntksym.evaluate import Hypot
from ntksym.lowering.code.printer import Direction

NAMES: dict[Any, str] = {
    exp: "exp", expm1: "expm1", log: "log", sin: "sin", cos: "cos", tanh: "tanh", sinh: "sinh",
    cosh: "cosh", asin: "asin", acos: "acos", erf: "erf", erfc: "erfc", Pow: "sqrt",
    Direction: "atan2", Hypot: "hypot", Abs: "abs", Max: "max", Min: "min",
}  # fmt: skip
TWO = Direction, Hypot, Max, Min


def functions(prefix: str, renamed: dict[Any, str | None]) -> dict[Any, str]:
    """``prefix`` before each name; ``renamed`` are whole, and ``None`` is what a language lacks."""
    named = {head: prefix + name for head, name in NAMES.items()} | renamed
    return {
        head: f"{name}({{}}, {{}})" if head in TWO else f"{name}({{}})"
        for head, name in named.items() if name is not None
    }  # fmt: skip


MATH = functions("math.", {Abs: "abs", Max: "max", Min: "min"})
"""Python's own."""
