"""Positive definiteness on the sphere: Jacot et al. 2018 with all hypotheses, and Gneiting 2013."""

from ntksym.check import Verdict
from ntksym.theorems import hypotheses as h
from ntksym.theorems.theorem import Theorem

THEOREMS = (
    Theorem(
        name="Positive definite on the sphere (Jacot et al. 2018, Proposition 2)",
        statement=r"The limiting tangent kernel restricted to the unit sphere $S^{d-1}$.",
        hypotheses=(
            h.TANGENT, h.ON_SPHERE, h.depth(2), h.NON_POLYNOMIAL, h.LIPSCHITZ, h.RANDOM_BIAS,
            h.WEIGHTS, h.PLAIN,
        ),
        conclusion=r"$\Theta^{(L)}$ is strictly positive definite on $S^{d-1}$",
        reference="jacot2018",
        decides=Verdict.PROVED,
    ),
    Theorem(
        name="Both parities (Gneiting 2013)",
        statement=r"A kernel $\sum_nb_n\rho^n$ with $b_n\ge0$ in the correlation $\rho$ of two "
        r"points of a sphere.",
        hypotheses=(h.ON_SPHERE, h.SQUARE_INTEGRABLE, h.EVENS, h.ODDS),
        conclusion="the kernel is strictly positive definite on spheres of every dimension",
        reference="gneiting2013",
        decides=Verdict.PROVED,
    ),
)  # fmt: skip
