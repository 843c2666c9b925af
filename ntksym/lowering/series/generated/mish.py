"""σ = z*tanh(log(exp(z) + 1)) and σ' in doubles. Written by ntksym.lowering.series; do not edit."""

import math

from ntksym.lowering.code.options import compiled
from ntksym.lowering.functions import vector

HEIGHTS = (0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0, 1.125, 1.25, 1.375, 1.5, 1.625, 1.75, 1.875, 2.0, 2.125, 2.25)
BOUNDS = (7.73, 7.73, 7.73, 7.73, 7.73, 7.73, 7.73, 8.87, 11.5, 14.2, 18.0, 19.8, 21.1, 36.5, 76.7, 229.0, 1430.0, 105000.0)


@compiled
def value(points, values):
    """σ at each point."""
    for i in range(points.size):
        z = points[i]
        x0 = max(0.0, z)
        x1 = -x0
        values[i] = z*math.tanh(x0 + math.log(vector.exponential(x1) + vector.exponential(x1 + z)))


@compiled
def slope(points, values):
    """σ' at each point."""
    for i in range(points.size):
        z = points[i]
        x0 = z*((1.0 / 2.0)*math.tanh((1.0 / 2.0)*z) + 1.0 / 2.0)
        x1 = max(0.0, z)
        x2 = -x1
        x3 = math.tanh(x1 + math.log(vector.exponential(x2) + vector.exponential(x2 + z)))
        values[i] = -x0*(x3 * x3) + x0 + x3
