"""Closed forms of the sources, typed by hand: the only place where that is done. For tests only.

Each is a pair of functions of (a, b, c) = (q1, q2, c) over any numbers that ``m`` (a module or a
context with sqrt, asin, acos, pi, ...) handles; the second is None where sigma' is no function.
Where a source has only the first, the second is its derivative by c, done by hand.
"""

from collections.abc import Callable
from typing import Any

Formula = Callable[..., Any]
Pair = tuple[Formula, Formula | None]


def _angle(m: Any, a: Any, b: Any, c: Any) -> Any:
    return m.acos(c / m.sqrt(a * b))


def _delta(m: Any, a: Any, b: Any, c: Any) -> Any:
    return m.sqrt(a * b - c * c)


def _bend(m: Any, n: int, t: Any) -> Any:  # Cho and Saul 2009, J0 to J3
    s, k = m.sin(t), m.cos(t)
    return (
        m.pi - t,
        s + (m.pi - t) * k,
        3 * s * k + (m.pi - t) * (1 + 2 * k**2),
        4 * s + 11 * s * k**2 + (m.pi - t) * (9 * k + 6 * k**3),
    )[n]


def rectified(n: int) -> Pair:
    """max(0, x)^n for n = 0, ..., 3: Cho and Saul 2009."""

    def sigma(m: Any, a: Any, b: Any, c: Any) -> Any:
        return m.sqrt(a * b) ** n / (2 * m.pi) * _bend(m, n, _angle(m, a, b, c))

    def dot(m: Any, a: Any, b: Any, c: Any) -> Any:
        return n**2 * rectified(n - 1)[0](m, a, b, c)

    return sigma, (dot if n else None)


def leaky(slope: Any) -> Pair:
    """Slope * min(x, 0) + max(x, 0): Tsuchida, Roosta and Gallagher 2018."""

    def sigma(m: Any, a: Any, b: Any, c: Any) -> Any:
        bend = _delta(m, a, b, c) - _angle(m, a, b, c) * c
        return (slope - 1) ** 2 / (2 * m.pi) * bend + (slope**2 + 1) / 2 * c

    def dot(m: Any, a: Any, b: Any, c: Any) -> Any:
        bend = (slope - 1) ** 2 * _angle(m, a, b, c) / (2 * m.pi)
        return (slope**2 + 1) / 2 - bend

    return sigma, dot


def _abs(m: Any, a: Any, b: Any, c: Any) -> Any:  # Louart, Liao and Couillet 2018
    return 2 / m.pi * (_delta(m, a, b, c) + c * m.asin(c / m.sqrt(a * b)))


def _sign(m: Any, a: Any, b: Any, c: Any) -> Any:
    return 2 / m.pi * m.asin(c / m.sqrt(a * b))


def _erf(m: Any, a: Any, b: Any, c: Any) -> Any:  # Williams 1997
    return 2 / m.pi * m.asin(2 * c / m.sqrt((1 + 2 * a) * (1 + 2 * b)))


def _erf_dot(m: Any, a: Any, b: Any, c: Any) -> Any:
    return 4 / (m.pi * m.sqrt((1 + 2 * a) * (1 + 2 * b) - 4 * c * c))


def _normal_cdf(m: Any, a: Any, b: Any, c: Any) -> Any:
    return m.mpf(1) / 4 + m.asin(c / m.sqrt((1 + a) * (1 + b))) / (2 * m.pi)


def _normal_cdf_dot(m: Any, a: Any, b: Any, c: Any) -> Any:
    return 1 / (2 * m.pi * m.sqrt((1 + a) * (1 + b) - c * c))


def _gelu(m: Any, a: Any, b: Any, c: Any) -> Any:  # Tsuchida, Pearce, van der Heide, Roosta 2021
    p = (1 + a) * (1 + b)
    d = m.sqrt(p - c * c)
    return c / 4 + ((c * c + a * b * d**2) / (p * d) + c * m.atan(c / d)) / (2 * m.pi)


def _gelu_dot(m: Any, a: Any, b: Any, c: Any) -> Any:
    p = (1 + a) * (1 + b)
    d = m.sqrt(p - c * c)
    bracket = 1 + (1 - a * b) / p + 1 / d**2
    return m.mpf(1) / 4 + m.atan(c / d) / (2 * m.pi) + c / (2 * m.pi * d) * bracket


def _sin(m: Any, a: Any, b: Any, c: Any) -> Any:  # Louart 2018, Pearce 2019
    return m.exp(-(a + b) / 2) * m.sinh(c)


def _cos(m: Any, a: Any, b: Any, c: Any) -> Any:
    return m.exp(-(a + b) / 2) * m.cosh(c)


def _wave(sign: int) -> Formula:
    """sin(x + 1) and, with the other sign, its derivative cos(x + 1)."""

    def value(m: Any, a: Any, b: Any, c: Any) -> Any:
        near, far = m.exp(-(a + b - 2 * c) / 2), m.exp(-(a + b + 2 * c) / 2)
        return (near + sign * m.cos(m.mpf(2)) * far) / 2

    return value


def _snake(m: Any, a: Any, b: Any, c: Any) -> Any:
    """The activation is x + (1 - cos 2x)/2."""
    alone = m.exp(-2 * a) + m.exp(-2 * b)
    return c + (1 - alone + m.exp(-2 * (a + b)) * m.cosh(4 * c)) / 4


def _snake_dot(m: Any, a: Any, b: Any, c: Any) -> Any:
    """Its derivative is 1 + sin 2x."""
    return 1 + m.exp(-2 * (a + b)) * m.sinh(4 * c)


def _rbf(m: Any, a: Any, b: Any, c: Any) -> Any:
    return m.exp(-(a + b - 2 * c))


def _exp(m: Any, a: Any, b: Any, c: Any) -> Any:  # Daniely, Frostig and Singer 2016
    return m.exp((a + b) / 2 + c)


def _gaussian(m: Any, a: Any, b: Any, c: Any) -> Any:  # Williams 1997
    return 1 / m.sqrt((1 + 2 * a) * (1 + 2 * b) - 4 * c * c)


def _gaussian_dot(m: Any, a: Any, b: Any, c: Any) -> Any:
    return 4 * c * _gaussian(m, a, b, c) ** 3


def _gabor_parts(m: Any, a: Any, b: Any, c: Any) -> Any:
    s, minor = a + b, a * b - c * c
    d, n = 2 * s + 4 * minor + 1, s + 4 * minor + 2 * c
    return d, n, m.exp(-n / (2 * d)), m.exp(2 * c / d), 1 / (2 * m.sqrt(d))


def _gabor(m: Any, a: Any, b: Any, c: Any) -> Any:
    _, _, decay, growth, root = _gabor_parts(m, a, b, c)
    return decay * (growth - 1) * root


def _gabor_dot(m: Any, a: Any, b: Any, c: Any) -> Any:
    d, n, decay, growth, root = _gabor_parts(m, a, b, c)
    dd, dn = -8 * c, 2 - 8 * c
    first = -(dn * d - n * dd) / (2 * d**2) * (growth - 1)
    return decay * root * (first + growth * 2 * (d - c * dd) / d**2 - (growth - 1) * dd / (2 * d))


def _hermite(m: Any, a: Any, b: Any, c: Any) -> Any:
    """The activation is (x^3 - 3x)/sqrt(6)."""
    return (6 * c**3 + 9 * a * b * c - 9 * a * c - 9 * b * c + 9 * c) / 6


def _hermite_dot(m: Any, a: Any, b: Any, c: Any) -> Any:
    return 3 * (2 * c * c + a * b - a - b + 1) / 2


MONOMIALS: dict[int, Formula] = {  # Isserlis 1918
    0: lambda m, a, b, c: 1,
    1: lambda m, a, b, c: c,
    2: lambda m, a, b, c: 2 * c**2 + a * b,
    3: lambda m, a, b, c: 6 * c**3 + 9 * c * a * b,
    4: lambda m, a, b, c: 3 * (8 * c**4 + 24 * a * b * c**2 + 3 * (a * b) ** 2),
    5: lambda m, a, b, c: 15 * c * (8 * c**4 + 40 * a * b * c**2 + 15 * (a * b) ** 2),
}


def monomial(n: int) -> Pair:
    return MONOMIALS[n], lambda m, *at: n**2 * MONOMIALS[n - 1](m, *at)


DUALS: dict[str, Pair] = {
    "relu": rectified(1),
    "erf": (_erf, _erf_dot),
    "abs": (_abs, _sign),
    "step": rectified(0),
    "sign": (_sign, None),
    "square": monomial(2),
    "cube": monomial(3),
    "relu squared": rectified(2),
}
CATALOGUE: dict[str, Pair] = {
    "identity": monomial(1),
    "power": monomial(3),
    "hermite": (_hermite, _hermite_dot),
    "relu": rectified(1),
    "leaky_relu": (
        lambda m, *at: leaky(m.mpf(1) / 100)[0](m, *at),
        lambda m, *at: leaky(m.mpf(1) / 100)[1](m, *at),
    ),
    "abs": (_abs, _sign),
    "step": rectified(0),
    "sign": (_sign, None),
    "rectified_power": rectified(2),
    "erf": (_erf, _erf_dot),
    "affine_erf": (lambda m, *at: (1 + _erf(m, *at)) / 4, lambda m, *at: _erf_dot(m, *at) / 4),
    "normal_cdf": (_normal_cdf, _normal_cdf_dot),
    "gelu": (_gelu, _gelu_dot),
    "sin": (_sin, _cos),
    "cos": (_cos, _sin),
    "sinusoid": (_wave(-1), _wave(1)),
    "snake": (_snake, _snake_dot),
    "rbf": (_rbf, lambda m, *at: 2 * _rbf(m, *at)),
    "exp": (_exp, _exp),
    "gaussian": (_gaussian, _gaussian_dot),
    "gabor": (_gabor, _gabor_dot),
}
"""Every elementary entry of the catalogue, at its default parameters."""
