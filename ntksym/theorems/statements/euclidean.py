"""Carvalho et al. 2025: positive definiteness off the sphere."""

from ntksym.check import Verdict
from ntksym.theorems import hypotheses as h
from ntksym.theorems.theorem import Theorem

THEOREMS = (
    Theorem(
        name="Positive definite off the sphere (Carvalho et al. 2025)",
        statement=r"The limiting kernel of a network on finitely many distinct points of $R^d$.",
        hypotheses=(
            h.OFF_SPHERE, h.depth(2), h.NON_POLYNOMIAL, h.SQUARE_INTEGRABLE,
            h.FIRST_RANDOM_BIAS_OR_GENERAL, h.WEIGHTS, h.PLAIN,
        ),
        conclusion="the kernel is strictly positive definite",
        reference="carvalho2025",
        decides=Verdict.PROVED,
    ),
)  # fmt: skip
