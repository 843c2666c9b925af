"""Least squares by eigenfunctions: ``python derivations/least_squares.py`` writes the page."""

import proofs

from ntksym.calculus.functional import least_squares
from ntksym.render import Document, Paragraph, Section

HYPOTHESES = (
    r"$C[f]=\frac12\mathbb E_x[(f(x)-f^*(x))^2]$ over a law $p$ of the inputs, for a data set the "
    r"one that gives each of its $N$ points the weight $1/N$. The kernel $K$ is constant: a model "
    r"that is linear in its parameters, or the limit of infinite width. Then the gradient flow is "
    r"$\dot f_t=-\Pi(f_t-f^*)$ with $\Pi g(x)=\mathbb E_{x'}[K(x,x')\,g(x')]$, a linear equation.",
    r"Let $f_0-f^*=\sum_{i=1}^Mc_iu_i$ in orthonormal eigenfunctions, $\Pi u_i=\lambda_iu_i$, "
    r"$\lambda_i\ge0$. On a data set of $N$ points $\Pi$ has rank $N$ or less, and the sum is "
    r"finite on it; for a series, the same holds in $L^2(p)$ where $\Pi$ is compact. Then "
    r"$f_t=f^*+e^{-t\Pi}(f_0-f^*)=f^*+\sum_ie^{-\lambda_it}c_iu_i$: each component decays at its "
    r"own rate, and one with $\lambda_i=0$ stays [@jacot2018].",
)
REMARKS = (
    r"The right side of the first proof is $-\Pi(f_t-f^*)(x)$, and the second has $f_0$ on its "
    r"right side; a linear equation with a bounded operator has one solution.",
    r"The eigenvalues are those of $K(x_i,x_j)/N$ on data: the factor $1/N$ belongs to $\Pi$, and "
    r"without the factor $\frac12$ of the cost all rates double. At a point outside of the data "
    r"the part of $f_0-f^*$ that $\Pi$ sends to 0 is not seen by the training, and remains.",
)


def document() -> Document:
    """The page."""
    blocks = [
        Section("Statement and hypotheses"),
        *map(Paragraph, HYPOTHESES),
        Section("The solution"),
        least_squares.equation(),
        least_squares.start(),
        Section("What decays, and how fast"),
        least_squares.component(),
        least_squares.cost(),
    ]
    return proofs.document(
        "Least squares with a constant kernel",
        "The linear equation of gradient flow, solved by the eigenfunctions of the kernel.",
        blocks,
        [Section("Remarks"), *map(Paragraph, REMARKS)],
    )


if __name__ == "__main__":
    proofs.write(__file__, document())
