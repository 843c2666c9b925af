r"""Elementary functions without branches or calls: a loop over them becomes vector instructions.

Both sides of each choice are computed. All are float64 (a float32 is widened first), NaN gives
NaN, and a subnormal result may be 0. The errors that :mod:`.claims` states are proved there.
"""

import math

from ntksym.lowering.code.options import inlined
from ntksym.lowering.functions.bits import nearest, power_of_two, square_parts
from ntksym.lowering.functions.polynomials import (
    arcsine_core,
    arctangent_core,
    error_core,
    excess_core,
    exponential_core,
    tail_core,
)

PI, HALF_PI, QUARTER_PI = math.pi, math.pi / 2, math.pi / 4
PI_REST = 1.2246467991473532e-16
HALF_PI_REST, QUARTER_PI_REST = PI_REST / 2, PI_REST / 4
PER_LN2 = 1.4426950408889634
LN2 = 0x162E42FEFA3 / 2.0**41
"""41 bits: times an integer below 2**11 it is exact."""
LN2_REST = 2.8235290563031577e-13
ROOT_HALF = 0.7071067811865476
LOWEST, FLUSHED, TOP = -709.0, -708.3964185322641, 710.5
"""exp(TOP)/2 overflows, exp(TOP)/4 does not."""
FARTHEST, NO_TAIL, NO_MASS = 26.6, 26.54325845425098, -37.5193793471445
"""Beyond them erfc and the normal distribution are no normal doubles."""


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
def acute_angle(gap: float) -> tuple[float, float]:
    """The angle a = arccos(1 - gap) and a - sin(a), 0 <= gap <= 1.

    With h the sine of a/2, or of pi/2 - a: asin(h)/h and sqrt(1 - h*h) have one difference.
    """
    middle = 1.0 - gap
    near = gap < 0.5
    z = 0.5 * gap if near else middle * middle
    h = math.sqrt(z)
    bend, difference = z * arcsine_core(z), z * excess_core(z)
    arcsine_h = h + h * bend
    angle = 2.0 * arcsine_h if near else HALF_PI - (arcsine_h - HALF_PI_REST)
    far = (angle - 1.0) + (difference - bend)
    return angle, 2.0 * h * difference if near else far


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


@inlined
def _reduced(x: float, rest: float) -> tuple[float, float]:
    """exp(x + rest) = 2**k (1 + m), \\|m\\| < 0.42: (m, k)."""
    k = nearest(x * PER_LN2)
    r = (x - k * LN2) - (k * LN2_REST - rest)
    return r + (r * r) * exponential_core(r), k


@inlined
def exponential(x: float) -> float:
    """exp(x), to 1.1 * 2**-52 of it; 0 where it is no normal double, inf where it is too large."""
    y = LOWEST if x < LOWEST else x
    y = 710.0 if y > 710.0 else y
    m, k = _reduced(y, 0.0)
    up = 1.0 if k > 0.0 else 0.0
    value = (1.0 + m) * power_of_two(k - up) * (1.0 + up)
    return 0.0 if x < FLUSHED else value


@inlined
def _quarter(x: float) -> float:
    """(exp(x) - 1)/4, accurate near 0 and beyond where exp overflows."""
    y = -40.0 if x < -40.0 else x
    y = TOP if y > TOP else y
    m, k = _reduced(y, 0.0)
    scale = power_of_two(k - 2.0)
    return scale * m + (scale - 0.25)


@inlined
def exponential_less_one(x: float) -> float:
    """exp(x) - 1, to 2.5 * 2**-52 of the value."""
    return 4.0 * _quarter(x)


@inlined
def hyperbolic_sine(x: float) -> float:
    """sinh(x), to 3.5 * 2**-52 of the value."""
    q = _quarter(abs(x))
    value = 2.0 * q + q / (0.5 + 2.0 * q)
    return -value if x < 0.0 else value


@inlined
def hyperbolic_cosine(x: float) -> float:
    """cosh(x), to 1.7 * 2**-52 of the value."""
    y = abs(x)
    y = TOP if y > TOP else y
    m, k = _reduced(y, 0.0)
    half = 2.0 * ((1.0 + m) * power_of_two(k - 2.0))
    return half + 0.25 / half


@inlined
def _error(x: float) -> float:
    """erf(x), \\|x\\| <= 1/2."""
    return x + x * error_core(x * x)


@inlined
def _complement(y: float, square: float, rest: float) -> float:
    """erfc(y), 1/2 <= y <= 26.6, from y and y*y = square + rest."""
    m, k = _reduced(-square, -rest)
    w = 1.0 / (y + 3.0)
    return ((1.0 + m) * (w * tail_core((y - 3.0) * w))) * power_of_two(k)


@inlined
def _limited(y: float) -> float:
    y = 0.5 if y < 0.5 else y
    return FARTHEST if y > FARTHEST else y


@inlined
def error_function(x: float) -> float:
    """erf(x), to 6.7 * 2**-52 of the value."""
    size = _limited(abs(x))
    square, rest = square_parts(size)
    far = 1.0 - _complement(size, square, rest)
    return _error(x) if abs(x) < 0.5 else (far if x > 0.0 else -far)


@inlined
def complementary_error_function(x: float) -> float:
    """erfc(x) = 1 - erf(x), to 10.5 * 2**-52 of it; 0 where it is no normal double."""
    size = _limited(abs(x))
    square, rest = square_parts(size)
    tail = _complement(size, square, rest)
    tail = 0.0 if abs(x) > NO_TAIL else tail
    far = tail if x > 0.0 else 2.0 - tail
    return 1.0 - _error(x) if abs(x) < 0.5 else far


@inlined
def normal_cdf(x: float) -> float:
    """P(X <= x) of a standard normal X, to 14 * 2**-52 of it; 0 where it is no normal double."""
    size = abs(x)
    size = 37.6 if size > 37.6 else size
    square, rest = square_parts(size)
    y = ROOT_HALF * x
    tail = 0.5 * _complement(_limited(abs(y)), 0.5 * square, 0.5 * rest)
    tail = 0.0 if x < NO_MASS else tail
    far = 1.0 - tail if x > 0.0 else tail
    return 0.5 + 0.5 * _error(y) if abs(y) < 0.5 else far
