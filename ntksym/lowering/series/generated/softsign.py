"""σ = z/(Abs(z) + 1) and σ' in doubles. Written by ntksym.lowering.series; do not edit."""

import math

from ntksym.lowering.code.options import compiled

JUMPS = (0.0, -4.0, 0.0, -48.0, 0.0, -1440.0, 0.0, -80640.0, 0.0, -7257600.0, 0.0, -958003200.0, 0.0, -174356582400.0, 0.0, -41845579776000.0, 0.0, -1.2804747411456e+16, 0.0, -4.86580401635328e+18, 0.0, -2.2480014555552154e+21, 0.0, -1.2408968034664788e+24, 0.0)


@compiled
def value(points, values):
    """σ at each point."""
    for i in range(points.size):
        z = points[i]
        values[i] = z/(abs(z) + 1.0)


@compiled
def slope(points, values):
    """σ' at each point."""
    for i in range(points.size):
        z = points[i]
        x0 = abs(z)
        values[i] = -z*(0.0 if z == 0 else math.copysign(1, z))/(2.0*x0 + (z * z) + 1.0) + (1.0 / (x0 + 1.0))
