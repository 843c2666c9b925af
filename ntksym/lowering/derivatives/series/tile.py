"""A tile through an activation without a closed form, with what moves on it."""

import numpy as np

from ntksym.lowering.code.options import PLANE, SIDE, compiled, fused, wide
from ntksym.lowering.derivatives.series.features import HEAD, POINT
from ntksym.lowering.derivatives.series.kernel import along, curvature, curved, distance
from ntksym.lowering.derivatives.updates import affine
from ntksym.lowering.series.kernel import alike, highest, polynomial, squarings, whole

RATIO, BASE, GROWTH, LOST = range(POINT, HEAD)


@fused
def parity(row, turn, columns, turns, base, still, powers, rests, state, out):
    """Of one parity the rows of ``curved``, then those of ``polynomial`` along both points."""
    curved(row, columns, base, powers, rests, state, out[:4])
    polynomial(turn, columns, base, powers, rests, state[:3], out[4:7])
    if not still:
        polynomial(row, turns, base, powers, rests, state[:3], out[7:10])


@compiled
def orders(columns, turns, base):
    """How many there are of one parity, in whole groups."""
    return whole(max(highest(columns), highest(turns)), base)


def tile(state, f1, f2, g1, g2, w, v, b, dw, db, rows):
    """The activation and then ``affine`` on each pair and on its derivatives, in place.

    ``f1``, ``f2``: columns of one call of ``features``.
    """
    left, right = f1.reshape(-1, SIDE), f2.reshape(-1, SIDE)
    if len(left) != len(right):
        raise ValueError("f1, f2: expected features of one call")
    half, base = (len(right) - HEAD) // 4, int(left[BASE, 0])
    table = right[HEAD:].reshape(4, half, SIDE)
    first = np.ascontiguousarray(left[HEAD:, :rows].T).reshape(rows, 4, half)
    work = np.empty((2 * (2 * (half + base) // base + 12) + 30, SIDE))
    through(state, left, right, table, first, work, g1, g2, w, v, b, dw, db, rows)


@compiled
def through(state, left, right, table, first, work, g1, g2, w, v, b, dw, db, rows):
    """``tile``, with the orders of both points by parity and what moves with them."""
    base, count = int(left[BASE, 0]), (len(work) - 30) // 2
    counts = orders(table[0], table[2], base), orders(table[1], table[3], base)
    powers, rests, parts = work[:count], work[count : 2 * count], work[2 * count :]
    horner, even, odd, of_even, of_odd = (
        parts[:4], parts[4:14], parts[14:24], parts[24:27], parts[27:],
    )  # fmt: skip
    parts[:] = 0.0
    still = not (g2[5 * SIDE : 6 * SIDE].any() or g2[8 * SIDE : 9 * SIDE].any())
    for i in range(rows):
        less, more = state[SIDE * i : SIDE * (i + 1)], state[PLANE + SIDE * i :][:SIDE]
        squarings(less, more, powers, rests)
        for n, out, apart in ((0, even, of_even), (1, odd, of_odd)):
            row, turn = first[i, n, : counts[n]], first[i, n + 2, : counts[n]]
            parity(row, turn, table[n], table[n + 2], base, still, powers, rests, horner, out)
            apart[:] = 0.0
            if not alike(left[0, i], right[0]):
                distance(row, turn, table[n], table[n + 2], counts[n], apart)
        pairs(state, i, left, right, even, odd, of_even, of_odd, g1, g2, w, v, b, dw, db)


@compiled
def pairs(state, i, left, right, even, odd, of_even, of_odd, g1, g2, w, v, b, dw, db):
    """A row of the tile, from its polynomials."""
    wide()
    s1, slope1, bend1 = left[0, i], left[2, i], 0.5 * left[4, i] * left[0, i]
    ratio1, growth1, lost1 = left[RATIO, i], left[GROWTH, i], left[LOST, i]
    a1, e1, size1 = g1[i], g1[SIDE + i], g1[2 * SIDE + i]
    turn01, grow01, before01 = g1[3 * SIDE + i], g1[4 * SIDE + i], g1[5 * SIDE + i]
    turn11, grow11, before11 = g1[6 * SIDE + i], g1[7 * SIDE + i], g1[8 * SIDE + i]
    for j in range(SIDE):
        k = SIDE * i + j
        less, more, theta = state[k], state[PLANE + k], state[2 * PLANE + k]
        minus0, minus1 = state[3 * PLANE + k], state[5 * PLANE + k]
        before02, before12 = g2[5 * SIDE + j], g2[8 * SIDE + j]
        rho, ratio = 0.5 * (more - less), ratio1 * right[RATIO, j]
        same = (less == 0.0) & (s1 == right[0, j])
        steep, bent = curvature(
            rho, even[2, j], even[3, j], odd[0, j], odd[1, j], odd[2, j], odd[3, j]
        )
        first, turned1 = along(
            rho, less, more, of_even[1, j], of_odd[1, j], even[5, j], even[6, j],
            odd[4, j], odd[5, j], odd[6, j], lost1,
        )  # fmt: skip
        second, turned2 = along(
            rho, less, more, of_even[2, j], of_odd[2, j], even[8, j], even[9, j],
            odd[7, j], odd[8, j], odd[9, j], right[LOST, j],
        )  # fmt: skip
        dot = slope1 if same else ratio * steep
        dot_first = bend1 if same else ratio * (growth1 * steep + turned1)
        dot_second = bend1 if same else ratio * (right[GROWTH, j] * steep + turned2)
        apart, inner = of_even[0, j] + of_odd[0, j], rho * odd[1, j]
        plus = apart + even[0, j] + (even[0, j] - even[1, j]) + (more * odd[0, j] - inner)
        apart += even[1, j] + (less * odd[0, j] + inner)
        less0 = steep * minus0 + first * before01 + second * before02
        less1 = steep * minus1 + first * before11 + second * before12
        dot0 = -ratio * bent * minus0 + dot_first * before01 + dot_second * before02
        dot1 = -ratio * bent * minus1 + dot_first * before11 + dot_second * before12
        (
            state[k], state[PLANE + k], state[2 * PLANE + k], state[3 * PLANE + k],
            state[4 * PLANE + k], state[5 * PLANE + k], state[6 * PLANE + k],
        ) = affine(
            max(apart, 0.0), max(plus, 0.0), dot * theta,
            less0, dot0 * theta + dot * state[4 * PLANE + k],
            less1, dot1 * theta + dot * state[6 * PLANE + k],
            a1, e1, size1, turn01, grow01, turn11, grow11,
            g2[j], g2[SIDE + j], g2[2 * SIDE + j],
            g2[3 * SIDE + j], g2[4 * SIDE + j], g2[6 * SIDE + j], g2[7 * SIDE + j],
            w, v, b, dw, db,
        )  # fmt: skip
