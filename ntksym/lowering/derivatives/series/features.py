r"""The Hermite coefficients of points and what they move by along ln s.

With :math:`\hat a_k=a_k/t` and :math:`\hat g_k=s\,\mathbb E[Z\sigma'(sZ)h_k(Z)]/t`

.. math:: \tau=\frac{\partial\ln t}{\partial\ln s}=\sum_k\hat a_k\hat g_k,\qquad
    \hat d_k=\frac{\partial\hat a_k}{\partial\ln s}=\hat g_k-\tau\hat a_k,\qquad
    \frac{\partial\dot\Sigma}{\partial\ln s}=2\sum_kb_{k-1}(\sqrt k\,g_k/s-b_{k-1})

at u = v: :math:`g_k` is an integral of σ' beside :math:`b_k`, not a difference of neighbours
:math:`ka_k+\sqrt{(k+1)(k+2)}\,a_{k+2}`, which cancel where s is large. A unit vector moves across
itself: of :math:`\sum\hat a_k\hat d_k=0` the odd orders have what the even ones lack.
"""

import numpy as np

from ntksym.lowering.series.coefficients import SMALLEST, Series
from ntksym.lowering.series.orders import cut, products, squares

POINT = 5
"""Rows of a point: s, t, Σ̇ at u = v, the derivatives of both by s."""
HEAD = POINT + 4
"""Then t/s, B, τ - 1 and the sum over odd k of â d; â even, â odd, d even and d odd."""


def features(series: Series, s: np.ndarray) -> np.ndarray:
    """A column for each point of standard deviation ``s``; ``ValueError`` as for the values."""
    if not s.size:
        return np.zeros((HEAD, 0))
    scales, place = np.unique(np.maximum(s, SMALLEST), return_inverse=True)
    found = series.expanded(scales, s, moving=True)
    over, slope = found.over(scales), found.slope()
    root = np.sqrt(squares(over[:, 1:]))
    t = np.hypot(found.mean, scales * root)
    size = (scales / np.where(t > 0, t, 1))[:, None]
    unit, swing = size * over, size * found.swing
    unit[t == 0, 0] = 1
    grow = products(unit, swing)
    turn = swing - grow[:, None] * unit
    k = np.concatenate([2.0 * found.orders.index, 2.0 * found.orders.index + 1])
    bend = 2 * products(k * over, found.swing - over) / scales
    rows = np.column_stack([
        slope, grow * t / scales, bend, t / scales, np.full_like(scales, found.orders.base),
        grow - 1, _odd(unit, turn), *cut(_shares(k, unit, turn), found.orders, unit, turn),
    ])  # fmt: skip
    exact = np.hypot(found.mean[place], s * root[place])
    return np.concatenate([[s, exact], rows[place].T])


def _odd(unit: np.ndarray, turn: np.ndarray) -> np.ndarray:
    """The sum over odd k, or less that over even k: the smaller, 0 where all k are of a kind."""
    half = unit.shape[1] // 2
    even = -products(unit[:, :half], turn[:, :half])
    odd = products(unit[:, half:], turn[:, half:])
    return np.where(np.abs(odd) < np.abs(even), odd, even)


def _shares(k: np.ndarray, unit: np.ndarray, turn: np.ndarray) -> np.ndarray:
    """Of each order in κ and, next to κ', in κ'' and what moves κ'; those of κ' are smaller."""
    squared, moved = np.square(unit), np.square(turn)
    slope = (squared @ k)[:, None]
    steep = k * np.maximum(k * squared, moved) / np.where(slope > 0, slope, 1)
    return np.maximum(np.maximum(squared, moved), steep)
