r"""Eigenvalues in closed form, where the kernel is a polynomial in φ, cos φ and sin φ.

So it is for two layers of ReLU and its kin. Powers of cos φ are sums of cosines of multiples, and

.. math:: \int_0^\pi\varphi^ae^{im\varphi}\,d\varphi
    =\frac1{im}\Bigl(\pi^ae^{im\pi}-[a=0]-a\int_0^\pi\varphi^{a-1}e^{im\varphi}\,d\varphi\Bigr).
"""

from math import comb

from sympy import (
    Expr,
    I,
    Integer,
    Poly,
    Rational,
    S,
    Symbol,
    asin,
    cancel,
    expand,
    gamma,
    im,
    pi,
    re,
    sqrt,
)

from ntksym.language import rho

ROOT, PHI = Symbol("root", nonnegative=True), Symbol("phi", nonnegative=True)


def in_angle(kernel: Expr) -> Poly | None:
    """A kernel in ρ as a polynomial in ρ, its root and angle; ``None`` where it is none."""
    angle = kernel.subs(asin(rho), pi / 2 - PHI).replace(_is_root, _root)
    if not angle.is_polynomial(rho, ROOT, PHI) or angle.free_symbols - {rho, ROOT, PHI}:
        return None
    return Poly(expand(angle), rho, ROOT, PHI)


def eigenvalue(poly: Poly, dimension: int, k: int) -> Expr:
    """μ_k of a polynomial in ρ, its root and angle."""
    whole = poly * Poly(harmonic(dimension, k) * ROOT ** (dimension - 2), *poly.gens)
    total = sum((c * _monomial(*powers) for powers, c in whole.terms()), S.Zero)
    d = Integer(dimension)
    return expand(gamma(d / 2) / (sqrt(pi) * gamma((d - 1) / 2)) * total)


def _is_root(part: Expr) -> bool:
    return bool(part.is_Pow and part.exp == S.Half and part.base.is_polynomial(rho))


def _root(part: Expr) -> Expr:
    """The root of a multiple of 1 - ρ²."""
    factor = cancel(part.base / (1 - rho**2))
    return sqrt(factor) * ROOT if factor.is_positive else part


def harmonic(dimension: int, k: int) -> Expr:
    """Gegenbauer's polynomial in ρ, 1 at 1."""
    before, row = S.One, S.One
    for j in range(k):
        if j == 0:
            row = rho
            continue
        up = (2 * j + dimension - 2) * rho * row - j * before
        before, row = row, expand(up / (j + dimension - 2))
    return row


def _monomial(n: int, m: int, a: int) -> Expr:
    """The integral of cos^n sin^m φ^a; even powers of the sine are those of 1 - cos²."""
    half, odd = divmod(m, 2)
    signed = ((-1) ** j * comb(half, j) * _cosines(n + 2 * j, odd, a) for j in range(half + 1))
    return sum(signed, S.Zero)


def _cosines(n: int, odd: int, a: int) -> Expr:
    total = S.Zero
    for j in range(n + 1):
        m, share = n - 2 * j, Rational(comb(n, j), 2**n)
        if odd:
            total += share * (im(_wave(m + 1, a)) - im(_wave(m - 1, a))) / 2
        else:
            total += share * re(_wave(m, a))
    return total


def _wave(m: int, a: int) -> Expr:
    """The integral of φ^a e^(imφ) over [0, π]."""
    if m == 0:
        return pi ** (a + 1) / (a + 1)
    lower = a * _wave(m, a - 1) if a else S.One
    return expand((pi**a * (-1) ** (m % 2) - lower) / (I * m))
