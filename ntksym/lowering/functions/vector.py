r"""Elementary functions without branches or calls: a loop over them becomes vector instructions.

Both sides of each choice are computed. NaN gives NaN, and a subnormal result may be 0. A float32
is widened first, except by the functions of angles, which stay in float32. The errors that
:mod:`.claims` states are proved there, for float64.
"""

from ntksym.lowering.code.options import widened
from ntksym.lowering.functions.angles import acute_angle as acute_angle
from ntksym.lowering.functions.angles import acute_excess as acute_excess
from ntksym.lowering.functions.angles import arccosine_of_gap as arccosine_of_gap
from ntksym.lowering.functions.angles import arcsine as arcsine
from ntksym.lowering.functions.angles import arctangent2 as arctangent2
from ntksym.lowering.functions.angles import blunt_arcsine as blunt_arcsine
from ntksym.lowering.functions.angles import blunt_reciprocal as blunt_reciprocal
from ntksym.lowering.functions.angles import sharp_arcsine as sharp_arcsine
from ntksym.lowering.functions.angles import sharp_reciprocal as sharp_reciprocal
from ntksym.lowering.functions.bits import nearest, power_of_two, square_parts
from ntksym.lowering.functions.polynomials import error_core, exponential_core, tail_core

PER_LN2 = 1.4426950408889634
LN2 = 0x162E42FEFA3 / 2.0**41
"""41 bits: times an integer below 2**11 it is exact."""
LN2_REST = 2.8235290563031577e-13
ROOT_HALF = 0.7071067811865476
LOWEST, FLUSHED, TOP = -709.0, -708.3964185322641, 710.5
"""exp(TOP)/2 overflows, exp(TOP)/4 does not."""
FARTHEST, NO_TAIL, NO_MASS = 26.6, 26.54325845425098, -37.5193793471445
"""Beyond them erfc and the normal distribution are no normal doubles."""


@widened
def _reduced(x: float, rest: float) -> tuple[float, float]:
    """exp(x + rest) = 2**k (1 + m), \\|m\\| < 0.42: (m, k)."""
    k = nearest(x * PER_LN2)
    r = (x - k * LN2) - (k * LN2_REST - rest)
    return r + (r * r) * exponential_core(r), k


@widened
def exponential(x: float) -> float:
    """exp(x), to 1.1 * 2**-52 of it; 0 where it is no normal double, inf where it is too large."""
    y = LOWEST if x < LOWEST else x
    y = 710.0 if y > 710.0 else y
    m, k = _reduced(y, 0.0)
    up = 1.0 if k > 0.0 else 0.0
    value = (1.0 + m) * power_of_two(k - up) * (1.0 + up)
    return 0.0 if x < FLUSHED else value


@widened
def _quarter(x: float) -> float:
    """(exp(x) - 1)/4, accurate near 0 and beyond where exp overflows."""
    y = -40.0 if x < -40.0 else x
    y = TOP if y > TOP else y
    m, k = _reduced(y, 0.0)
    scale = power_of_two(k - 2.0)
    return scale * m + (scale - 0.25)


@widened
def exponential_less_one(x: float) -> float:
    """exp(x) - 1, to 2.5 * 2**-52 of the value."""
    return 4.0 * _quarter(x)


@widened
def hyperbolic_sine(x: float) -> float:
    """sinh(x), to 3.5 * 2**-52 of the value."""
    q = _quarter(abs(x))
    value = 2.0 * q + q / (0.5 + 2.0 * q)
    return -value if x < 0.0 else value


@widened
def hyperbolic_cosine(x: float) -> float:
    """cosh(x), to 1.7 * 2**-52 of the value."""
    y = abs(x)
    y = TOP if y > TOP else y
    m, k = _reduced(y, 0.0)
    half = 2.0 * ((1.0 + m) * power_of_two(k - 2.0))
    return half + 0.25 / half


@widened
def _error(x: float) -> float:
    """erf(x), \\|x\\| <= 1/2."""
    return x + x * error_core(x * x)


@widened
def _complement(y: float, square: float, rest: float) -> float:
    """erfc(y), 1/2 <= y <= 26.6, from y and y*y = square + rest."""
    m, k = _reduced(-square, -rest)
    w = 1.0 / (y + 3.0)
    return ((1.0 + m) * (w * tail_core((y - 3.0) * w))) * power_of_two(k)


@widened
def _limited(y: float) -> float:
    y = 0.5 if y < 0.5 else y
    return FARTHEST if y > FARTHEST else y


@widened
def error_function(x: float) -> float:
    """erf(x), to 6.7 * 2**-52 of the value."""
    size = _limited(abs(x))
    square, rest = square_parts(size)
    far = 1.0 - _complement(size, square, rest)
    return _error(x) if abs(x) < 0.5 else (far if x > 0.0 else -far)


@widened
def complementary_error_function(x: float) -> float:
    """erfc(x) = 1 - erf(x), to 10.5 * 2**-52 of it; 0 where it is no normal double."""
    size = _limited(abs(x))
    square, rest = square_parts(size)
    tail = _complement(size, square, rest)
    tail = 0.0 if abs(x) > NO_TAIL else tail
    far = tail if x > 0.0 else 2.0 - tail
    return 1.0 - _error(x) if abs(x) < 0.5 else far


@widened
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
