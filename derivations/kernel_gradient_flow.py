"""The flow of function and cost: ``python derivations/kernel_gradient_flow.py`` writes the page."""

import proofs

from ntksym.calculus.functional import flow
from ntksym.render import Document, Paragraph, Section

HYPOTHESES = (
    r"(1) $f(x;\theta)$ is differentiable in $\theta\in\mathbb R^P$ at every input that the cost "
    r"sees, along the path. (2) $C[f]=\mathbb E_x[\ell(f(x),f^*(x))]$, or its mean over $N$ "
    r"examples, with a loss $\ell$ that is differentiable in its first argument; under the "
    r"expectation, derivatives are bounded by an integrable function. For another cost the same "
    r"holds where it is Fréchet differentiable, with its functional derivative for $\ell'$; "
    r"derivatives in each direction are not enough for the chain rule. (3) $\theta$ follows the "
    r"gradient flow $\dot\theta_p=-\partial_pC$. Nothing is asked of the width, nor is the kernel "
    r"assumed to be constant or positive definite.",
    r"Under these hypotheses, with $d=\delta C/\delta f$ the derivative in $L^2(p)$, that is "
    r"$d(x)=\ell'(f(x),f^*(x))$, and with the tangent kernel $\Theta=\sum_p\partial_pf\otimes"
    r"\partial_pf$ of the moment, $\dot C=-\lVert\delta C/\delta f\rVert_\Theta^2$ "
    r"[@jacot2018].",
)
REMARKS = (
    r"The right side of the last proof is a sum of squares: the cost never rises, for any loss. It "
    r"stands still where $d$ is in the null space of the kernel. That the cost reaches its "
    r"minimum needs more: a convex cost, and a kernel whose smallest eigenvalue on the data stays "
    r"above a positive number.",
    r"Some notes print $\dot f(z)=+\frac1N\sum_i\ldots$; the minus of the gradient flow stays. "
    r"Both factors $1/N$ of the form on data belong to it: one is of the cost, one of the "
    r"gradient. In $\dot C=\nabla_fC^\top\dot f$ the transpose is needed, and so are two "
    r"integrals in $\lVert d\rVert^2_\Theta$. With a learning rate $\eta$, both rates are "
    r"multiplied by $\eta$.",
)


def document() -> Document:
    """The page."""
    blocks = [
        Section("Statement and hypotheses"),
        *map(Paragraph, HYPOTHESES),
        Section(r"Over the law of the inputs"),
        flow.cost_flow("law"),
        Section("On a data set"),
        flow.cost_flow("data"),
        flow.descent("data"),
    ]
    return proofs.document(
        "Kernel gradient flow",
        "How a cost falls while the parameters of a function follow its gradient.",
        blocks,
        [Section("Remarks"), *map(Paragraph, REMARKS)],
    )


if __name__ == "__main__":
    proofs.write(__file__, document())
