"""Which powers of the correlation a kernel of the sphere has: the highest even and odd one.

Coefficients are never negative, so no sum or product of them cancels.
"""

from dataclasses import dataclass
from math import inf

from sympy import Expr, Symbol, cancel, exp, together

from ntksym.language import z
from ntksym.networks.layers import Dense, Layer, Network, Residual

NONE = -inf


@dataclass(frozen=True)
class Support:
    """The highest even and the highest odd degree; infinite where no bound was found."""

    even: float
    odd: float

    def __add__(self, other: "Support") -> "Support":
        return Support(max(self.even, other.even), max(self.odd, other.odd))

    def __mul__(self, other: "Support") -> "Support":
        (a, b), (c, d) = (self.even, self.odd), (other.even, other.odd)
        return Support(max(_sum(a, c), _sum(b, d)), max(_sum(a, d), _sum(b, c)))

    def has(self, degree: int) -> bool:
        """Whether the degree, and with it every lower one of its parity, may occur."""
        return degree <= (self.odd if degree % 2 else self.even)

    def of(self, inner: "Support") -> "Support":
        """Of the sum of a_n ρⁿ, n in this support, at a kernel: only the highest n matter."""
        even, odd = _power(inner, self.even, 2), _power(inner, self.odd, 3)
        return even + odd

    def derivative(self) -> "Support":
        """Of the derivative of a Hermite series."""
        odd = self.even - 1 if self.even > 0 else NONE
        return Support(self.odd - 1, odd)


EMPTY, CONSTANT, LINEAR = Support(NONE, NONE), Support(0, NONE), Support(NONE, 1)


def _sum(a: float, b: float) -> float:
    return NONE if NONE in (a, b) else a + b


def _power(inner: Support, n: float, some: int) -> Support:
    if n == NONE:
        return EMPTY
    result = CONSTANT
    for _ in range(some if n == inf else int(n)):
        result = result * inner
    if n == inf and max(inner.even, inner.odd) > 0:
        return Support(*(inf if degree > NONE else NONE for degree in (result.even, result.odd)))
    return result


def support(network: Network, tangent: bool) -> Support:
    """Of the kernel ρ ↦ K on a sphere of any radius."""
    covariance, theta = _walk(network.layers, LINEAR, EMPTY)
    return theta if tangent else covariance


def _walk(layers: tuple[Layer, ...], sigma: Support, theta: Support) -> tuple[Support, Support]:
    for layer in layers:
        if isinstance(layer, Dense):
            bias = CONSTANT if layer.b_std != 0 else EMPTY
            sigma = sigma if layer.w_std != 0 else EMPTY
            theta = theta if layer.w_std != 0 else EMPTY
            theta = theta + sigma + bias
            sigma = sigma + (bias if layer.bias_init == "gaussian" else EMPTY)
        elif isinstance(layer, Residual):
            inner = _walk(layer.layers, sigma, theta)
            sigma, theta = sigma + inner[0], theta + inner[1]
        else:
            of = hermite_support(layer.activation.expr)
            theta = of.derivative().of(sigma) * theta
            sigma = of.of(sigma)
    return sigma, theta


def hermite_support(f: Expr) -> Support:
    """The highest even and odd order: finite where that part of f is seen to be a polynomial.

    >>> from sympy import Max
    >>> hermite_support(Max(0, z))
    Support(even=inf, odd=1)
    """
    return Support(_degree(f, 1), _degree(f, -1))


def _degree(f: Expr, parity: int) -> float:
    """Of the part of f with this parity, by its formula on the positive half line."""
    p = Symbol("p", positive=True)
    part = f.xreplace({z: p}) + parity * f.xreplace({z: -p})
    if part.has(exp):
        part = cancel(together(part.expand()))
    part = part.expand()
    if part == 0:
        return NONE
    if not part.is_polynomial(p):
        return inf
    powers = {power for (power,), _ in part.as_poly(p).terms()}
    return max(powers) if all((-1) ** power == parity for power in powers) else inf
