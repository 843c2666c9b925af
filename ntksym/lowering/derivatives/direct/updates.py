r"""The covariance of each pair, the kernel, and what both move by: where no gaps are needed.

The planes of a state are those of :mod:`ntksym.lowering.derivatives.updates` with the covariance
in the place of 1 - rho. With :math:`c=s_1s_2\rho`

.. math:: \dot c=(\dot s_1s_2+s_1\dot s_2)\rho-s_1s_2\dot g_- .
"""

from ntksym.lowering import updates
from ntksym.lowering.code.options import PLANE, SIDE, compiled, inlined, wide


@inlined
def along(by_c, by_first, by_second, c, first, second):
    """The derivative of a function of c and of ln s of two points."""
    return by_c * c + (by_first * first + by_second * second)


@inlined
def covariance(sigma, theta, c0, theta0, c1, theta1, square, shift, dsquare, dshift,
               w, v, b, dw, db):  # fmt: skip
    """The state behind an affine layer; w moves along the first direction, b along the second."""
    c, kernel = updates.covariance(sigma, theta, square, shift, w, v, b)
    c0, c1 = square * c0 + dsquare * sigma, square * c1 + dshift
    return c, kernel, c0, w * theta0 + (dw * theta + v * c0), c1, w * theta1 + (v * c1 + db)


@inlined
def layer_of(sigma, dot, theta, sigma0, dot0, theta0, sigma1, dot1, theta1,
             square, shift, dsquare, dshift, w, v, b, dw, db):  # fmt: skip
    """``covariance`` behind an activation, from the kernel before it."""
    return covariance(
        sigma, dot * theta, sigma0, dot0 * theta + dot * theta0,
        sigma1, dot1 * theta + dot * theta1, square, shift, dsquare, dshift, w, v, b, dw, db,
    )  # fmt: skip


@compiled
def start(state, g1, g2, square, shift, dsquare, dshift, w, v, b, dw, db, rows):
    """The kernel and gaps behind the first affine layer, and what the covariance moves by."""
    wide()
    rate = dsquare / square if square > 0.0 else 0.0
    for i in range(rows):
        a1, e1, s1 = g1[i], g1[SIDE + i], g1[2 * SIDE + i]
        for j in range(SIDE):
            k = SIDE * i + j
            a2, e2, s2 = g2[j], g2[SIDE + j], g2[2 * SIDE + j]
            less, more = state[k], state[PLANE + k]
            c0 = 0.5 * rate * (a1 * s1) * (a2 * s2) * (more - less)
            state[k], state[PLANE + k], state[2 * PLANE + k] = updates.affine(
                less, more, 0.0, a1, e1, s1, a2, e2, s2, w, v, b
            )
            state[3 * PLANE + k], state[4 * PLANE + k] = c0, v * c0
            state[5 * PLANE + k], state[6 * PLANE + k] = dshift, v * dshift + db


@compiled
def covariances(state, g1, g2, rows):
    """The derivatives of covariances in the place of those of gaps, which stay."""
    wide()
    for i in range(rows):
        s1, grow01, grow11 = g1[2 * SIDE + i], g1[4 * SIDE + i], g1[7 * SIDE + i]
        for j in range(SIDE):
            k = SIDE * i + j
            s2, grow02, grow12 = g2[2 * SIDE + j], g2[4 * SIDE + j], g2[7 * SIDE + j]
            rho, size = 0.5 * (state[PLANE + k] - state[k]), s1 * s2
            grow0, grow1 = grow01 * s2 + s1 * grow02, grow11 * s2 + s1 * grow12
            state[3 * PLANE + k] = grow0 * rho - size * state[3 * PLANE + k]
            state[5 * PLANE + k] = grow1 * rho - size * state[5 * PLANE + k]


@compiled
def layer(state, square, shift, dsquare, dshift, w, v, b, dw, db, rows):
    """``covariance`` on each pair of a tile, in place."""
    wide()
    for k in range(SIDE * rows):
        (
            state[k], state[2 * PLANE + k], state[3 * PLANE + k],
            state[4 * PLANE + k], state[5 * PLANE + k], state[6 * PLANE + k],
        ) = covariance(
            state[k], state[2 * PLANE + k], state[3 * PLANE + k],
            state[4 * PLANE + k], state[5 * PLANE + k], state[6 * PLANE + k],
            square, shift, dsquare, dshift, w, v, b, dw, db,
        )  # fmt: skip


@compiled
def join(state, kept, rows):
    """The kept covariance and kernel added, with what they move by."""
    for plane in (0, 2, 3, 4, 5, 6):
        for k in range(plane * PLANE, plane * PLANE + SIDE * rows):
            state[k] += kept[k]
