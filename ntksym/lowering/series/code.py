"""A Hermite series in the place of a generated module."""

from typing import Any

import numpy as np

from ntksym.lowering import updates
from ntksym.lowering.code.options import PLANE, SIDE
from ntksym.lowering.series.coefficients import Series

HEAD = 3
"""Rows before those of the table: s, t, Σ̇ at u = v."""


def features(series: Series, s: np.ndarray) -> np.ndarray:
    """s, t, Σ̇ at u = v, and the columns of the table of ``Series.features``."""
    t, slope, table = series.features(s)
    return np.concatenate([[s, t, slope], table.T])


def tile(series: Series, state: np.ndarray, f1: np.ndarray, f2: np.ndarray, *layer: Any) -> None:
    """What the ``tile`` of a generated module does: the activation, then an affine layer."""
    rows = layer[-1]
    left, right = f1.reshape(-1, SIDE)[:, :rows], f2.reshape(-1, SIDE)
    planes = state[: 3 * PLANE].reshape(3, SIDE, SIDE)[:, :rows]
    tables = (np.ascontiguousarray(part[HEAD:].T) for part in (left, right))
    series.tile(*tables, left[0], left[1], right[0], right[1], *planes)
    updates.layer(state, *layer)
