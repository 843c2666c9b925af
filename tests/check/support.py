"""What several test files of the check and the calculus use."""

from sympy import Expr, Heaviside, Max, Min, Symbol, erf

from ntksym.check.checker import witness_balls, witness_quadrature
from ntksym.check.quadrature import RESOLUTIONS, Quadrature
from ntksym.check.sample import points
from ntksym.check.verdict import Witness
from ntksym.language import Claim, GaussianExpectation, c, q1, q2, u, v, z

slope = Symbol("alpha", real=True)
LEAKY = Max(0, z) + slope * Min(0, z)
PIECES = {
    "relu": Max(0, z),
    "relu dot": Heaviside(z),
    "erf": erf(z),
    "erf dot": erf(z).diff(z),
    "leaky": LEAKY,
    "leaky dot": Heaviside(z) + slope * Heaviside(-z),
}
"""The activations of the first light, and their derivatives."""


def pair(f: Expr) -> GaussianExpectation:
    return GaussianExpectation(f.subs(z, u) * f.subs(z, v), q1, q2, c)


def levels() -> list[Quadrature]:
    return [Quadrature(nodes) for nodes in RESOLUTIONS]


def by_quadrature(claim: Claim) -> Witness:
    return witness_quadrature(claim, points(claim.lhs, claim.rhs), levels())


def by_balls(claim: Claim) -> Witness:
    return witness_balls(claim, points(claim.lhs, claim.rhs), {})
