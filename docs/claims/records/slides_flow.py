"""The slides up to the linear example: networks, kernels, the flow, random functions."""

from functools import partial

from ..checks import features, flow, hilbert, limits, training
from ..record import SourceFormula

row = partial(SourceFormula, "slides")

FORMULAS = (
    row(
        "Problem Statement, l. 52",
        r"$(C \circ f)(\theta) = C(f(\cdot; \theta))$, written $L \circ f$",
        "definition",
    ),
    row(
        "Background: Neural Networks, ll. 62, 63, 73, 74",
        r"$f_\theta(x) = \tilde\alpha^{(L)}(x; \theta) \in \mathbb R^{n_L}$, $\alpha^{(l)}(x; "
        r"\theta) \in \mathbb R^{n_l}$",
        "definition",
    ),
    row(
        "Background: Neural Networks, ll. 65, 69, 76, 80",
        r"$\alpha^{(0)} = x$, $\alpha^{(l)} = \sigma(\tilde\alpha^{(l)})$",
        "definition",
    ),
    row(
        "Background: Neural Networks, ll. 67, 78; Choices for Limit, l. 268",
        r"$\tilde\alpha^{(l+1)} = \frac{1}{\sqrt{n_L}} W^{(l)} \tilde\alpha^{(l)} + \beta b^{(l)}$",
        "misprint",
        r"Width of the layer before, and after the activation: $\tilde\alpha^{(l+1)} = "
        r"\frac{1}{\sqrt{n_l}} W^{(l)} \alpha^{(l)} + \beta b^{(l)}$. As printed the network is "
        r"affine in $x$ and its variance grows with the width.",
        r"covariance over the last layer at width 40 000 against $\Sigma^{(2)}$",
        limits.hidden_layer_scaling,
    ),
    row(
        "Background: Kernels, l. 88",
        r"$K(x, x') = \langle \varphi(x), \varphi(x') \rangle$",
        "definition",
    ),
    row(
        "Background: Kernels, l. 92",
        r"$\langle x, x' \rangle_K = \langle x, K(x, x') x' \rangle$",
        "misprint",
        r"A form on functions: $\langle f, g \rangle_K = \mathbb E_{x,x'}[f(x)^T K(x, x') g(x')]$; "
        r"as printed it is not bilinear.",
        r"$K = (x \cdot x')^2$ and a doubled argument",
        hilbert.bilinear_form,
    ),
    row(
        "Background: Kernels, l. 94",
        r"$K$ is positive definite if $\langle x, K(x, x) x \rangle \ge 0$",
        "false as stated",
        r"$\sum_{i,j} f(x_i) K(x_i, x_j) f(x_j) \ge 0$ for all points and $f$; convergence needs "
        r"it strictly, $> 0$ for $f \ne 0$.",
        r"$K = \lVert x - x' \rVert$ passes on the diagonal and has negative eigenvalues",
        hilbert.diagonal_is_not_enough,
    ),
    row(
        "Main Statement of Paper, l. 104",
        r"$\Theta^{(L)}(x, x') = \nabla_\theta f(x)^T \nabla_\theta f(x')$",
        "misprint",
        r"The right side is $\hat\Theta(x, x')$, random at finite width; $\hat\Theta \to "
        r"\Theta^{(L)} \otimes \mathrm{Id}$ in probability as $n_1, \dots, n_{L-1} \to \infty$.",
        "eight networks of width 4 and eight of width 20 000",
        limits.finite_kernel_is_random,
    ),
    row(
        "Main Statement of Paper, l. 108; during Training, l. 253",
        r"$\dot f = -\Theta^{(L)} \nabla_f C$, hence $\dot C = -\lVert \nabla_f C "
        r"\rVert^2_{\Theta^{(L)}}$",
        "holds",
        r"The implication is the chain rule; that $f$ follows this flow is the limit of l. 249.",
        "a fixed kernel and a convex cost of degree 4",
        flow.loss_rate,
    ),
    row(
        "Kernel Gradient Descent, l. 124",
        r"$\dot\theta = -\nabla_\theta C$",
        "definition",
    ),
    row(
        "Kernel Gradient Descent, l. 125; Dynamics of Loss, l. 135, line 1; ll. 139, 143, 286",
        r"$\dot f = \nabla_\theta f^T \dot\theta = -\nabla_\theta f^T \nabla_\theta C = "
        r"-\nabla_\theta f^T \nabla_\theta f \nabla_f C = -\hat\Theta \nabla_f C$, gradients as "
        r"columns",
        "holds",
        "",
        "outputs on the data moved along the flow",
        flow.kernel_gradient_descent,
    ),
    row(
        "Kernel Gradient Descent, ll. 127, 130",
        r"$\hat\Theta = \langle \varphi(f), \varphi(f) \rangle$, $\varphi(f) = \nabla_\theta f$",
        "misprint",
        r"A feature map takes points: $\hat\Theta(x, x') = \langle \varphi(x), \varphi(x') "
        r"\rangle$, $\varphi(x) = \nabla_\theta f(x; \theta)$. The matrix $\varphi(f)^T "
        r"\varphi(f)$ on the same line is right, the inner product is its trace.",
        "a linear model on three points",
        features.features_of_a_point,
    ),
    row(
        "Dynamics of Loss, l. 135, line 2, first equality",
        r"$\dot C = \nabla_f C \dot f$",
        "misprint",
        r"Transpose: $\dot C = \nabla_f C^T \dot f$, as the next term of the line has it.",
        "two columns multiplied entry by entry, and their inner product",
        flow.transpose_of_the_loss_rate,
    ),
    row(
        "Dynamics of Loss, l. 135, lines 2 to 4; Guaranteed Convergence, l. 141",
        r"$\dot C = -\nabla_f C^T \hat\Theta \nabla_f C = -\langle \nabla_f C, \nabla_f C "
        r"\rangle_{\hat\Theta} = -\lVert \nabla_f C \rVert^2_{\hat\Theta}$",
        "holds",
        "",
        "a fixed kernel and a convex cost of degree 4",
        flow.loss_rate,
    ),
    row(
        "Guaranteed Convergence, l. 149; ll. 111, 257, 413",
        r"$\hat\Theta$ constant and positive definite implies convergence to a global minimum",
        "holds under",
        r"$C$ convex, as l. 51 asks, with a minimum. For the wide network Theorem 2 gives "
        r"constancy on $[0, T]$ only, so $t \to \infty$ after the width.",
        r"$K = 1$: a double well keeps its local minimum, a convex cost reaches its minimum",
        training.convexity_is_needed,
    ),
    row(
        "Simple Linear Example, ll. 159, 170, 184, 196",
        r"$\hat\Theta(x, x') = \nabla_\theta f(x; \theta)^T \nabla_\theta f(x'; \theta)$",
        "definition",
    ),
    row(
        "Simple Linear Example, l. 161",
        r"$f(x; \theta) = \frac{1}{\sqrt P} \sum_{p=1}^P \theta_p f^{(p)}(x)$",
        "definition",
    ),
    row(
        "Simple Linear Example, ll. 172, 175, 186",
        r"$\nabla_\theta \theta_p = e_p$, $\nabla_\theta f(x) = \frac{1}{\sqrt P} \sum_p "
        r"f^{(p)}(x) e_p = \frac{1}{\sqrt P} (f^{(1)}(x), \dots, f^{(P)}(x))^T$",
        "holds",
        "",
        "finite differences",
        features.gradient_of_random_functions,
    ),
    row(
        "Simple Linear Example, l. 198",
        r"$\hat\Theta(x, x') = \frac1P (f^{(i)}(x) f^{(j)}(x'))_{i,j}$, a $P \times P$ matrix",
        "misprint",
        r"The inner product, a number: $\hat\Theta(x, x') = \frac1P \sum_{p=1}^P f^{(p)}(x) "
        r"f^{(p)}(x')$; it tends to $\mathbb E[f(x) f(x')]$ as $P \to \infty$.",
        "the kernel of two points by finite differences",
        features.inner_or_outer_product,
    ),
)
