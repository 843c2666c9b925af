"""σ = tanh(z) and σ' in doubles. Written by ntksym.lowering.series; do not edit."""

import math

from ntksym.lowering.code.options import compiled

HEIGHTS = (0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0, 1.125, 1.25, 1.375, 1.5)
BOUNDS = (1.04, 1.09, 1.22, 1.56, 1.99, 2.6, 3.58, 5.39, 9.22, 20.9, 76.7, 3090.0)


@compiled
def value(points, values):
    """σ at each point."""
    for i in range(points.size):
        z = points[i]
        values[i] = math.tanh(z)


@compiled
def slope(points, values):
    """σ' at each point."""
    for i in range(points.size):
        z = points[i]
        values[i] = 1.0 - ((math.tanh(z)) * (math.tanh(z)))
