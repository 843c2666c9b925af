"""Special functions of doubles in plain Python over ``math``, as a compiler takes them.

The ``code`` column of the table names them as ``scalar.name``. No library is used but ``math``,
loops have a fixed length, and what could divide by zero is kept away from it.
"""

import math

FAR = 40.0
"""Beyond, the tail of a normal variable is no double."""
TINY = 1e-200
HALF = math.sqrt(0.5)
NODES = (
    (8.500255234581573e-05, 0.0037540939889681548),
    (0.002298375131481311, 0.008509961171535274),
    (0.013236194835733074, 0.012738628634780997),
    (0.042576617713545595, 0.016167550119118187),
    (0.09990925341472197, 0.018580745682572074),
    (0.19130414739611565, 0.01982649194897298),
    (0.3165375559075846, 0.01982649194897298),
    (0.46774075241290214, 0.018580745682572074),
    (0.6298945720001631, 0.016167550119118187),
    (0.7831388690300377, 0.012738628634780997),
    (0.9064156315019561, 0.008509961171535274),
    (0.981645636799065, 0.0037540939889681548),
)
"""Gauss-Legendre on [0, 1]: the square of a node, its weight over 2 pi. Its error is 1.5e-17."""


def bivariate_normal(h: float, k: float, r: float) -> float:
    r"""P(X <= h, Y <= k) of a standard Gaussian pair of correlation r, to 1e-15 absolutely.

    A correlation that rounding has put outside [-1, 1] counts as the nearest end.

    >>> abs(bivariate_normal(0.0, 0.0, 0.5) - (0.25 + math.asin(0.5) / (2 * math.pi))) < 1e-15
    True
    """
    return bivariate_normal_gaps(h, k, 1.0 - r, 1.0 + r)


def bivariate_normal_gaps(h: float, k: float, minus: float, plus: float) -> float:
    r"""The same for a correlation given by its gaps ``minus`` = 1 - r and ``plus`` = 1 + r.

    Gaps keep their digits where r is near 1 or -1, and so does k - rh = (k - h) + (1 - r)h.
    The sum is that of owen1956, [h, k >= 0] + S(h) + S(k), with S as in :func:`_share`.
    """
    h, k = _inside(h), _inside(k)
    minus = 0.0 if minus < 0.0 else minus
    plus = 0.0 if plus < 0.0 else plus
    root = math.sqrt(minus * plus)
    root = 1e-100 if root < 1e-100 else root
    x = (h - k) + minus * k if plus >= minus else (h + k) - plus * k
    y = (k - h) + minus * h if plus >= minus else (k + h) - plus * h
    value = 1.0 if h > 0.0 and k > 0.0 else 0.0
    value += _share(h, y / root) + _share(k, x / root)
    return 0.0 if value < 0.0 else value


def _inside(x: float) -> float:
    """Infinity becomes finite, and zero positive: no quotient below is 0/0."""
    x = FAR if x > FAR else x
    x = -FAR if x < -FAR else x
    return TINY if abs(x) < TINY else x


def _tail(x: float) -> float:
    return 0.5 * math.erfc(HALF * x)


def _share(h: float, y: float) -> float:
    r"""S(h) = -sign(h) (Q(\|h\|)/2 + T(\|h\|, y/\|h\|)), Q the tail of a normal variable.

    .. math:: T(h,a)=\frac1{2\pi}\int_0^a\frac{e^{-h^2(1+x^2)/2}}{1+x^2}\,dx, \qquad
        T(h,a)=\tfrac12Q(h)+\bigl(\tfrac12-Q(h)\bigr)Q(ah)-T(ah,1/a),\quad a>0.

    T is Owen's function, odd in a. The second form serves a > 1; there Q(h)/2 is gathered, and
    not cancelled.
    """
    size, distance = abs(h), abs(y)
    near = distance < size
    low = distance if near else size
    high = size if near else distance
    a = low / high
    steep, square, total = -0.5 * high * high, a * a, 0.0
    for node, weight in NODES:
        secant = 1.0 + square * node
        total += weight * math.exp(steep * secant) / secant
    total *= a
    p, q = _tail(size), _tail(distance)
    whole = p if y > 0.0 else 0.0
    first = 0.5 * p if near else whole
    second = total if near else (0.5 - p) * q - total
    return -math.copysign(1.0, h) * (first + math.copysign(1.0, y) * second)
