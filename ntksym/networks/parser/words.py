"""The vocabulary of activation texts: what may be written, and how large it may be."""

import ast
import re
from collections.abc import Callable, Mapping
from numbers import Real
from typing import Any

import sympy as sp
from sympy import Expr, Rational
from sympy.logic.boolalg import Boolean

from ntksym.arguments import shown
from ntksym.language import z

LENGTH = 2000
"""Characters of a text."""
DEPTH = 30
"""Nested parentheses and calls."""
DIGITS = 50
"""Digits of a number as it is written."""
LARGEST = 1e60
"""The size of any constant, and of the inverse of a number as it is written."""
LEAST = 1e-60
"""The size of a constant to divide by."""
POWER = 64
"""The size of an exponent."""
LARGEST_EXPONENT = 128
"""The size of a constant inside exp, sinh, cosh."""
BITS = 2**15
"""The bits of all numbers in a power, once SymPy has multiplied it out."""


def hermite(degree: Expr, *argument: Expr) -> Expr:
    """The Hermite polynomial of a degree, of unit norm under the standard normal law."""
    if not argument or not (degree.is_Integer and 0 <= degree <= POWER):
        raise ValueError(f"hermite takes a degree, an integer from 0 to {POWER}, and an argument")
    return sp.hermite_prob(degree, *argument) / sp.sqrt(sp.factorial(degree))


OPERANDS: Mapping[Any, int] = {sp.Max: 8, sp.Min: 8, sp.Piecewise: 16, hermite: 2}
"""Arguments of a call, nested ones included; every other function takes one."""


FUNCTIONS: Mapping[str, Callable[..., Expr]] = {
    "exp": sp.exp, "log": sp.log, "sqrt": sp.sqrt,
    "sin": sp.sin, "cos": sp.cos, "tan": sp.tan, "asin": sp.asin, "atan": sp.atan,
    "sinh": sp.sinh, "cosh": sp.cosh, "tanh": sp.tanh, "erf": sp.erf, "erfc": sp.erfc,
    "Abs": sp.Abs, "abs": sp.Abs, "sign": sp.sign, "Heaviside": sp.Heaviside,
    "Max": sp.Max, "max": sp.Max, "Min": sp.Min, "min": sp.Min, "Piecewise": sp.Piecewise,
    "hermite": hermite,
}  # fmt: skip
OPERATORS: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: lambda a, b: a**b,
}
RELATIONS: Mapping[type, Callable[[Any, Any], Boolean]] = {
    ast.Lt: sp.Lt, ast.LtE: sp.Le, ast.Gt: sp.Gt, ast.GtE: sp.Ge, ast.Eq: sp.Eq, ast.NotEq: sp.Ne,
}  # fmt: skip
REFUSED: Mapping[type, str] = {
    ast.Attribute: "attribute access is not allowed",
    ast.Compare: "a comparison may stand only in a condition of Piecewise",
    ast.BoolOp: "and, or are not allowed; a condition may be a chain such as 0 < z < 1",
    ast.IfExp: "a conditional is written Piecewise((value, condition), ..., (value, True))",
    ast.Tuple: "a pair may stand only in Piecewise",
    ast.BinOp: "this operator is not allowed",
}


def constants(parameters: Mapping[str, float | Expr]) -> dict[str, Expr]:
    """The parameters of a text as exact SymPy values."""
    return {name: _constant(name, value) for name, value in parameters.items()}


def _constant(name: str, value: float | Expr) -> Expr:
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) or name in {"z", "pi", *FUNCTIONS}:
        raise ValueError(f"parameters: {name!r} cannot name a parameter; use a word of your own")
    if isinstance(value, Expr) and not isinstance(value, sp.Float):
        if value.has(z) or value.has(sp.I, sp.nan, sp.zoo, sp.oo, -sp.oo):
            raise ValueError(f"parameters: {name} must be real and free of z, got {value}")
        return value
    if isinstance(value, bool) or not isinstance(value, Real | sp.Float):
        kind = "a number or a SymPy expression"
        raise TypeError(f"parameters: {name} must be {kind}, got {shown(value)}")
    if not abs(value) <= LARGEST:
        raise ValueError(f"parameters: {name} must be finite, at most {LARGEST:g}, "
                         f"got {shown(value)}")  # fmt: skip
    return Rational(str(value))


def vanishes(expr: Expr) -> bool:
    """Whether a constant is 0, or too close to it to divide by: roots may hide that."""
    return bool(expr.is_number and abs(expr.evalf(15)) < LEAST)


def bits(expr: Expr) -> int:
    """The size of the numbers in ``expr``: what a power multiplies."""
    return sum(int(r.p).bit_length() + int(r.q).bit_length() for r in expr.atoms(Rational))
