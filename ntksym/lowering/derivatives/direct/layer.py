"""Writes the two functions of an activation that do without gaps, with what moves."""

import re

from ntksym.lowering.code import texts
from ntksym.lowering.code.hoist import Features
from ntksym.lowering.code.pair import direct_of
from ntksym.lowering.code.rules.direct import Direct, direct
from ntksym.lowering.derivatives.direct.partials import partials
from ntksym.networks.dual import Dual

READS = {"direct": (["c"], "the covariance"), "entry": (["minus", "plus"], "the gaps")}
VALUES = "sigma, dot, dot_c, sigma_first, sigma_second, dot_first, dot_second"
IMPORT = "from ntksym.lowering.derivatives.direct.updates import along, layer_of\n"

LAYER = '''
@inlined
def {name}({arguments}):
    """Σ and Σ̇ from {what}, and what moves them, where no sine is near 1 or -1."""
{body}


@compiled
def {name}_tile(
    state, f1, f2, g1, g2, square, shift, dsquare, dshift, w, v, b, dw, db, rows
):
    """``{name}`` and then ``layer_of`` on each pair of a tile and on its derivatives, in place."""
    wide()
    for i in range(rows):
        before01, before11 = g1[5 * SIDE + i], g1[8 * SIDE + i]
{firsts}        for j in range(SIDE):
            k = SIDE * i + j
            before02, before12 = g2[5 * SIDE + j], g2[8 * SIDE + j]
            theta, c0, c1 = state[2 * PLANE + k], state[3 * PLANE + k], state[5 * PLANE + k]
            sigma, dot, dot_c, sigma_first, sigma_second, dot_first, dot_second = {name}(
                {numbers}
            )
            (
                state[k], state[2 * PLANE + k], state[3 * PLANE + k],
                state[4 * PLANE + k], state[5 * PLANE + k], state[6 * PLANE + k],
            ) = layer_of(
                sigma, dot, theta,
                along(dot, sigma_first, sigma_second, c0, before01, before02),
                along(dot_c, dot_first, dot_second, c0, before01, before02),
                state[4 * PLANE + k],
                along(dot, sigma_first, sigma_second, c1, before11, before12),
                along(dot_c, dot_first, dot_second, c1, before11, before12),
                state[6 * PLANE + k],
                square, shift, dsquare, dshift, w, v, b, dw, db,
            )
'''


def bodies_of(derived: Dual, features: Features) -> tuple[Direct, tuple[str, str]] | None:
    """What each function computes; Σ̇ is the derivative of Σ, so it is needed without a kernel."""
    found = direct(derived.sigma, derived.sigma_dot)
    if not found:
        return None
    moved = partials(found)
    in_order = {name: moved[name] for name in VALUES.split(", ")[2:]}
    return found, direct_of(found, features, in_order)


def text(found: Direct, bodies: tuple[str, str], features: Features, rows: list[int]) -> str:
    """The source; ``rows`` are the places of the numbers of a point."""
    row = rows[list(features.names).index(found.scale)]
    layers = (_layer(name, body, features, rows) for name, body in zip(READS, bodies, strict=True))
    return texts.DIRECT.format(row=row) + "\n".join(layers)


def _layer(name: str, body: str, features: Features, rows: list[int]) -> str:
    reads, what = READS[name]
    numbers = dict(zip(reads, ["state[k]", "state[PLANE + k]"], strict=False))
    firsts = ""
    used = set(re.findall(r"\w+", body))
    for row, (first, second) in zip(rows, features.names.values(), strict=True):
        if first.name in used:
            firsts += f"        {first.name} = f1[{row} * SIDE + i]\n"
            numbers[first.name] = first.name
        if second.name in used:
            numbers[second.name] = f"f2[{row} * SIDE + j]"
    return LAYER.format(
        name=name, what=what, body=body, firsts=firsts,
        arguments=texts.wrapped(list(numbers), len(name) + 5),
        numbers=texts.wrapped(list(numbers.values()), 16),
    )  # fmt: skip
