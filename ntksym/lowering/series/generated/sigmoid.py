"""σ = 1/(1 + exp(-z)) and σ' in doubles. Written by ntksym.lowering.series; do not edit."""

import math

from ntksym.lowering.code.options import compiled
from ntksym.lowering.functions import vector

HEIGHTS = (0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0, 1.125, 1.25, 1.375, 1.5, 1.625, 1.75, 1.875, 2.0, 2.125, 2.25, 2.375, 2.5, 2.625, 2.75, 2.875, 3.0)
BOUNDS = (0.262, 0.266, 0.272, 0.28, 0.29, 0.304, 0.321, 0.343, 0.37, 0.402, 0.443, 0.493, 0.557, 0.662, 0.817, 1.06, 1.46, 2.23, 3.98, 9.53, 45.5, 785.0, 737000.0, 737000.0)


@compiled
def value(points, values):
    """σ at each point."""
    for i in range(points.size):
        z = points[i]
        values[i] = (1.0 / 2.0)*math.tanh((1.0 / 2.0)*z) + 1.0 / 2.0


@compiled
def slope(points, values):
    """σ' at each point."""
    for i in range(points.size):
        z = points[i]
        values[i] = (1.0 / (vector.exponential(z) + 2.0 + vector.exponential(-z)))
