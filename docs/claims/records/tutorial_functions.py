"""The tutorial up to Gaussian processes."""

from functools import partial

from ..checks import hilbert
from ..record import SourceFormula

row = partial(SourceFormula, "tutorial")

FORMULAS = (
    row(
        "Functional Gradient Descent, ll. 32, 38",
        r"$f(x) = w^T x$, $C(w) = \sum_{i=1}^n (y_i - w^T x_i)^2 + \lVert w \rVert^2$",
        "definition",
        "Called a mean squared error: a sum of squares with a ridge term.",
    ),
    row(
        "Functional Gradient Descent, l. 39",
        r"$\nabla C(w) = \sum_i -2 x_i (y_i - w^T x_i) + 2w$",
        "holds",
        "",
        "finite differences",
        hilbert.ridge_gradient,
    ),
    row(
        "Functional Gradient Descent, l. 40",
        r"$\nabla C(w) = \sum_i (-2 x_i y_i + 2 w^T \lVert x_i \rVert^2) + 2w$",
        "misprint",
        r"$\nabla C(w) = \sum_i (-2 x_i y_i + 2 x_i x_i^T w) + 2w$: $x_i x_i^T$ is a matrix, not "
        r"$\lVert x_i \rVert^2$.",
        "finite differences",
        hilbert.ridge_gradient_expanded,
    ),
    row(
        "Functional Gradient Descent, l. 47",
        r"$w \leftarrow w - \alpha \nabla C(w)$",
        "definition",
    ),
    row(
        "Functional Gradient Descent, l. 54",
        r"$C(f) = \sum_i (y_i - f(x_i)) + \lVert f \rVert^2$",
        "misprint",
        r"Square: $C(f) = \sum_i (y_i - f(x_i))^2 + \lVert f \rVert^2_{\mathcal H}$",
        r"for $f = w^T x$ it must be the cost of l. 38",
        hilbert.missing_square,
    ),
    row(
        "Functional Gradient Descent, l. 55",
        r"$f_{t+1} = f_t - \alpha \nabla C(f_t)$",
        "definition",
        r"The index $t$ is left off in the gradient; with the square of l. 54, $\nabla C(f) = -2 "
        r"\sum_i (y_i - f(x_i)) k(x_i, \cdot) + 2f$.",
        r"for $k(x, x') = x \cdot x'$ it is the step of l. 47",
        hilbert.functional_step,
    ),
    row(
        "Reproducing Kernel Hilbert Space, l. 72",
        r"$f \in \mathcal H_k$ implies $f = \sum_{i=1}^n \beta_i k(x_i, \cdot)$",
        "false as stated",
        r"Finite sums are dense in $\mathcal H_k$, which is their completion; equality for each "
        r"$f$ only in finite dimension. The converse holds.",
        r"$k = \min$, $f(t) = t^2$: squared distance $1/(3n^2)$ to the span of $n$ equally spaced "
        r"sections",
        hilbert.finite_sums_are_only_dense,
    ),
    row(
        "Inner product and norm, l. 82",
        r"$f \cdot g = \sum_i \sum_j \alpha_i \beta_j k(x_i, x_j) = \alpha K^T \beta$",
        "misprint",
        r"$f \cdot g = \sum_i \sum_j \alpha_i \beta_j k(x_i, x_j') = \alpha^T K \beta$, "
        r"$K_{ij} = k(x_i, x_j')$: each function has its own points, $K$ is $n_f \times n_g$.",
        "inner product in coordinates of a space of dimension 3",
        hilbert.inner_product_transposed,
    ),
    row(
        "Inner product and norm, l. 83",
        r"$\lVert f \rVert^2 = f \cdot f = \alpha K^T \beta$",
        "misprint",
        r"$\lVert f \rVert^2 = \alpha^T K \alpha$: $\beta$ belongs to $g$.",
        "norm in coordinates of a space of dimension 3",
        hilbert.norm_with_other_coefficients,
    ),
    row(
        "Reproducing property, l. 90",
        r"$f \cdot k(x, \cdot) = \sum_i \beta_i [k(x_i, \cdot) k(x, \cdot)] = \sum_i \beta_i "
        r"k(x_i, x) = f$",
        "misprint",
        r"A value: $f \cdot k(x, \cdot) = \sum_i \beta_i k(x_i, x) = f(x)$; the bracket is the "
        r"inner product $k(x_i, \cdot) \cdot k(x, \cdot)$. For $f$ in the completion by "
        r"continuity.",
        "inner product in coordinates, a function on a grid and its value",
        hilbert.reproducing_property,
    ),
    row("Evaluation functional, l. 96", r"$E_x[f] = f(x)$", "definition"),
    row(
        "Functional derivative, ll. 106–109",
        r"$E_x[f + df] = E_x[f] + k(x, \cdot) \cdot df$, hence $\nabla E_x[f] = k(x, \cdot)$",
        "holds",
        r"For $df \in \mathcal H_k$.",
        "finite differences in coordinates",
        hilbert.gradient_of_evaluation,
    ),
    row(
        "Functional derivative, ll. 117, 118",
        r"$(f + df) \cdot (f + df) = \lVert f \rVert + 2 f \cdot df + \lVert df \rVert^2$",
        "misprint",
        r"Square: $\lVert f \rVert^2 + 2 f \cdot df + \lVert df \rVert^2$",
        "two functions in coordinates",
        hilbert.square_of_the_norm,
    ),
    row(
        "Functional derivative, ll. 119, 120",
        r"$E[f + df] = E[f] + 2 f \cdot df + \lVert df \rVert^2$, hence $\nabla E[f] = 2f$",
        "holds",
        "",
        "finite differences in coordinates",
        hilbert.gradient_of_the_norm,
    ),
    row(
        "Chain rule, l. 128",
        r"$\nabla g(E[f]) = \nabla E[f] g'(E[f])$",
        "holds",
        r"$g$ and $E$ differentiable.",
        r"$\sin \lVert f \rVert^2$ by finite differences",
        hilbert.chain_rule_of_functionals,
    ),
    row(
        "Gaussian Processes, ll. 134, 137",
        r"$(X, Y) \sim N(0, \Sigma)$, $\Sigma = (\Sigma_{xx}, \Sigma_{xy}; \Sigma_{yx}, "
        r"\Sigma_{yy})$, $\Sigma_{xx}^{ij} = K(X_i, X_j)$",
        "definition",
        r"$X$ and $Y$ are the values; the kernel takes the inputs at which they are taken. "
        r"$\Sigma_{yx} = \Sigma_{xy}^T$, and $\Sigma$ is positive semidefinite.",
    ),
    row(
        "Gaussian Processes, l. 142",
        r"$X$ given $Y$ is normal",
        "holds",
        r"$N(\Sigma_{xy} \Sigma_{yy}^{-1} Y, \Sigma_{xx} - \Sigma_{xy} \Sigma_{yy}^{-1} "
        r"\Sigma_{yx})$, for $\Sigma_{yy}$ invertible.",
        "integrals of a joint density",
        hilbert.conditioning,
    ),
)
