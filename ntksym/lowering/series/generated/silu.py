"""σ = z/(1 + exp(-z)) and σ' in doubles. Written by ntksym.lowering.series; do not edit."""

import math

from ntksym.lowering.code.options import compiled
from ntksym.lowering.functions import vector

HEIGHTS = (0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0, 1.125, 1.25, 1.375, 1.5, 1.625, 1.75, 1.875, 2.0, 2.125, 2.25, 2.375, 2.5, 2.625, 2.75, 2.875, 3.0)
BOUNDS = (1.15, 1.17, 1.19, 1.21, 1.24, 1.26, 1.3, 1.34, 1.4, 1.47, 1.58, 1.72, 1.91, 2.22, 2.7, 3.43, 4.63, 6.8, 11.8, 27.8, 133.0, 2250.0, 2210000.0, 2210000.0)


@compiled
def value(points, values):
    """σ at each point."""
    for i in range(points.size):
        z = points[i]
        values[i] = z*((1.0 / 2.0)*math.tanh((1.0 / 2.0)*z) + 1.0 / 2.0)


@compiled
def slope(points, values):
    """σ' at each point."""
    for i in range(points.size):
        z = points[i]
        values[i] = z/(vector.exponential(z) + 2.0 + vector.exponential(-z)) + (1.0 / 2.0)*math.tanh((1.0 / 2.0)*z) + 1.0 / 2.0
