"""Writes the module of an activation: its pair function, and the loops around it."""

from pathlib import Path

from ntksym.lowering.code.forms import Form, forms
from ntksym.lowering.code.printer import ScalarPrinter, assignments
from ntksym.networks import Activation
from ntksym.networks.dual import dual

SPECIAL = "from ntksym.lowering.code import special as scalar\n"

HEADER = '''"""One layer of the recursion with {name}. Written by ntksym.lowering.code; do not edit.

Σ = {sigma}
Σ̇ = {sigma_dot}
"""

import math

{imports}from ntksym.lowering.code.options import compiled


@compiled
def point(s1):
    """The standard deviation after the activation, from the one before it."""
    return math.sqrt({diagonal})


@compiled
def slope(s1):
    """Σ̇ at u = v."""
    return {slope}


@compiled
def pair(s1, t1, s2, t2, minus, plus):
    """The gaps 1 - rho and 1 + rho after the activation, and Σ̇."""
    rho = 0.5 * (plus - minus)
    root = {root}
    if rho >= 0.0:
{rising}
{falling}


'''

ROOT = "math.sqrt(minus * plus)"
FLOORED = f"max({ROOT}, 1e-150)"
"""Where the form divides by the root: its limit at rho = 1 and -1."""

LOOPS = '''@compiled
def points(s, t):
    """``point`` of each entry."""
    for i in range(s.size):
        t[i] = point(s[i])


@compiled
def tile(s1, t1, s2, t2, minus, plus, theta):
    """``pair`` on each pair of a row and a column, in place; ``theta`` is multiplied by Σ̇."""
    for i in range(minus.shape[0]):
        for j in range(minus.shape[1]):
            less, more, dot = pair(s1[i], t1[i], s2[j], t2[j], minus[i, j], plus[i, j])
            if t1[i] * t2[j] > 0.0:
                same = minus[i, j] == 0.0 and s1[i] == s2[j]
                minus[i, j], plus[i, j] = 0.0 if same else max(less, 0.0), max(more, 0.0)
                dot = slope(s1[i]) if same else dot
            theta[i, j] *= dot


@compiled
def line(s, t, theta):
    """``theta`` times Σ̇ on the diagonal, where rho = 1."""
    for i in range(s.size):
        theta[i] *= slope(s[i])
'''


def module(of: Activation | str, tangent: bool = True) -> str:
    """The source of the module of an activation; without ``tangent``, Σ̇ is left out as 0."""
    derived = dual(of)
    lowered = forms(derived, tangent)
    diagonal, slope = map(ScalarPrinter().doprint, (lowered.diagonal, lowered.slope))
    rising, falling = _branch(lowered.rising, "rho", 8), _branch(lowered.falling, "-rho", 4)
    special = any("scalar." in code for code in (diagonal, slope, rising, falling))
    return (
        HEADER.format(
            name=derived.activation.name,
            sigma=derived.sigma,
            sigma_dot=derived.sigma_dot if tangent else "not needed",
            imports=SPECIAL if special else "",
            diagonal=diagonal,
            slope=slope,
            root=FLOORED if lowered.singular else ROOT,
            rising=rising,
            falling=falling,
        )
        + LOOPS
    )


def _branch(form: Form, cosine: str, indent: int) -> str:
    shared, (less, more, dot) = assignments([form.minus, form.plus, form.dot])
    lines = [f"{symbol} = {code}" for symbol, code in shared]
    names = {symbol.name for e in (form.minus, form.plus, form.dot) for symbol in e.free_symbols}
    if "angle" in names:
        lines.insert(0, f"angle = math.atan2(root, {cosine})")
    lines.append(f"return {less}, {more}, {dot}")
    return "\n".join(" " * indent + line for line in lines)


def path(name: str) -> Path:
    """Where the module of a catalogue activation stands."""
    return Path(__file__).parent / "generated" / f"{name}.py"
