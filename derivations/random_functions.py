"""Linear models of random functions: ``python derivations/random_functions.py`` writes the page."""

import proofs

from ntksym.calculus.functional import random_functions
from ntksym.render import Document, Paragraph, Section

HYPOTHESES = (
    r"$f(x;\theta)=\frac{1}{\sqrt P}\sum_{p=1}^P\theta_pf^{(p)}(x)$, where "
    r"$f^{(1)},f^{(2)},\ldots$ are independent random functions of one law, drawn once and "
    r"kept while $\theta$ moves. Second moments are finite: $\mathbb E[f^{(1)}(x)^2]<\infty$ at "
    r"each $x$ that is considered. The variance below needs fourth moments.",
    r"Then the tangent kernel is $\tilde K=\frac1P\sum_pf^{(p)}\otimes f^{(p)}$, at every "
    r"$\theta$: no parameter is left in it, and it stays constant during training at any $P$. As "
    r"$P\to\infty$ it tends almost surely to $\mathbb E[f^{(1)}(x)\,f^{(1)}(x')]$, the covariance "
    r"of the functions where their mean is 0 [@jacot2018].",
)
LIMIT = (
    r"By the Cauchy-Schwarz inequality $\mathbb E\lvert f^{(1)}(x)f^{(1)}(x')\rvert\le(\mathbb E"
    r"[f^{(1)}(x)^2]\,\mathbb E[f^{(1)}(x')^2])^{1/2}<\infty$, so that $\tilde K(x,x')$ is a mean "
    r"of $P$ independent variables of one law with a finite expectation, and the strong law of "
    r"large numbers applies [@billingsley1995]. This step is a theorem of the literature: the "
    r"lines below show its mean, and with fourth moments that the variance is of order $1/P$, "
    r"which gives the limit in mean square and so in probability."
)
REMARKS = (
    r"Some slides print the outer product of the vectors $(f^{(1)},\ldots,f^{(P)})$ at $x$ and at "
    r"$x'$, a matrix of size $P$: the kernel is the inner product, a number for each pair of "
    r"points.",
    r"Networks of finite width differ in one respect: their $\partial_pf$ depend on $\theta$, so "
    r"that the tangent kernel moves. It stays in the limit of infinite width, under further "
    r"hypotheses.",
)


def document() -> Document:
    """The page."""
    blocks = [
        Section("Statement and hypotheses"),
        *map(Paragraph, HYPOTHESES),
        Section("The kernel, and the flow"),
        random_functions.tangent_kernel(),
        random_functions.flow(),
        Section("The limit of many functions"),
        Paragraph(LIMIT),
        random_functions.mean(),
        random_functions.variance(),
    ]
    return proofs.document(
        "Random functions: a model that is linear in its parameters",
        "Gradient descent on the parameters is kernel gradient descent on the function, with a "
        "kernel that does not move and that tends to a covariance.",
        blocks,
        [Section("Remarks"), *map(Paragraph, REMARKS)],
    )


if __name__ == "__main__":
    proofs.write(__file__, document())
