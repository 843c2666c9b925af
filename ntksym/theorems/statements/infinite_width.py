"""Jacot et al. 2018, Proposition 1 and Theorem 1: the limits at the start of training."""

from ntksym.theorems import hypotheses as h
from ntksym.theorems.theorem import Theorem

GIVEN = h.LIPSCHITZ, h.GAUSSIAN_START, h.PLAIN

THEOREMS = (
    Theorem(
        name="Gaussian process at initialisation (Jacot et al. 2018, Proposition 1)",
        statement=r"A network in the NTK parametrisation whose hidden widths tend to infinity one "
        r"after the other, from the input on.",
        hypotheses=(h.COVARIANCE, *GIVEN),
        conclusion=r"the outputs tend in law to independent centred Gaussian processes of "
        r"covariance $\Sigma^{(L)}$",
        reference="jacot2018",
    ),
    Theorem(
        name="The limit of the tangent kernel (Jacot et al. 2018, Theorem 1)",
        statement=r"A network in the NTK parametrisation whose hidden widths tend to infinity one "
        r"after the other, from the input on.",
        hypotheses=(h.TANGENT, *GIVEN),
        conclusion=r"the tangent kernel tends in probability to $\Theta^{(L)}\otimes\mathrm{Id}$, "
        r"which is not random",
        reference="jacot2018",
    ),
)
