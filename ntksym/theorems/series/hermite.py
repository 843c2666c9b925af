r"""The Hermite support of an activation at a variance q.

Infinite in a parity exactly where that part of σ is no polynomial. Of a polynomial part
:math:`\sum_jc_jz^j`, with :math:`z^j=\sum_i\frac{j!}{2^i\,i!\,(j-2i)!}q^i\,He^{(q)}_{j-2i}(z)`,

.. math:: a_k\propto\sum_{j\ge k}\frac{j!\,c_j}{2^{(j-k)/2}((j-k)/2)!\,k!}\,q^{(j-k)/2}.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import factorial

from sympy import Expr, Poly, Rational, S, simplify

from ntksym.language import q1
from ntksym.networks.dual import dual
from ntksym.theorems.activations import Shape, Undecided
from ntksym.theorems.activations.constants import ball, vanishes
from ntksym.theorems.series.supports import Half, Support

DIGITS = 10_000
"""A variance is not written out with more."""


@dataclass(frozen=True)
class Variance:
    """A variance that is computed, exactly, only where a decision depends on it."""

    compute: Callable[[], Expr]

    @cached_property
    def value(self) -> Expr:
        value = self.compute()
        if value.is_Rational and max(value.p, value.q).bit_length() > 3.4 * DIGITS:
            raise Undecided(f"a variance would have more than {DIGITS} digits")
        return value


def hermite_support(shape: Shape, variance: Variance) -> Support:
    """The k with a_k != 0 under N(0, variance)."""
    even, odd = (_half(part, variance) for part in shape.parts)
    return Support(even, odd)


def _half(part: Poly | None, variance: Variance) -> Half:
    if part is None:
        return None
    if part.is_zero:
        return frozenset()
    terms = {j: a for (j,), a in part.terms()}
    return frozenset(
        k for k in range(part.degree() % 2, part.degree() + 1, 2) if _present(terms, k, variance)
    )


def _present(terms: dict[int, Expr], k: int, variance: Variance) -> bool:
    """Of one sign the terms cannot cancel, at any variance."""
    higher = {j: a for j, a in terms.items() if j >= k}
    signs = {_sign(a) for a in higher.values()}
    if len(signs) == 1 and None not in signs:
        return True
    coefficient = sum((_weight(j, k) * a * variance.value ** ((j - k) // 2)
                       for j, a in higher.items()), S.Zero)  # fmt: skip
    return not vanishes(simplify(coefficient))


def _sign(a: Expr) -> bool | None:
    if a.is_positive is not None:
        return bool(a.is_positive)
    value = ball(a)
    return None if value is None or value.contains(0) else bool(value > 0)


def _weight(j: int, k: int) -> Rational:
    half = (j - k) // 2
    return Rational(factorial(j), 2**half * factorial(half) * factorial(k))


def second_moment(shape: Shape, variance: Expr) -> Expr:
    """E[σ(u)²] for u ~ N(0, variance), exactly."""
    if shape.is_polynomial:
        terms = {j: a for part in shape.parts if part is not None for (j,), a in part.terms()}
        total = S.Zero
        for k in range(max(terms, default=-1) + 1):
            h = sum((_weight(j, k) * a * variance ** ((j - k) // 2)
                     for j, a in terms.items() if j >= k and (j - k) % 2 == 0), S.Zero)  # fmt: skip
            total += h**2 * variance**k * factorial(k)
        return simplify(total)
    pair = dual(shape.activation)
    if pair.kind == "series":
        raise Undecided(
            f"a Hermite coefficient depends on the variance after {shape.activation.name}, which "
            f"has no closed form"
        )
    return simplify(pair.diagonal.subs(q1, variance))
