"""Writes the module of an activation without a closed form, so that its kernel needs no SymPy."""

from math import factorial
from pathlib import Path

from sympy import DiracDelta, Expr, Integer, Max, exp, log

from ntksym.evaluate import record
from ntksym.evaluate.decimals import Decimals
from ntksym.evaluate.integrals.line.plain import plain
from ntksym.evaluate.integrals.pieces import knots, resolved
from ntksym.language import z
from ntksym.lowering.code.printer import assignments
from ntksym.lowering.series.kink import Kink
from ntksym.lowering.series.strip import Strip, strip
from ntksym.networks import Activation

IMPORTS = {
    "math.": "import math\n\n",
    "": "from ntksym.lowering.code.options import compiled\n",
    "vector.": "from ntksym.lowering.functions import vector\n",
}
JUMPS = 24
MODULE = '''"""σ = {value} and σ' in doubles. Written by ntksym.lowering.series; do not edit."""

{imports}
{analytic}


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
    """Its source; ``ValueError`` where it has neither a strip nor a kink at 0 alone."""
    value, slope = _body(stable(of.expr)), _body(stable(of.derivative))
    return MODULE.format(
        value=of.expr,
        imports="".join(text for name, text in IMPORTS.items() if name in value + slope),
        analytic=_constants(of),
        value_code=value,
        slope_code=slope,
    )


def analytic(of: Activation) -> tuple[Strip | None, Kink | None]:
    """The strip of σ', or its jumps at 0."""
    if knots(of.derivative, z) == [0] and not of.derivative.has(DiracDelta):
        return None, Kink(_jumps(of.derivative))
    return strip(of.derivative, z), None


def _constants(of: Activation) -> str:
    found, bend = analytic(of)
    if bend:
        return f"JUMPS = {bend.jumps}"
    assert found
    bounds = tuple(float(f"{1.01 * bound:.2e}") for bound in found.bounds)
    return f"HEIGHTS = {found.heights}\nBOUNDS = {bounds}"


def _jumps(slope: Expr) -> tuple[float, ...]:
    """Those of σ', σ'', ...: from the power series of both its formulas."""
    numbers = Decimals(60)
    left, right = (
        record([plain(resolved(slope, {z: Integer(side)}))], [z], numbers) for side in (-1, 1)
    )
    below, above = (numbers.ctx.taylor(lambda x, f=f: f(x)[0], 0, JUMPS) for f in (left, right))
    pairs = zip(below, above, strict=True)
    return tuple(float((b - a) * factorial(n)) for n, (a, b) in enumerate(pairs))


def _body(expr: Expr) -> str:
    shared, (result,) = assignments([expr])
    lines = [*(f"{symbol} = {code}" for symbol, code in shared), f"values[i] = {result}"]
    return "\n".join(" " * 8 + line for line in lines)


def stable(expr: Expr) -> Expr:
    """Without overflow in doubles where σ has none."""
    return plain(expr).replace(lambda e: isinstance(e, log) and e.args[0].is_Add, _without_overflow)


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
