"""Functional derivatives: ``python derivations/functional_derivatives.py`` writes the page."""

import proofs
from sympy import Function, Sum, Symbol, exp, log

from ntksym.calculus.functional import elements, functional_derivative
from ntksym.language.functions import (
    Functional,
    InnerProduct,
    InputExpectation,
    Loss,
    N,
    Outer,
    f,
    here,
    i,
    inputs,
    targets,
)
from ntksym.render import Document, Paragraph, Section

x = Symbol("x", real=True)
ridge = Symbol("lambda", positive=True)
h, goal = Function("h"), Function("f^*")
output, y = f(inputs[i]), targets[i]
NORM = InnerProduct(f(here), f(here))
LAW = InputExpectation(Loss(0, f(x), goal(x)), x)
FUNCTIONALS = (
    ("Evaluation at a point", f(x)),
    ("Inner product with $h$", InnerProduct(h(here), f(here))),
    ("The squared norm", NORM),
    ("Composition with a function $g$", Outer(0, Functional(f(here)))),
    ("Composition, for a value", Outer(0, f(x))),
    ("Composition, for the squared norm", Outer(0, NORM)),
)
COSTS = (
    ("Least squares on $N$ examples", Sum((output - y) ** 2, (i, 1, N)) / (2 * N)),
    (r"Logistic loss, for labels $y_i=\pm1$", Sum(log(1 + exp(-y * output)), (i, 1, N)) / N),
    (r"Any differentiable loss $\ell$", Sum(Loss(0, output, y), (i, 1, N)) / N),
    ("Least squares with a penalty", Sum((y - output) ** 2, (i, 1, N)) + ridge * NORM),
    (r"A loss over the law $p$ of the inputs, in $\mathcal H$", LAW),
)
HYPOTHESES = (
    r"$\mathcal H$ is the Hilbert space of a symmetric, positive semidefinite kernel $K$ "
    r"[@aronszajn1950]: the completion of the finite sums $\sum_ia_iK(x_i,\cdot)$ under "
    r"$\langle K(x,\cdot),K(x',\cdot)\rangle=K(x,x')$. The functional derivative "
    r"$\delta E/\delta f$, or $\nabla E[f]$, is the element that represents the linear term of "
    r"$E[f+\varepsilon\varphi]$. It exists where that term is bounded in $\varphi$, and it depends "
    r"on the inner product: evaluation has one in $\mathcal H$ and none in $L^2(p)$."
)
REMARKS = (
    r"Three misprints are common. $\lVert f+\varphi\rVert^2=\lVert f\rVert^2+2\langle f,\varphi"
    r"\rangle+\lVert\varphi\rVert^2$ has the square on $\lVert f\rVert$ too. Ridge regression has "
    r"the square of the residual: without it the derivative would not contain $f$ under the sum. "
    r"And $\langle f,K(x,\cdot)\rangle$ is the value $f(x)$, not the function.",
    r"With $d=\ell'(f,f^*)$ the derivative of the cost over $p$ is $d$ in $L^2(p)$, and in "
    r"$\mathcal H$ it is $\mathbb E_x[d(x)K(x,\cdot)]$, the image of $d$ under the operator of the "
    r"kernel. The squared norm of the latter is $\mathbb E_{x,x'}[d(x)K(x,x')d(x')]$.",
)


def document() -> Document:
    """The page."""
    blocks = [
        Section("Hypotheses"),
        Paragraph(HYPOTHESES),
        Section("Finite sums of sections"),
        elements.value(),
        elements.inner_product(),
        Section("Functionals"),
        *(functional_derivative(e, title=title).derivation for title, e in FUNCTIONALS),
        Section("Costs"),
        *(functional_derivative(e, title=title).derivation for title, e in COSTS),
        functional_derivative(LAW, "L2", r"The same in $L^2(p)$").derivation,
        elements.squared_norm(),
    ]
    remarks = [Section("Remarks"), *map(Paragraph, REMARKS)]
    return proofs.document(
        "Functional derivatives in a reproducing kernel Hilbert space",
        "The linear term of a functional, as an element of the space: values, inner products, "
        "norms, compositions, and the costs that networks are trained on.",
        blocks,
        remarks,
    )


if __name__ == "__main__":
    proofs.write(__file__, document())
