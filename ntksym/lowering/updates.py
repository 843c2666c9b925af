r"""The updates that no activation enters: affine layers and sums of two networks, in the gaps.

With t before the layer and s after it, :math:`s^2=w^2t^2+\beta^2`, a point is the unit vector
:math:`(a,e)=(wt,\beta)/s`, and

.. math:: g_-' = a_1a_2\,g_- + B,\qquad g_+' = a_1a_2\,g_+ + 2e_1e_2 + B,\qquad
          B=\tfrac12\bigl((a_1-a_2)^2+(e_1-e_2)^2\bigr),

sums of terms that are not negative: nothing cancels. A sum of two uncorrelated parts with standard
deviations :math:`(a,e)s` has the gaps :math:`a_1a_2g_\pm+e_1e_2g_\pm^{\rm kept}+B`; a bias is a
part with :math:`g_-=0`. Where no activation needs gaps any more, the covariance takes their place.
"""

from ntksym.lowering.code.options import PLANE, SIDE, compiled, inlined, ordered, reordered, wide


@inlined
def products(a1, e1, a2, e2):
    """a1 a2, e1 e2, B."""
    step, other = a1 - a2, e1 - e2
    return a1 * a2, e1 * e2, 0.5 * (step * step + other * other)


@inlined
def affine(less, more, theta, a1, e1, s1, a2, e2, s2, w, v, b):
    """The gaps, and w theta + v times the covariance + b, behind an affine layer."""
    a, e, apart = products(a1, e1, a2, e2)
    return between(less, more, theta, a, e, apart, s1, s2, w, v, b)


@inlined
def between(less, more, theta, a, e, apart, s1, s2, w, v, b):
    """``affine`` from a1 a2, e1 e2 and B."""
    less, more = a * less + apart, a * more + (2.0 * e + apart)
    return less, more, w * theta + (0.5 * v * s1 * s2 * (more - less) + b)


@inlined
def covariance(c, theta, square, shift, w, v, b):
    """The covariance, and w theta + v times the covariance + b, behind an affine layer."""
    c = square * c + shift
    return c, w * theta + (v * c + b)


@compiled
def start(products, at, x, low1, y, low2, state, zero1, zero2, g1, g2, w, v, b, rows):
    """The state behind the first affine layer, from the products of unit rows, columns from ``at``.

    Close and opposite pairs are computed from the rows themselves. Two zero vectors are one
    point: rho = 1.
    """
    wide()
    for i in range(rows):
        row, line, close = SIDE * i, products[i, at:], zero1[i]
        for j in range(SIDE):
            k = row + j
            close |= abs(line[j]) > 0.95
            state[k], state[PLANE + k], state[2 * PLANE + k] = affine(
                1.0 - line[j], 1.0 + line[j], 0.0,
                g1[i], g1[SIDE + i], g1[2 * SIDE + i], g2[j], g2[SIDE + j], g2[2 * SIDE + j],
                w, v, b,
            )  # fmt: skip
        if close:
            for j in range(SIDE):
                k = row + j
                if zero1[i] & zero2[j]:
                    less, more = 0.0, 2.0
                elif line[j] > 0.95:
                    less, more = near(x[i], low1[i], y[j], low2[j], 1.0)
                elif line[j] < -0.95:
                    more, less = near(x[i], low1[i], y[j], low2[j], -1.0)
                else:
                    continue
                state[k], state[PLANE + k], state[2 * PLANE + k] = between(
                    less, more, 0.0, *of_lengths(g1, i, g2, j), g1[2 * SIDE + i], g2[2 * SIDE + j],
                    w, v, b,
                )  # fmt: skip


@ordered
def of_lengths(g1, i, g2, j):
    """a1 a2, e1 e2, B of a close pair, with what doubles leave of a and e."""
    twice = step_squared(g1[i], g1[3 * SIDE + i], g2[j], g2[3 * SIDE + j]) + step_squared(
        g1[SIDE + i], g1[4 * SIDE + i], g2[SIDE + j], g2[4 * SIDE + j]
    )
    return g1[i] * g2[j], g1[SIDE + i] * g2[SIDE + j], 0.5 * twice


@compiled
def start_direct(products, at, state, g1, g2, shift, w, v, b, rows):
    """As ``start``, the covariance in the place of the gaps: where close pairs need no care."""
    wide()
    for i in range(rows):
        line = products[i, at:]
        for j in range(SIDE):
            k = SIDE * i + j
            size = (g1[i] * g1[2 * SIDE + i]) * (g2[j] * g2[2 * SIDE + j])
            state[k], state[2 * PLANE + k] = covariance(size * line[j], 0.0, 1.0, shift, w, v, b)


@reordered
def near(x, low1, y, low2, turn):
    """1 - rho of a close pair, |x - y|**2 / 2, or 1 + rho of an opposite one; and the other.

    What unit rows leave of a point is not small beside the difference of two.
    """
    wide()
    square = 0.0
    for d in range(len(x)):
        square += step_squared(x[d], low1[d], turn * y[d], turn * low2[d])
    return 0.5 * square, 2.0 - 0.5 * square


@ordered
def step_squared(x, low1, y, low2):
    """The square of a difference of numbers in two parts."""
    step = (x - y) + (low1 - low2)
    return step * step


@compiled
def layer(state, g1, g2, w, v, b, rows):
    """``affine`` on each pair of a tile, in place."""
    wide()
    for i in range(rows):
        for j in range(SIDE):
            k = SIDE * i + j
            state[k], state[PLANE + k], state[2 * PLANE + k] = affine(
                state[k], state[PLANE + k], state[2 * PLANE + k],
                g1[i], g1[SIDE + i], g1[2 * SIDE + i], g2[j], g2[SIDE + j], g2[2 * SIDE + j],
                w, v, b,
            )  # fmt: skip


@compiled
def keep(state, before, f1, f2, rows):
    """The gaps of ``before`` for pairs with a point of variance 0 behind the activation."""
    for i in range(rows):
        for j in range(SIDE):
            if (f1[SIDE + i] == 0.0) | (f2[SIDE + j] == 0.0):
                k = SIDE * i + j
                state[k], state[PLANE + k] = before[k], before[PLANE + k]


@compiled
def join(state, kept, g1, g2, rows):
    """The kept state added to the state."""
    for i in range(rows):
        for j in range(SIDE):
            k = SIDE * i + j
            a, e, apart = products(g1[i], g1[SIDE + i], g2[j], g2[SIDE + j])
            state[k] = a * state[k] + (e * kept[k] + apart)
            state[PLANE + k] = a * state[PLANE + k] + (e * kept[PLANE + k] + apart)
            state[2 * PLANE + k] += kept[2 * PLANE + k]


@compiled
def covariances(state, g1, g2, rows):
    """The covariance of each pair in the place of its first gap; points as an affine layer left."""
    wide()
    for i in range(rows):
        for j in range(SIDE):
            k, size = SIDE * i + j, g1[2 * SIDE + i] * g2[2 * SIDE + j]
            state[k] = 0.5 * size * (state[PLANE + k] - state[k])


@compiled
def layer_direct(state, square, shift, w, v, b, rows):
    """``covariance`` on each pair of a tile, in place."""
    for k in range(SIDE * rows):
        state[k], state[2 * PLANE + k] = covariance(
            state[k], state[2 * PLANE + k], square, shift, w, v, b
        )


@compiled
def join_direct(state, kept, rows):
    """The kept covariance and kernel added."""
    for k in range(SIDE * rows):
        state[k] += kept[k]
        state[2 * PLANE + k] += kept[2 * PLANE + k]
