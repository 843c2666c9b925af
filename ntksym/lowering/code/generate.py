"""Writes the module of an activation: what it does to a point, to a pair, and to a tile."""

import re
import textwrap
from pathlib import Path

from sympy import S, sqrt

from ntksym.lowering.code.forms import Forms, forms
from ntksym.lowering.code.hoist import Features, balanced, low1
from ntksym.lowering.code.pair import block, direct_of, pair_of
from ntksym.lowering.code.printer import assignments
from ntksym.lowering.code.rules.direct import direct
from ntksym.networks import Activation
from ntksym.networks.dual import Dual, dual

SPECIAL = "from ntksym.lowering.code import special as scalar\n"
IMPORTS = {"scalar.": SPECIAL, "vector.": "from ntksym.lowering.functions import vector\n"}

TEXT = '''"""One layer of the recursion with {name}. Written by ntksym.lowering.code; do not edit.

Σ = {sigma}
Σ̇ = {sigma_dot}
"""

{math}from ntksym.lowering.code.options import PLANE, SIDE, compiled, {inlined}ordered, wide
{imports}from ntksym.lowering.updates import {updates}

COUNT = {count}
"""Numbers of a point."""
{low}

@compiled
def point(s1):
    """``s1``, the standard deviation behind the activation, Σ̇ at u = v; what the pairs need."""
{point}


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        {rows} = point(s[i])


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

LOW = '''LOW = COUNT - 1
"""Of these what ``s1`` leaves of the standard deviation: not by ``features``."""
'''

DIRECT = '''

SINE = {row}
"""Of the numbers of a point: p, with sine = c p1 p2."""

'''

LAYER = '''
@inlined
def {name}({arguments}):
    """Σ and Σ̇ from {what}, where no sine is near 1 or -1."""
{body}


@compiled
def {name}_tile(state, f1, f2, square, shift, w, v, b, rows):
    """``{name}`` and then ``covariance`` on each pair of a tile, in place."""
    wide()
    for i in range(rows):
        for j in range(SIDE):
            k = SIDE * i + j
            sigma, dot = {name}(
                {numbers}
            )
            state[k], state[2 * PLANE + k] = covariance(
                sigma, dot * state[2 * PLANE + k], square, shift, w, v, b
            )
'''


def module(of: Activation | str, tangent: bool = True) -> str:
    """The source of the module of an activation; without ``tangent``, Σ̇ is left out as 0."""
    return module_of(dual(of), tangent)


def module_of(derived: Dual, tangent: bool = True) -> str:
    """``module`` of what is derived already."""
    lowered = forms(derived, tangent)
    features = Features()
    pair = pair_of(lowered, features)
    found = direct(derived.sigma, derived.sigma_dot if tangent else S.Zero)
    bodies = direct_of(found, features) if found else ("", "")
    point = _point(lowered, features)
    code = point + pair + bodies[0]
    names, numbers = _read(features, pair)
    text = TEXT.format(
        name=derived.activation.name,
        sigma=derived.sigma,
        sigma_dot=derived.sigma_dot if tangent else "not needed",
        math="import math\n\n" if "math." in code else "",
        imports="".join(text for name, text in IMPORTS.items() if name in code),
        inlined="inlined, " if found else "",
        updates="affine, covariance" if found else "affine",
        point=point,
        count=len(features.names),
        low=LOW if low1 in features.names else "",
        rows=", ".join(f"f[{k}, i]" for k in range(len(features.names) - (low1 in features.names))),
        names=_wrapped(["minus", "plus", *names], 9),
        pair=pair,
        numbers=_wrapped(["state[k]", "state[PLANE + k]", *numbers], 16),
    )
    if not found:
        return text
    row = list(features.names).index(found.scale)
    reads = {"direct": (["c"], "the covariance"), "entry": (["minus", "plus"], "the gaps")}
    layers = [
        _layer(name, *reads[name], body, features) for name, body in zip(reads, bodies, strict=True)
    ]
    return text + DIRECT.format(row=row) + "\n".join(layers)


def _layer(name: str, reads: list[str], what: str, body: str, features: Features) -> str:
    names, numbers = _read(features, body)
    planes = ["state[k]", "state[PLANE + k]"][: len(reads)]
    return LAYER.format(
        name=name, what=what, body=body, arguments=_wrapped([*reads, *names], len(name) + 5),
        numbers=_wrapped([*planes, *numbers], 16),
    )  # fmt: skip


def _read(features: Features, code: str) -> tuple[list[str], list[str]]:
    """The numbers of the two points that ``code`` reads: their names, and where they stand."""
    names, numbers = [], []
    columns = zip(*features.names.values(), strict=True)
    for (side, index), column in zip((("f1", "i"), ("f2", "j")), columns, strict=True):
        for k, symbol in enumerate(column):
            if re.search(rf"\b{symbol.name}\b", code):
                names.append(symbol.name)
                times = "" if k == 0 else "SIDE + " if k == 1 else f"{k} * SIDE + "
                numbers.append(f"{side}[{times}{index}]")
    return names, numbers


def in_memory(source: str) -> str:
    """The source of a module for code without a file."""
    return re.sub(r"(?<= )(compiled|inlined|ordered)(?=, )", r"\1_in_memory as \1", source)


def _point(lowered: Forms, features: Features) -> str:
    wanted = [lowered.slope, *(e for e in list(features.names)[3:] if e != low1)]
    shared, values = assignments(list(map(balanced, wanted)))
    _, (t,) = assignments([sqrt(balanced(lowered.diagonal))], share=False)
    lines = [f"t1 = {t}", *(f"{name} = {code}" for name, code in shared)]
    return block(1, *lines, f"return {', '.join(['s1', 't1', *values])}")


def _wrapped(parts: list[str], indent: int) -> str:
    return textwrap.fill(", ".join(parts), 100 - indent).replace("\n", "\n" + " " * indent)


def path(name: str) -> Path:
    """Where the module of a catalogue activation stands."""
    return Path(__file__).parent / "generated" / f"{name}.py"
