"""The density of a Gaussian law: the definition that every witness starts from."""

from sympy import Expr, exp, pi, sqrt

from ntksym.language import GaussianExpectation


def density(node: GaussianExpectation) -> Expr:
    """The density of the law, as an expression in u and v."""
    if len(node.law) == 1:
        ((x,), (q,)) = node.bound_symbols, node.law
        return exp(-(x**2) / (2 * q)) / sqrt(2 * pi * q)
    (x, y), (qx, qy, k) = node.bound_symbols, node.law
    minor = qx * qy - k**2
    return exp(-(qy * x**2 - 2 * k * x * y + qx * y**2) / (2 * minor)) / (2 * pi * sqrt(minor))
