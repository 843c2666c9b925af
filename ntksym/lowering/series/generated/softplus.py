"""σ = log(exp(z) + 1) and σ' in doubles. Written by ntksym.lowering.series; do not edit."""

import math

from ntksym.lowering.code.options import compiled
from ntksym.lowering.functions import vector

HEIGHTS = (0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0, 1.125, 1.25, 1.375, 1.5, 1.625, 1.75, 1.875, 2.0, 2.125, 2.25, 2.375, 2.5, 2.625, 2.75, 2.875, 3.0, 3.125)
BOUNDS = (1.01, 1.01, 1.01, 1.01, 1.01, 1.01, 1.01, 1.01, 1.02, 1.04, 1.06, 1.09, 1.11, 1.13, 1.17, 1.23, 1.32, 1.46, 1.65, 1.94, 2.4, 3.26, 5.05, 13.1, 828.0)


@compiled
def value(points, values):
    """σ at each point."""
    for i in range(points.size):
        z = points[i]
        x0 = max(0.0, z)
        x1 = -x0
        values[i] = x0 + math.log(vector.exponential(x1) + vector.exponential(x1 + z))


@compiled
def slope(points, values):
    """σ' at each point."""
    for i in range(points.size):
        z = points[i]
        values[i] = (1.0 / 2.0)*math.tanh((1.0 / 2.0)*z) + 1.0 / 2.0
