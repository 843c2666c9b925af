"""Writes the module of an activation: what it does to a pair, and to what moves with it."""

import re
from pathlib import Path

from sympy import sqrt

from ntksym.lowering.code import texts
from ntksym.lowering.code.forms import Forms, forms
from ntksym.lowering.code.generate import IMPORTS
from ntksym.lowering.code.hoist import Features, balanced
from ntksym.lowering.code.pair import block
from ntksym.lowering.code.printer import assignments
from ntksym.lowering.derivatives.direct import layer
from ntksym.lowering.derivatives.pair import Pair, pair_of
from ntksym.lowering.derivatives.partials import growth
from ntksym.networks import Activation
from ntksym.networks.dual import Dual, dual

TEXT = '''"""What moves with {name}. Written by ntksym.lowering.derivatives; do not edit."""

{math}from ntksym.lowering.code.options import PLANE, SIDE, compiled, {inlined}ordered, wide
{direct}from ntksym.lowering.derivatives.updates import affine
{imports}
COUNT = {count}
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, t, Σ̇ at u = v, the derivatives of both by ``s1``; what the pairs need."""
{point}


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        {rows} = point(s[i])


@ordered
def pair({names}):
    """The gaps 1 - rho and 1 + rho behind the activation, Σ̇, and their partial derivatives."""
{pair}


@compiled
def tile(state, f1, f2, g1, g2, w, v, b, dw, db, rows):
    """``pair`` and then ``affine`` on each pair of a tile and on its derivatives, in place."""
    wide()
    for i in range(rows):
        a1, e1, size1 = g1[i], g1[SIDE + i], g1[2 * SIDE + i]
        turn01, grow01, before01 = g1[3 * SIDE + i], g1[4 * SIDE + i], g1[5 * SIDE + i]
        turn11, grow11, before11 = g1[6 * SIDE + i], g1[7 * SIDE + i], g1[8 * SIDE + i]
{firsts}        for j in range(SIDE):
            k = SIDE * i + j
            before02, before12 = g2[5 * SIDE + j], g2[8 * SIDE + j]
            theta, minus0, minus1 = state[2 * PLANE + k], state[3 * PLANE + k], state[5 * PLANE + k]
            (
                {values}
            ) = pair(
                {numbers}
            )
            less0, dot0 = {less0}, {dot0}
            less1, dot1 = {less1}, {dot1}
            (
                state[k], state[PLANE + k], state[2 * PLANE + k], state[3 * PLANE + k],
                state[4 * PLANE + k], state[5 * PLANE + k], state[6 * PLANE + k],
            ) = affine(
                less, more, dot * theta, less0, dot0 * theta + dot * state[4 * PLANE + k],
                less1, dot1 * theta + dot * state[6 * PLANE + k],
                a1, e1, size1, turn01, grow01, turn11, grow11,
                g2[j], g2[SIDE + j], g2[2 * SIDE + j],
                g2[3 * SIDE + j], g2[4 * SIDE + j], g2[6 * SIDE + j], g2[7 * SIDE + j],
                w, v, b, dw, db,
            )
'''


def module(of: Activation | str, tangent: bool = True) -> str:
    """The source of the module of an activation; without ``tangent``, Σ̇ is left out as 0."""
    return module_of(dual(of), tangent)


def module_of(derived: Dual, tangent: bool = True) -> str:
    """``module`` of what is derived already."""
    lowered, features = forms(derived, tangent, doubles=False), Features()
    pair = pair_of(lowered, features)
    direct = layer.bodies_of(derived, features)
    count, point = _point(lowered, features)
    code = point + pair.body + "".join(direct[1] if direct else ())
    used = set(re.findall(r"\w+", pair.body))
    numbers = {"minus": "state[k]", "plus": "state[PLANE + k]"}
    firsts: dict[str, str] = {}
    if "bend1" in used:
        firsts["bend1"], numbers["bend1"] = "f1[4 * SIDE + i]", "bend1"
    rows = _rows(features)
    for row, (first, second) in zip(rows, features.names.values(), strict=True):
        if first.name in used:
            firsts[first.name] = f"f1[{row} * SIDE + i]"
            numbers[first.name] = first.name
        if second.name in used:
            numbers[second.name] = f"f2[{row} * SIDE + j]"
    along = {f"{name}{n}": _along(pair, name, n) for name in ("less", "dot") for n in (0, 1)}
    text = TEXT.format(
        name=derived.activation.name,
        math="import math\n\n" if "math." in code else "",
        imports="".join(line for name, line in IMPORTS.items() if name in code),
        inlined="inlined, " if direct else "",
        direct=layer.IMPORT if direct else "",
        point=point,
        count=count,
        rows=", ".join(f"f[{k}, i]" for k in range(count)),
        names=texts.wrapped(list(numbers), 9),
        pair=pair.body,
        firsts="".join(f"        {name} = {code}\n" for name, code in firsts.items()),
        values=texts.wrapped(["less", "more", "dot", *pair.partials], 16),
        numbers=texts.wrapped(list(numbers.values()), 16),
        **along,
    )
    return text + layer.text(*direct, features, rows) if direct else text


def _rows(features: Features) -> list[int]:
    """Where the numbers of a point stand: t' and the derivative of Σ̇ follow the first three."""
    return [row if row < 3 else row + 2 for row in range(len(features.names))]


def _point(lowered: Forms, features: Features) -> tuple[int, str]:
    grown = growth(lowered)
    wanted = [lowered.slope, grown.t, grown.slope, *list(features.names)[3:]]
    shared, values = assignments(list(map(balanced, wanted)))
    _, (t,) = assignments([sqrt(balanced(lowered.diagonal))], share=False)
    lines = [f"t1 = {t}", *(f"{name} = {code}" for name, code in shared)]
    numbers = ["s1", "t1", *values]
    return len(numbers), block(1, *lines, f"return {', '.join(numbers)}")


def _along(pair: Pair, name: str, n: int) -> str:
    """The derivative of ``less`` or ``dot`` along a direction."""
    moves = {"minus": f"minus{n}", "first": f"before{n}1", "second": f"before{n}2"}
    terms = [
        f"{name}_{by} * {move}" for by, move in moves.items() if f"{name}_{by}" in pair.partials
    ]
    return " + ".join(terms) or "0.0"


def path(name: str) -> Path:
    """Where the module of a catalogue activation stands."""
    return Path(__file__).parent / "generated" / f"{name}.py"
