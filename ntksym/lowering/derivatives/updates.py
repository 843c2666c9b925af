r"""The updates of :mod:`ntksym.lowering.updates`, and what moves along two directions with them.

A point :math:`(a,e)=(\cos\varphi,\sin\varphi)` turns by :math:`\dot\varphi`. With
:math:`A=a_1a_2,\ E=e_1e_2,\ B=1-\cos(\varphi_1-\varphi_2)`

.. math:: \dot A=-e_1a_2\dot\varphi_1-a_1e_2\dot\varphi_2,\qquad
          \dot E=a_1e_2\dot\varphi_1+e_1a_2\dot\varphi_2,\qquad
          \dot B=\sin(\varphi_1-\varphi_2)(\dot\varphi_1-\dot\varphi_2).

The state is 1 - rho, 1 + rho, the kernel, and for each direction the derivatives of 1 - rho and
of the kernel: planes at fixed distances. What an affine layer reads of a point are ``ROWS`` rows:
a, e, s, and for each direction :math:`\dot\varphi`, :math:`\dot s`, and the derivative of ln s
before the layer and its activation.
"""

from math import sqrt

from ntksym.lowering import updates
from ntksym.lowering.code.options import PLANE, SIDE, compiled, inlined, wide

ROWS = 9
STATE = 7 * PLANE


@inlined
def sine(a1, e1, a2, e2):
    """That of the angle from the second point to the first; 0 where they are equal."""
    return e1 * (a2 - a1) - a1 * (e2 - e1)


@inlined
def tangent(less, theta, dless, dtheta, apart, a1, e1, s1, turn1, grow1, a2, e2, s2, turn2, grow2,
            w, v, dw, db):  # fmt: skip
    """The derivatives behind ``updates.affine``; ``apart`` is 1 + rho less 1 - rho behind it."""
    dless = (
        a1 * a2 * dless
        - (e1 * a2 * turn1 + a1 * e2 * turn2) * less
        + sine(a1, e1, a2, e2) * (turn1 - turn2)
    )
    moved = 0.5 * (grow1 * s2 + s1 * grow2) * apart - s1 * s2 * dless
    return dless, w * dtheta + dw * theta + v * moved + db


@inlined
def affine(less, more, theta, dless0, dtheta0, dless1, dtheta1,
           a1, e1, s1, turn01, grow01, turn11, grow11, a2, e2, s2, turn02, grow02, turn12, grow12,
           w, v, b, dw, db):  # fmt: skip
    """The state behind an affine layer; w moves along the first direction, b along the second."""
    gaps = updates.affine(less, more, theta, a1, e1, s1, a2, e2, s2, w, v, b)
    apart = gaps[1] - gaps[0]
    return *gaps, *tangent(
        less, theta, dless0, dtheta0, apart, a1, e1, s1, turn01, grow01, a2, e2, s2, turn02, grow02,
        w, v, dw, 0.0,
    ), *tangent(
        less, theta, dless1, dtheta1, apart, a1, e1, s1, turn11, grow11, a2, e2, s2, turn12, grow12,
        w, v, 0.0, db,
    )  # fmt: skip


@compiled
def layer(state, g1, g2, w, v, b, dw, db, rows):
    """``affine`` on each pair of a tile, in place."""
    wide()
    for i in range(rows):
        a1, e1, s1 = g1[i], g1[SIDE + i], g1[2 * SIDE + i]
        turn01, grow01 = g1[3 * SIDE + i], g1[4 * SIDE + i]
        turn11, grow11 = g1[6 * SIDE + i], g1[7 * SIDE + i]
        for j in range(SIDE):
            k = SIDE * i + j
            (
                state[k], state[PLANE + k], state[2 * PLANE + k], state[3 * PLANE + k],
                state[4 * PLANE + k], state[5 * PLANE + k], state[6 * PLANE + k],
            ) = affine(
                state[k], state[PLANE + k], state[2 * PLANE + k], state[3 * PLANE + k],
                state[4 * PLANE + k], state[5 * PLANE + k], state[6 * PLANE + k],
                a1, e1, s1, turn01, grow01, turn11, grow11,
                g2[j], g2[SIDE + j], g2[2 * SIDE + j],
                g2[3 * SIDE + j], g2[4 * SIDE + j], g2[6 * SIDE + j], g2[7 * SIDE + j],
                w, v, b, dw, db,
            )  # fmt: skip


@compiled
def keep(state, before, f1, f2, rows):
    """1 ∓ rho as before, and so its derivatives, where a variance is 0 behind the activation."""
    for i in range(rows):
        for j in range(SIDE):
            if f1[SIDE + i] * f2[SIDE + j] == 0.0:
                for plane in (0, 1, 3, 5):
                    k = plane * PLANE + SIDE * i + j
                    state[k] = before[k]


@compiled
def join(state, kept, g1, g2, rows):
    """The kept state added to the state."""
    for i in range(rows):
        for j in range(SIDE):
            k = SIDE * i + j
            a1, e1, a2, e2 = g1[i], g1[SIDE + i], g2[j], g2[SIDE + j]
            a, e, apart = updates.products(a1, e1, a2, e2)
            across, along, turned = e1 * a2, a1 * e2, sine(a1, e1, a2, e2)
            for plane, row in ((3, 3), (5, 6)):
                d, turn1, turn2 = plane * PLANE + k, g1[row * SIDE + i], g2[row * SIDE + j]
                state[d] = (
                    a * state[d] + e * kept[d] + turned * (turn1 - turn2)
                    + (along * turn1 + across * turn2) * kept[k]
                    - (across * turn1 + along * turn2) * state[k]
                )  # fmt: skip
                state[d + PLANE] += kept[d + PLANE]
            state[k] = a * state[k] + (e * kept[k] + apart)
            state[PLANE + k] = a * state[PLANE + k] + (e * kept[PLANE + k] + apart)
            state[2 * PLANE + k] += kept[2 * PLANE + k]


@compiled
def rest(state, rows):
    """At the start nothing moves."""
    for plane in range(3, 7):
        state[plane * PLANE : plane * PLANE + SIDE * rows] = 0.0


STATE_OF_INPUTS = STATE + 2 * PLANE
"""Two planes more: the gaps of the inputs."""


@compiled
def turn(state, x, zero2, rows):
    """At the start the angle moves along the second direction, and 1 - rho by its sine.

    From a first point that is 0 one moves towards the second: rho = 1.
    """
    for i in range(rows):
        empty = not x[i].any()
        for j in range(SIDE):
            k = SIDE * i + j
            state[7 * PLANE + k], state[8 * PLANE + k] = state[k], state[PLANE + k]
            if empty:
                state[k], state[PLANE + k] = 0.0, 2.0
            state[3 * PLANE + k], state[4 * PLANE + k], state[6 * PLANE + k] = 0.0, 0.0, 0.0
            sine = sqrt(state[k] * state[PLANE + k]) if not zero2[j] else 0.0
            state[5 * PLANE + k] = sine
