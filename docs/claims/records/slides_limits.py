"""The slides from the tangent kernel on: infinite width, training, least squares."""

from functools import partial

from ..checks import features, limits, recursion, training
from ..record import SourceFormula

row = partial(SourceFormula, "slides")

FORMULAS = (
    row(
        "Neural Tangent Kernel, l. 209",
        r"$f_{\mathrm{lin}}(\theta) = f(\theta_0) + \nabla_\theta f(\theta_0) (\theta - \theta_0)$",
        "misprint",
        r"Transpose: $f(\theta_0) + \nabla_\theta f(\theta_0)^T (\theta - \theta_0)$, where "
        r"$\hat\Theta = \nabla_\theta f^T \nabla_\theta f$ fixes gradients as columns.",
        "four parameters and four points, where both products are defined",
        features.transpose_of_the_linearisation,
    ),
    row(
        "Neural Tangent Kernel, l. 211; Convergence along principal components, l. 324",
        r"$f$ becomes linear in $\theta$ in the limit of infinite width",
        "theorem",
        r"Along training on $[0, T]$, in a ball of radius $O(1)$ around $\theta_0$; hypotheses of "
        r"Theorem 2 [Jacot et al.; Lee et al. 2019].",
        "a trained erf network against its linearisation, width 10 000 against 4",
        limits.linear_during_training,
    ),
    row(
        "Infinite Width Limit: Initialization, l. 219, the covariance and the widths",
        r"Covariance $L$, as $n_1, \dots, n_L \to \infty$",
        "misprint",
        r"Covariance $\Sigma^{(L)}$, as $n_1, \dots, n_{L-1} \to \infty$; $n_L$ is the number of "
        r"outputs and stays fixed. The same slip at ll. 231 and 247.",
        r"20 000 random networks with one output, $L = 2$",
        limits.covariance_of_the_outputs,
    ),
    row(
        "Infinite Width Limit: Initialization, l. 219, the limit",
        r"The outputs tend to i.i.d. centred Gaussian processes",
        "theorem",
        r"$\sigma$ Lipschitz, $N(0, 1)$ parameters, NTK parametrisation, hidden widths to infinity "
        r"[Jacot et al., Proposition 1].",
        "fourth moments at width 256",
        limits.outputs_become_gaussian,
    ),
    row(
        "Infinite Width Limit: Initialization, l. 221",
        r"$\Sigma^{(1)}(x, x') = \frac{1}{n_0} x \cdot x' + \beta^2$",
        "holds",
        r"At any width; the convention here, $w = 1$.",
        "expectation over the parameters of one layer by exact quadrature",
        recursion.first_covariance,
    ),
    row(
        "Infinite Width Limit: Initialization, l. 223",
        r"$\Sigma^{(l+1)}(x, x') = \mathbb E_{f \sim N(0, \Sigma^{(l)})}[\sigma(f(x)) "
        r"\sigma(f(x'))] + \beta^2$",
        "holds",
        "",
        "two steps by quadrature against a random erf network of width 40 000",
        recursion.covariance_recursion,
    ),
    row(
        "Kernel at Initialization, l. 233; Choices for Limit, ll. 264, 265",
        r"$\hat\Theta \to \Theta^{(L)} \otimes \mathrm{Id}_{n_L}$ in probability",
        "theorem",
        r"$\sigma$ Lipschitz, parameters i.i.d. $N(0, 1)$ with $1/\sqrt{n_l}$ in the layers, "
        r"$n_1, \dots, n_{L-1} \to \infty$ [Jacot et al., Theorem 1].",
        "mean of 32 random networks, three layers, two outputs",
        limits.tangent_kernel_at_start,
    ),
    row(
        "Kernel at Initialization, l. 237",
        r"$\Theta^{(1)}(x, x') = \Sigma^{(1)}(x, x')$",
        "holds",
        "At any width.",
        "finite differences of one layer",
        recursion.first_tangent_kernel,
    ),
    row(
        "Kernel at Initialization, l. 239",
        r"$\Theta^{(L+1)}(x, x') = \Theta^{(l)}(x, x') \dot\Sigma^{(l+1)}(x, x') + "
        r"\Sigma^{(l+1)}(x, x')$",
        "misprint",
        r"One index: $\Theta^{(l+1)}(x, x') = \Theta^{(l)}(x, x') \dot\Sigma^{(l+1)}(x, x') + "
        r"\Sigma^{(l+1)}(x, x')$",
        r"$\Theta^{(4)}$ of erf against one step by quadrature, from $l = 1$ and from $l = 3$",
        recursion.index_of_the_recursion,
    ),
    row(
        "Kernel at Initialization, l. 241",
        r"$\dot\Sigma^{(l+1)}(x, x') = \mathbb E_{f \sim N(0, \Sigma^{(l)})}[\sigma'(f(x)) "
        r"\sigma'(f(x'))]$",
        "definition",
        r"Equal to $\partial \mathbb E[\sigma(u) \sigma(v)] / \partial c$ (Price).",
        "quadrature of both sides",
        recursion.derivative_covariance,
    ),
    row(
        "Kernel during Training, ll. 247, 249",
        r"$\hat\Theta_t \to \Theta^{(L)} \otimes \mathrm{Id}_{n_L}$ uniformly in $t \in [0, T]$",
        "theorem",
        r"Stated: $\sigma$ Lipschitz, twice differentiable, $\sigma''$ bounded (ReLU is excluded). "
        r"To add: $\int_0^T \lVert d_t \rVert dt$ stochastically bounded; $n_L$ fixed.",
        "a trained erf network, width 10 000 against 4",
        limits.kernel_during_training,
    ),
    row(
        "Kernel during Training, l. 255",
        r"$\Theta^{(L)}$ is positive definite on $S^{n_0-1}$ for $L \ge 2$ and $\sigma$ Lipschitz, "
        r"not a polynomial",
        "false as stated",
        r"With $\beta > 0$ and $n_0 \ge 2$ it is so [Jacot et al., Proposition 2]. With $\beta = "
        r"0$ and $L = 2$: if and only if neither the even nor the odd part of $\sigma$ is a "
        r"polynomial.",
        r"ReLU, $L = 2$, the regular hexagon on $S^1$: singular without bias, rank 6 with "
        r"$\beta^2 = 0.1$",
        recursion.hexagon_without_bias,
    ),
    row(
        "Convergence to NTK, l. 275; Kernel Regression, l. 302",
        r"$\Theta^{(4)}(x_0, x)$ on the unit circle, $x_0 = (1, 0)$, and $\Sigma^{(4)}$",
        "definition",
        "What the pictures show; no formula beside them.",
    ),
    row(
        "Least Square Regression, l. 284",
        r"$C = \frac12 \mathbb E_{x \sim p}[\lVert f(x) - f^\ast(x) \rVert^2]$",
        "definition",
    ),
    row(
        r"Least Square Regression, ll. 288, 294, $\Pi$",
        r"$f_t = f^\ast + e^{-t\Pi}(f_0 - f^\ast)$, $\Pi(f)_k(x) = \frac1N \sum_{i=1}^N "
        r"\sum_{k'=1}^{n_L} f_{k'}(x_i) K_{kk'}(x_i, x)$",
        "holds under",
        r"$K$ constant and $K_{kk'}(x, x') = K_{k'k}(x, x')$, as for $\Theta^{(L)} \otimes "
        r"\mathrm{Id}$. In general the order is $K_{kk'}(x, x_i) = K_{k'k}(x_i, x)$.",
        "a linear model with two outputs trained through its parameters, seen and unseen points",
        training.order_of_the_indices,
    ),
    row(
        "Least Square Regression, ll. 289, 294, 296; along principal components, l. 315",
        r"$f_t = f^\ast + f^{(0)} + \sum_{i=1}^{N n_L} e^{-t\lambda_i} f^{(i)}$, where $f_0 - "
        r"f^\ast = f^{(0)} + \dots + f^{(N n_L)}$, $\Pi f^{(i)} = \lambda_i f^{(i)}$, $\Pi f^{(0)} "
        r"= 0$",
        "holds",
        r"$K$ constant; at most $N n_L$ eigenvalues are not 0.",
        "eigenfunctions of a tangent kernel against the trained linear model",
        training.decay_by_components,
    ),
)
