"""Jacot et al. 2018, Theorem 2: the tangent kernel stays while the network is trained."""

from ntksym.theorems import hypotheses as h
from ntksym.theorems.theorem import Theorem

THEOREMS = (
    Theorem(
        name="The tangent kernel during training (Jacot et al. 2018, Theorem 2)",
        statement=r"A network in the NTK parametrisation whose hidden widths tend to infinity one "
        r"after the other, trained for $t\le T$ in a direction $d_t$ for which "
        r"$\int_0^T\lVert d_t\rVert dt$ stays stochastically bounded.",
        hypotheses=(h.TANGENT, h.LIPSCHITZ, h.SMOOTH, h.GAUSSIAN_START, h.PLAIN),
        conclusion=r"the tangent kernel tends to $\Theta^{(L)}\otimes\mathrm{Id}$ uniformly in "
        r"$t\in[0,T]$",
        reference="jacot2018",
    ),
)
