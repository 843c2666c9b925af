"""Eigenvalues in closed form, derived from the kernel's closed form."""

from sympy import Expr

from ntksym.numerics.sphere.exact import closed, hypergeometric

__all__ = ["eigenvalue"]


def eigenvalue(kernel: Expr, dimension: int, k: int) -> Expr:
    """μ_k of a kernel in ρ, elementary or hypergeometric; ``ValueError`` where neither is derived.

    >>> from ntksym.language import rho
    >>> eigenvalue(rho**2, 3, 2)
    2/15
    """
    angle = closed.in_angle(kernel)
    if angle is not None:
        return closed.eigenvalue(angle, dimension, k)
    found = hypergeometric.eigenvalue(kernel, dimension, k)
    if found is None:
        raise ValueError(
            "kernel: a closed form of μ_k is derived where K is a polynomial in ρ, sqrt(1 - ρ²) "
            "and arccos ρ, or a sum of powers of ρ times arcsin(aρ), exp(aρ), exp(aρ²), (1 + aρ)^p "
            f"or (1 + aρ²)^p with |a| < 1, got {kernel!s:.200}"
        )
    return found
