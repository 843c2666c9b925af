"""σ = atan(z) and σ' in doubles. Written by ntksym.lowering.series; do not edit."""

from ntksym.lowering.code.options import compiled
from ntksym.lowering.functions import vector

HEIGHTS = (0.0625, 0.125, 0.1875, 0.25, 0.3125, 0.375, 0.4375, 0.5, 0.5625, 0.625, 0.6875, 0.75, 0.8125, 0.875, 0.9375)
BOUNDS = (1.02, 1.03, 1.05, 1.08, 1.13, 1.18, 1.26, 1.37, 1.51, 1.72, 2.02, 2.52, 3.43, 5.59, 16.7)


@compiled
def value(points, values):
    """σ at each point."""
    for i in range(points.size):
        z = points[i]
        values[i] = vector.arctangent2(z, 1.0)


@compiled
def slope(points, values):
    """σ' at each point."""
    for i in range(points.size):
        z = points[i]
        values[i] = (1.0 / ((z * z) + 1.0))
