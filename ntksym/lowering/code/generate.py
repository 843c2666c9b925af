"""Writes the module of an activation: what it does to a point, to a pair, and to a tile."""

import re
import textwrap
from pathlib import Path

from sympy import Expr, sqrt

from ntksym.lowering.code.forms import (
    Forms,
    angle,
    excess,
    forms,
    minus,
    plus,
    rho,
    root,
    s1,
    s2,
    t1,
    t2,
)
from ntksym.lowering.code.hoist import Features
from ntksym.lowering.code.printer import assignments
from ntksym.networks import Activation
from ntksym.networks.dual import dual

SPECIAL = "from ntksym.lowering.code import special as scalar\n"
IMPORTS = {"scalar.": SPECIAL, "vector.": "from ntksym.lowering.functions import vector\n"}

TEXT = '''"""One layer of the recursion with {name}. Written by ntksym.lowering.code; do not edit.

Σ = {sigma}
Σ̇ = {sigma_dot}
"""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered, wide
{imports}from ntksym.lowering.updates import affine

COUNT = {count}
"""Numbers of a point."""


@compiled
def point(s1):
    """The standard deviation behind the activation, Σ̇ at u = v, and what the pairs need."""
{point}


@compiled
def features(s, f):
    """``point`` of each point, a row for each number; the first row is ``s``."""
    for i in range(s.size):
        {rows} = s[i], *point(s[i])


@ordered
def pair({names}):
    """The gaps 1 - rho and 1 + rho behind the activation, and Σ̇."""
{pair}


@compiled
def tile(state, f1, f2, g1, g2, w, v, b, rows):
    """``pair`` and then ``affine`` on each pair of a tile, in place."""
    wide()
    for i in range(rows):
        for j in range(SIDE):
            k = SIDE * i + j
            less, more, dot = pair(
                {numbers}
            )
            state[k], state[PLANE + k], state[2 * PLANE + k] = affine(
                less, more, dot * state[2 * PLANE + k],
                g1[i], g1[SIDE + i], g1[2 * SIDE + i], g2[j], g2[SIDE + j], g2[2 * SIDE + j],
                w, v, b,
            )
'''


def module(of: Activation | str, tangent: bool = True) -> str:
    """The source of the module of an activation; without ``tangent``, Σ̇ is left out as 0."""
    derived = dual(of)
    lowered = forms(derived, tangent)
    features = Features()
    pair = _pair(lowered, features)
    point = _point(lowered, features)
    columns, names = list(zip(*features.names.values(), strict=True)), ["minus", "plus"]
    numbers = ["state[k]", "state[PLANE + k]"]
    for side, index, column in (("f1", "i", columns[0]), ("f2", "j", columns[1])):
        for k, symbol in enumerate(column):
            if re.search(rf"\b{symbol.name}\b", pair):
                names.append(symbol.name)
                times = "" if k == 0 else "SIDE + " if k == 1 else f"{k} * SIDE + "
                numbers.append(f"{side}[{times}{index}]")
    return TEXT.format(
        name=derived.activation.name,
        sigma=derived.sigma,
        sigma_dot=derived.sigma_dot if tangent else "not needed",
        imports="".join(text for name, text in IMPORTS.items() if name in point + pair),
        point=point,
        count=len(columns[0]),
        rows=", ".join(f"f[{k}, i]" for k in range(len(columns[0]))),
        names=_wrapped(names, 9),
        pair=pair,
        numbers=_wrapped(numbers, 16),
    )


def in_memory(source: str) -> str:
    """The source of a module for code without a file."""
    return source.replace(
        "SIDE, compiled, ordered", "SIDE, compiled_in_memory as compiled, ordered_in_memory as ordered"
    )


def _point(lowered: Forms, features: Features) -> str:
    wanted = [lowered.slope, *list(features.names)[3:]]
    shared, values = assignments(wanted)
    _, (t,) = assignments([sqrt(lowered.diagonal)], share=False)
    lines = [f"t1 = {t}", *(f"{name} = {code}" for name, code in shared)]
    return _block(1, *lines, f"return {', '.join(['t1', *values])}")


def _pair(lowered: Forms, features: Features) -> str:
    """For one sign of rho where both are alike; else both and a choice, which needs no jump."""
    up, down = (
        [features.hoisted(e) for e in (form.minus, form.plus, form.dot)]
        for form in (lowered.rising, lowered.falling)
    )
    root = "max(math.sqrt(minus * plus), 1e-150)" if lowered.singular else "math.sqrt(minus * plus)"
    head = ["rho = 0.5 * (plus - minus)", f"root = {root}"]
    if any(e.has(angle) for e in (*up, *down)):
        head.append("angle, excess = vector.acute_angle(min(minus, plus), root)")
    if up == down:
        body = _block(1, *_chosen(up))
    elif lowered.singular:
        parts = "if minus <= plus:", _block(1, *_chosen(up)), "else:", _block(1, *_chosen(down))
        body = _block(1, *"\n".join(parts).split("\n"))
    else:
        body = _block(1, *_chosen(up, down))
    return "\n".join([_block(1, *head), body, _block(1, *_ends(lowered))])


def _chosen(*forms: list[Expr]) -> list[str]:
    shared, codes = assignments([e for form in forms for e in form])
    lines = [f"{name} = {code}" for name, code in shared]
    if len(forms) == 1:
        return [*lines, f"less, more, dot = {', '.join(codes)}"]
    lines.append("up = minus <= plus")
    choices = zip(("less", "more", "dot"), codes[:3], codes[3:], strict=True)
    return lines + [f"{name} = {a} if up else {b}" for name, a, b in choices]


def _ends(lowered: Forms) -> list[str]:
    """What the formulas leave open: one point with itself, and points of variance 0."""
    end = {minus: 0, plus: 2, root: 0, angle: 0, excess: 0, rho: 1, s2: s1, t2: t1}
    less, dot = (e.subs(end) for e in (lowered.rising.minus, lowered.rising.dot))
    lines = []
    if less != 0 or dot != lowered.slope:
        lines = ["same = (minus == 0.0) & (s1 == s2)", "less = 0.0 if same else less"]
        lines.append("dot = slope1 if same else dot")
    lines += ["alive = t1 * t2 > 0.0", "less = less if alive else minus"]
    lines.append("more = more if alive else plus")
    return [*lines, "return max(less, 0.0), max(more, 0.0), dot"]


def _wrapped(parts: list[str], indent: int) -> str:
    return textwrap.fill(", ".join(parts), 100 - indent).replace("\n", "\n" + " " * indent)


def _block(depth: int, *lines: str) -> str:
    return "\n".join("    " * depth + line for line in lines)


def path(name: str) -> Path:
    """Where the module of a catalogue activation stands."""
    return Path(__file__).parent / "generated" / f"{name}.py"
