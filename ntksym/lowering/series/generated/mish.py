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
        values[i] = z*math.tanh(math.log(vector.exponential(z) + 1.0))


@compiled
def slope(points, values):
    """σ' at each point."""
    for i in range(points.size):
        z = points[i]
        x0 = math.tanh(math.log(vector.exponential(z) + 1.0))
        x1 = z*((1.0 / 2.0)*math.tanh((1.0 / 2.0)*z) + 1.0 / 2.0)
        values[i] = -(x0 * x0)*x1 + x0 + x1
