r"""The updates that no activation enters: affine layers and sums, in the gaps, compiled.

With t before the layer, :math:`s^2=w^2t^2+\beta^2` after it, r = s₁s₂ and
:math:`B=w^2\beta^2(t_1-t_2)^2/(r+w^2t_1t_2+\beta^2)`

.. math:: r\,g_-' = w^2t_1t_2\,g_- + B,\qquad r\,g_+' = w^2t_1t_2\,g_+ + 2\beta^2 + B,

sums of terms that are not negative: nothing cancels. A sum of two uncorrelated parts a, b has
:math:`r\,g_\pm=r_ag_\pm^a+r_bg_\pm^b+(s_1^as_2^b-s_1^bs_2^a)^2/(r+r_a+r_b)`.
"""

import math

from ntksym.lowering.code.options import compiled


@compiled
def spread(t, w, b, s):
    """The standard deviation after an affine layer."""
    for i in range(t.size):
        s[i] = math.hypot(w * t[i], b)


@compiled
def affine(t1, s1, t2, s2, w, b, trained_b, minus, plus, theta):
    """``b`` enters the covariance, ``trained_b`` the tangent kernel."""
    for i in range(minus.shape[0]):
        for j in range(minus.shape[1]):
            r, scaled = s1[i] * s2[j], (w * t1[i]) * (w * t2[j])
            if r > 0.0:
                apart = (w * t1[i] - w * t2[j]) * (b / (r + scaled + b * b)) * b
                apart *= w * t1[i] - w * t2[j]
                less = (scaled * minus[i, j] + apart) / r
                more = (scaled * plus[i, j] + 2.0 * b * b + apart) / r
            else:
                less, more = minus[i, j], plus[i, j]
            minus[i, j], plus[i, j] = less, more
            covariance = 0.5 * r * (more - less)
            theta[i, j] = w * w * theta[i, j] + covariance + trained_b * trained_b


@compiled
def affine_line(t, s, w, trained_b, theta):
    """The diagonal of ``affine``."""
    for i in range(t.size):
        theta[i] = w * w * theta[i] + s[i] * s[i] + trained_b * trained_b


@compiled
def join(a1, b1, a2, b2, minus, plus, theta, minus_a, plus_a, theta_a):
    """The state of part a added to the state of part b."""
    for i in range(minus.shape[0]):
        for j in range(minus.shape[1]):
            ra, rb = a1[i] * a2[j], b1[i] * b2[j]
            r = math.hypot(a1[i], b1[i]) * math.hypot(a2[j], b2[j])
            if r > 0.0:
                across = a1[i] * b2[j] - b1[i] * a2[j]
                apart = across * (across / (r + ra + rb))
                minus[i, j] = (rb * minus[i, j] + ra * minus_a[i, j] + apart) / r
                plus[i, j] = (rb * plus[i, j] + ra * plus_a[i, j] + apart) / r
            theta[i, j] += theta_a[i, j]


@compiled
def start(x, y, s1, s2, minus, plus):
    """The gaps of unit rows from their products in ``minus``; close pairs from the rows themselves.

    Two zero vectors are one point: rho = 1.
    """
    for i in range(minus.shape[0]):
        for j in range(minus.shape[1]):
            product = minus[i, j]
            less, more = 1.0 - product, 1.0 + product
            if abs(product) > 0.95:
                near = 0.0
                turn = 1.0 if product > 0.0 else -1.0
                for k in range(x.shape[1]):
                    step = x[i, k] - turn * y[j, k]
                    near += step * step
                if turn > 0.0:
                    less, more = 0.5 * near, 2.0 - 0.5 * near
                else:
                    less, more = 2.0 - 0.5 * near, 0.5 * near
            if s1[i] == 0.0 and s2[j] == 0.0:
                less, more = 0.0, 2.0
            minus[i, j], plus[i, j] = less, more


@compiled
def finish(s1, s2, minus, plus, theta, tangent, out):
    """The tangent kernel, or the covariance, of a tile into ``out``."""
    for i in range(minus.shape[0]):
        for j in range(minus.shape[1]):
            if tangent:
                out[i, j] = theta[i, j]
            else:
                out[i, j] = 0.5 * s1[i] * s2[j] * (plus[i, j] - minus[i, j])
