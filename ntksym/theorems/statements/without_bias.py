"""Networks without bias on the sphere: what the parities of σ leave."""

from ntksym.check import Verdict
from ntksym.theorems import hypotheses as h
from ntksym.theorems.theorem import Theorem

GIVEN = h.SQUARE_INTEGRABLE, h.NO_BIAS, h.WEIGHTS, h.PLAIN

THEOREMS = (
    Theorem(
        name="One hidden layer without bias",
        statement=r"With the Hermite coefficients $a_n$ of $\sigma$ the tangent kernel is "
        r"$\sum_n(1+n)a_n^2\rho^n$, up to a scale, and the covariance $\sum_na_n^2\rho^n$.",
        hypotheses=(h.ON_SPHERE, *GIVEN, h.depth(2, 2), h.EVEN_PART, h.ODD_PART),
        conclusion="the kernel is strictly positive definite on spheres of every dimension; where "
        "one of the last two hypotheses fails it is not, from the circle on",
        reference="gneiting2013",
        decides=Verdict.PROVED,
    ),
    Theorem(
        name="One parity without bias",
        statement=r"The kernel of a network of odd, or of even, activations is odd, or even, in "
        r"the correlation, at every depth.",
        hypotheses=(h.ANTIPODES, *GIVEN, h.depth(2), h.ONE_PARITY),
        conclusion="the kernel is singular on every antipodal pair",
        reference="gneiting2013",
        decides=Verdict.REFUTED,
    ),
)
