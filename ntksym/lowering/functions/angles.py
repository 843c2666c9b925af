"""Angles from gaps, sines and coordinates."""

import math

from ntksym.lowering.code.options import inlined, or_in_float32
from ntksym.lowering.functions.polynomials import (
    arcsine_core,
    arctangent_core,
    blunt_arc_core,
    excess_core,
    reciprocal_core,
    sharp_arc_core,
    sharp_reciprocal_core,
)

PI, HALF_PI, QUARTER_PI = math.pi, math.pi / 2, math.pi / 4
PI_REST = 1.2246467991473532e-16
HALF_PI_REST, QUARTER_PI_REST = PI_REST / 2, PI_REST / 4


@inlined
def arccosine_of_gap(gap: float) -> float:
    """arccos(1 - gap), 0 <= gap <= 2, to 1.3 * 2**-52 of the value; NaN elsewhere."""
    rest = 2.0 - gap
    middle = 1.0 - gap
    near, far = gap < 0.5, gap > 1.5
    z = 0.5 * gap if near else (0.5 * rest if far else middle * middle)
    h = math.sqrt(z) if near else (math.sqrt(z) if far else middle)
    arcsine_h = h + h * (z * arcsine_core(z))
    turned = HALF_PI - (arcsine_h - HALF_PI_REST)
    beyond = PI - (2.0 * arcsine_h - PI_REST)
    return 2.0 * arcsine_h if near else (beyond if far else turned)


@inlined
def acute_angle(gap: float) -> float:
    """arccos(1 - gap), 0 <= gap <= 1, to 1.3 * 2**-52 of the value."""
    middle = 1.0 - gap
    near = gap < 0.5
    z = 0.5 * gap if near else middle * middle
    h = math.sqrt(z) if near else middle
    arcsine_h = h + h * (z * arcsine_core(z))
    return 2.0 * arcsine_h if near else HALF_PI - (arcsine_h - HALF_PI_REST)


@inlined
def acute_excess(gap: float) -> float:
    """What a = arccos(1 - gap) exceeds sin(a) by, 0 <= gap <= 1, to 9.6 * 2**-52 of the value.

    With h the sine of a/2, or of pi/2 - a, it is made of asin(h)/h - sqrt(1 - h*h). What it shares
    with :func:`acute_angle` is computed once where both are called.
    """
    middle = 1.0 - gap
    near = gap < 0.5
    z = 0.5 * gap if near else middle * middle
    h = math.sqrt(z) if near else middle
    bend, difference = z * arcsine_core(z), z * excess_core(z)
    arcsine_h = h + h * bend
    far = ((HALF_PI - 1.0) - (arcsine_h - HALF_PI_REST)) + (difference - bend)
    return 2.0 * h * difference if near else far


@inlined
def arcsine(x: float, gap: float) -> float:
    """arcsin(x), given also gap = 1 - \\|x\\|, which keeps its digits where \\|x\\| is near 1.

    To 2.8 * 2**-52 of the value, where gap is rounded once.
    """
    near = gap < 0.5
    z = 0.5 * gap if near else x * x
    h = math.sqrt(z) if near else x
    bend = h * (z * arcsine_core(z))
    turned = (HALF_PI - 2.0 * h) - (2.0 * bend - HALF_PI_REST)
    turned = turned if x > 0.0 else (-turned if x < 0.0 else x)
    return turned if near else h + bend


@inlined
def sharp_arcsine(x: float, cosine: float) -> float:
    """arcsin(x), \\|x\\| <= 0.95, given also the cosine, to 1.6 * 2**-52 of the value.

    Over the sine the arcsine is a function of the cosine without a singularity.
    """
    z = 0.5 - 0.5 * cosine
    return x + x * (z * sharp_arc_core(z))


@inlined
def blunt_arcsine(x: float, cosine: float) -> float:
    """``sharp_arcsine`` in fewer steps, \\|x\\| <= 0.82, to 1 * 2**-52 of the value."""
    z = 0.5 - 0.5 * cosine
    return x + x * (z * blunt_arc_core(z))


@inlined
def newton(y: float, x: float) -> float:
    """Of y = (1 + d)/x it makes (1 - d*d)/x."""
    return y + y * (1.0 - x * y)


@inlined
def enough(y: float, x: float) -> float:
    """One step is, in float32."""
    return y


@or_in_float32(enough)
def again(y: float, x: float) -> float:
    """A second step."""
    return newton(y, x)


@inlined
def blunt_reciprocal(x: float) -> float:
    """1/x, 0.57 <= x <= 1, to 1.1 * 2**-52 of the value.

    Where there is a square root as well, it keeps the divider busy; this needs none.
    """
    return again(newton(reciprocal_core(x), x), x)


@inlined
def sharp_reciprocal(x: float) -> float:
    """1/x, 0.31 <= x <= 1, to 1.1 * 2**-52 of the value."""
    return again(newton(sharp_reciprocal_core(x), x), x)


@inlined
def arctangent2(y: float, x: float) -> float:
    """The angle of (x, y) in [-pi, pi]; 0 at the origin.

    To 2.1 * 2**-52 of the value; subnormal arguments lose digits.
    """
    a, b = abs(y), abs(x)
    b = 1.0 if a + b == 0.0 else b
    low, high = a < 0.5 * b, b < 0.5 * a
    apart = 0.0 if a == b else 0.5 * a - 0.5 * b
    above = a if low else (-b if high else apart)
    below = b if low else (a if high else 0.5 * a + 0.5 * b)
    t = above / below
    z = t * t
    angle = t + t * (z * arctangent_core(z))
    start = 0.0 if low else (HALF_PI if high else QUARTER_PI)
    rest = 0.0 if low else (HALF_PI_REST if high else QUARTER_PI_REST)
    angle = start + (angle + rest)
    angle = PI - (angle - PI_REST) if x < 0.0 else angle
    return -angle if y < 0.0 else angle
