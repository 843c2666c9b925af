"""Writes the module of an activation on numbers: σ and σ' in one loop that shares their parts."""

from functools import reduce
from typing import Any

from sympy import (
    Abs,
    Add,
    Expr,
    Heaviside,
    Integer,
    Max,
    Mul,
    Piecewise,
    Rational,
    exp,
    log,
    sign,
    tanh,
)
from sympy.codegen.cfunctions import expm1
from sympy.core.relational import GreaterThan, LessThan, StrictGreaterThan, StrictLessThan

from ntksym.evaluate.integrals.line.plain import plain
from ntksym.lowering.code.gaps import Either
from ntksym.lowering.code.printer import assignments
from ntksym.networks import Activation

IMPORTS = {
    "math.": "import math\n\n",
    "": "from ntksym.lowering.code.options import wide, widened\n",
    "scalar.": "from ntksym.lowering.pointwise import special as scalar\n",
    "vector.": "from ntksym.lowering.functions import vector\n",
}
MODULE = '''"""σ = {value} and σ' in doubles. Written by ntksym.lowering.pointwise; do not edit."""

{imports}

@widened
def both(points, values, slopes):
    """σ and σ' at each point."""
    wide()
    for i in range(points.size):
        z = 1.0 * points[i]
{code}
'''


def module(of: Activation) -> str:
    """Its source; ``ValueError`` where σ' is no function."""
    shared, results = assignments([choices(plain(of.expr)), choices(plain(of.derivative))])
    lines = [*(f"{symbol} = {code}" for symbol, code in shared)]
    lines += [f"values[i] = {results[0]}", f"slopes[i] = {results[1]}"]
    code = "\n".join(" " * 8 + line for line in lines)
    used = "".join(text for name, text in IMPORTS.items() if name in code)
    return MODULE.format(value=of.expr, imports=used, code=code)


def choices(expr: Expr) -> Expr:
    """Steps as choices: what is multiplied by 0 may be infinite. A step is 1/2 at its kink."""
    expr = expr.replace(tanh, _tanh)
    expr = expr.replace(log, _softplus)
    expr = expr.replace(sign, lambda x: Either(x, 1, Either(-x, -1, 0)))
    expr = expr.replace(Piecewise, _nested)
    return _stepped(expr) if expr.has(Heaviside) else expr


def _tanh(x: Expr) -> Expr:
    """By expm1, which vectorises, of what is not positive."""
    m = expm1(-2 * Abs(x))
    return Either(x, -m / (2 + m), m / (2 + m))


def _softplus(x: Expr) -> Expr:
    """log(1 + e^a) without overflow."""
    rest = x - 1
    if isinstance(rest, exp):
        a = rest.args[0]
        return Max(0, a) + log(1 + exp(-Abs(a)))
    return log(x)


def _nested(*branches: Any) -> Expr:
    *first, (last, _) = branches
    return reduce(lambda other, pair: _chosen(pair[1], pair[0], other), reversed(first), last)


def _chosen(condition: Any, near: Expr, far: Expr) -> Expr:
    """σ is continuous: which side a border belongs to is nothing to it."""
    if isinstance(condition, StrictGreaterThan | GreaterThan):
        return Either(condition.lhs - condition.rhs, near, far)
    if isinstance(condition, StrictLessThan | LessThan):
        return Either(condition.rhs - condition.lhs, near, far)
    raise ValueError(f"no code for the condition {condition}; expected an inequality")


def _stepped(expr: Expr) -> Expr:
    if not expr.has(Heaviside):
        return expr
    if isinstance(expr, Add):
        return Add(*map(_stepped, expr.args))
    for factor in Mul.make_args(expr):
        if isinstance(factor, Heaviside):
            x, rest = factor.args[0], _stepped(expr / factor)
            return Either(x, rest, Either(-x, Integer(0), rest * Rational(1, 2)))
    return expr.func(*map(_stepped, expr.args))
