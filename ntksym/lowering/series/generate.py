"""Writes the module of an activation without a closed form, so that its kernel needs no SymPy."""

from pathlib import Path

from sympy import Expr, Max, exp, log

from ntksym.evaluate.integrals.line.plain import plain
from ntksym.language import z
from ntksym.lowering.code.printer import assignments
from ntksym.lowering.series.strip import strip
from ntksym.networks import Activation

IMPORTS = {
    "math.": "import math\n\n",
    "": "from ntksym.lowering.code.options import compiled\n",
    "vector.": "from ntksym.lowering.functions import vector\n",
}
MODULE = '''"""σ = {value} and σ' in doubles. Written by ntksym.lowering.series; do not edit."""

{imports}
HEIGHTS = {heights}
BOUNDS = {bounds}


@compiled
def value(points, values):
    """σ at each point."""
    for i in range(points.size):
        z = points[i]
{value_code}


@compiled
def slope(points, values):
    """σ' at each point."""
    for i in range(points.size):
        z = points[i]
{slope_code}
'''


def module(of: Activation) -> str:
    """Its source; ``ValueError`` where it has no strip."""
    found = strip(of.derivative, z)
    value, slope = _body(plain(of.expr)), _body(plain(of.derivative))
    return MODULE.format(
        value=of.expr,
        imports="".join(text for name, text in IMPORTS.items() if name in value + slope),
        heights=found.heights,
        bounds=tuple(float(f"{1.01 * bound:.2e}") for bound in found.bounds),
        value_code=value,
        slope_code=slope,
    )


def _body(expr: Expr) -> str:
    expr = expr.replace(lambda e: isinstance(e, log) and e.args[0].is_Add, _without_overflow)
    shared, (result,) = assignments([expr])
    lines = [*(f"{symbol} = {code}" for symbol, code in shared), f"values[i] = {result}"]
    return "\n".join(" " * 8 + line for line in lines)


def _without_overflow(logarithm: Expr) -> Expr:
    """log(c + exp(x)), c > 0, with the larger power taken out."""
    number, power = logarithm.args[0].as_independent(z)
    if not (isinstance(power, exp) and number.is_positive):
        return logarithm
    larger = Max(power.exp, 0)
    return larger + log(number * exp(-larger) + exp(power.exp - larger))


def path(name: str) -> Path:
    """Where the module of a catalogue activation stands."""
    return Path(__file__).parent / "generated" / f"{name}.py"
