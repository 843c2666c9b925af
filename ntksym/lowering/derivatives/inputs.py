r"""The derivative of a kernel by its first argument, from what two numbers of a pair move it by.

K depends on x through its norm and its angle φ to y. With unit vectors :math:`\hat x, \hat y`

.. math:: \nabla_xK = \frac1{|x|}\Bigl(\frac{\partial K}{\partial\ln|x|}\,\hat x
          -\frac{\partial K}{\partial\varphi}\,\hat u\Bigr),\qquad
          \hat u=\frac{\hat y-\rho\hat x}{\sqrt{1-\rho^2}}.
"""

from math import sqrt

from ntksym.lowering.code.options import PLANE, SIDE, compiled

APART = 0.95
"""The largest \\|rho\\| of pairs whose û is the quotient above."""


@compiled
def direction(x, unit, norm, y, unit2, norm2, less, more, u):
    """û into ``u``, or 0 on a line; of a close or opposite pair from the difference of its points.

    Where their norms are alike the difference is exact, and so is the direction.
    """
    rho = 0.5 * (more - less)
    if abs(rho) <= APART:
        root = sqrt(less * more)
        for d in range(u.size):
            u[d] = (unit2[d] - rho * unit[d]) / root
        return
    way = 1.0 if rho > 0.0 else -1.0
    alike = 0.5 * norm < norm2 < 2.0 * norm
    along = 0.0
    for d in range(u.size):
        u[d] = (y[d] - way * x[d]) / norm if alike else unit2[d] - way * unit[d]
        along += u[d] * unit[d]
    square = 0.0
    for d in range(u.size):
        u[d] -= along * unit[d]
        square += u[d] * u[d]
    length = sqrt(square) if less * more > 0.0 else 0.0
    for d in range(u.size):
        u[d] = u[d] / length if length > 0.0 else 0.0


@compiled
def gradient(state, k, x, unit, norm, y, unit2, norm2, u):
    """The gradient of the pair k of a tile into ``u``; at x = 0 it points to y."""
    by_norm, by_angle = state[4 * PLANE + k], state[6 * PLANE + k]
    if not unit.any():
        for d in range(u.size):
            u[d] = by_norm * unit2[d] / norm
        return
    direction(x, unit, norm, y, unit2, norm2, state[7 * PLANE + k], state[8 * PLANE + k], u)
    for d in range(u.size):
        u[d] = (by_norm * unit[d] - by_angle * u[d]) / norm


@compiled
def store(state, x, unit, norm, y, unit2, norm2, out, row, column, row_end, column_end):
    """The gradients of a tile into ``out[i, j]``."""
    for i in range(row, row_end):
        for j in range(column, column_end):
            k = SIDE * (i - row) + j - column
            gradient(state, k, x[i], unit[i], norm[i], y[j], unit2[j], norm2[j], out[i, j])


@compiled
def add(state, x, unit, norm, y, unit2, norm2, weights, u, out, row, column, row_end, column_end):
    """The sum over j of the gradients of a tile, with ``weights[j]``, to ``out[i]``, through u.

    Where û is a quotient, what belongs to x̂ is summed as a number.
    """
    for i in range(row, row_end):
        along, empty = 0.0, not unit[i].any()
        for j in range(column, column_end):
            k = SIDE * (i - row) + j - column
            less, more = state[7 * PLANE + k], state[8 * PLANE + k]
            rho = 0.5 * (more - less)
            if empty or abs(rho) > APART:
                gradient(state, k, x[i], unit[i], norm[i], y[j], unit2[j], norm2[j], u)
                for d in range(u.size):
                    out[i, d] += weights[j] * u[d]
                continue
            scale = weights[j] / norm[i]
            turn = scale * state[6 * PLANE + k] / sqrt(less * more)
            along += scale * state[4 * PLANE + k] + rho * turn
            for d in range(u.size):
                out[i, d] -= turn * unit2[j, d]
        for d in range(u.size):
            out[i, d] += along * unit[i, d]
