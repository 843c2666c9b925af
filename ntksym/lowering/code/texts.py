"""The parts of a module that is written for an activation."""

import textwrap

HEAD = '''"""One layer of the recursion with {name}. Written by ntksym.lowering.code; do not edit.

Σ = {sigma}
Σ̇ = {sigma_dot}
"""

{math}from ntksym.lowering.code.options import {options}
{imports}from ntksym.lowering.updates import {updates}

'''

BODY = '''\
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
'''

LOW = '''LOW = COUNT - 1
"""Of these what ``s1`` leaves of the standard deviation: not by ``features``."""
'''

TILE = '''

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


@compiled
def layers(state, f1, f2, g1, g2, numbers, rows):
    """``tile`` of one layer after another, each with its (w, v, b)."""
    for n in range(len(numbers)):
        w, v, b = numbers[n, 0], numbers[n, 1], numbers[n, 2]
        tile(state, f1[n], f2[n], g1[n], g2[n], w, v, b, rows)
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

LAYERS = '''

@compiled
def direct_layers(state, f1, f2, numbers, rows):
    """``direct_tile`` of one layer after another, each with its (square, shift, w, v, b)."""
    for n in range(len(numbers)):
        square, shift, w, v, b = (
            numbers[n, 0], numbers[n, 1], numbers[n, 2], numbers[n, 3], numbers[n, 4]
        )
        direct_tile(state, f1[n], f2[n], square, shift, w, v, b, rows)
'''


def wrapped(parts: list[str], indent: int) -> str:
    """In lines of 100 characters."""
    return textwrap.fill(", ".join(parts), 100 - indent).replace("\n", "\n" + " " * indent)
