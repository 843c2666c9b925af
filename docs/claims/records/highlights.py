"""The notes with the highlights of the paper."""

from functools import partial

from ..checks import features, flow, limits
from ..record import SourceFormula

row = partial(SourceFormula, "highlights")

FORMULAS = (
    row(
        "1 Setup, (1), l. 11",
        r"$V(\theta) = \frac{1}{2n} \sum_{i=1}^n (f(x_i; \theta) - y_i)^2$",
        "definition",
    ),
    row(
        "1 Setup, (2), l. 16",
        r"$\nabla V(\theta) = \frac1n \sum_{i=1}^n (f(x_i; \theta) - y_i) \nabla_\theta f(x_i; "
        r"\theta)$",
        "holds",
        r"Where $f(x_i; \cdot)$ is differentiable: the notes ask for it almost everywhere.",
        r"differences of $V$",
        flow.gradient_of_the_cost,
    ),
    row(
        "1 Setup, (3), l. 21",
        r"$\dot\theta_t = -\eta \nabla V(\theta_t)$",
        "definition",
        r"The index $t$ is left off on the right.",
    ),
    row(
        "1 Setup, (4), l. 25",
        r"$\dot f(z; \theta_t) = \eta \nabla V^T \nabla_\theta f(z) = \frac{\eta}{n} \sum_i "
        r"(f(x_i) - y_i) \nabla_\theta f(x_i)^T \nabla_\theta f(z)$",
        "misprint",
        r"Sign: $\dot f(z; \theta_t) = -\eta \nabla V^T \nabla_\theta f(z) = -\frac{\eta}{n} "
        r"\sum_i (f(x_i) - y_i) \nabla_\theta f(x_i)^T \nabla_\theta f(z)$",
        "the output at an unseen point moved along (3)",
        flow.sign_of_the_flow,
    ),
    row(
        "1 Setup, (5), l. 29",
        r"$\hat\Theta(x, z) = \nabla_\theta f(x; \theta_t)^T \nabla_\theta f(z; \theta_t)$",
        "definition",
        r"The index $t$ is left off on the right.",
    ),
    row(
        "1 Setup, (6), l. 33",
        r"$\dot f(z; \theta_t) = \frac{\eta}{n} \sum_i (f(x_i) - y_i) \hat\Theta(x_i, z)$",
        "misprint",
        r"Sign: $\dot f(z; \theta_t) = -\frac{\eta}{n} \sum_i (f(x_i) - y_i) \hat\Theta(x_i, z)$",
        "the same with the kernel by back-propagation",
        flow.sign_of_the_kernel_flow,
    ),
    row(
        "2 Model, (7), ll. 40, 42, 44",
        r"$\alpha^{(0)} = x$, $\tilde\alpha^{(l+1)} = \frac{1}{\sqrt{n_l}} W^{(l)} \alpha^{(l)} + "
        r"\beta b^{(l)}$, $\alpha^{(l)} = \sigma(\tilde\alpha^{(l)})$",
        "definition",
        r"$f = \tilde\alpha^{(L)}$: l. 38 has a free index in its place. Convention as here, "
        r"$w = 1$ and $N(0, 1)$ parameters.",
    ),
    row(
        "2 Model, l. 47",
        r"$\theta = (W^{(1)}, b^{(1)}, \dots, W^{(L)}, b^{(L)})$",
        "misprint",
        r"Indices of (7): $\theta = (W^{(0)}, b^{(0)}, \dots, W^{(L-1)}, b^{(L-1)})$; as printed "
        r"the first layer is not trained and $W^{(L)}$ does not occur.",
        "the tangent kernel by finite differences in all parameters",
        limits.parameters_of_the_network,
    ),
    row(
        "3 Challenges, Theorem 1, l. 58",
        r"$\hat\Theta(x, y) \to \Theta^{(L)}(x, y)$ in probability at initialisation",
        "theorem",
        r"$\sigma$ Lipschitz, $N(0, 1)$ parameters, $n_1, \dots, n_{L-1} \to \infty$; with $n_L$ "
        r"outputs the limit is $\Theta^{(L)} \otimes \mathrm{Id}$ [Jacot et al., Theorem 1].",
        "mean of 32 random networks, three layers",
        limits.tangent_kernel_at_start,
    ),
    row(
        "3 Challenges, Theorem 2, l. 59",
        r"$\hat\Theta_t(x, y) \to \Theta^{(L)}(x, y)$ uniformly in $t \in [0, T]$",
        "theorem",
        r"Besides those of Theorem 1: $\sigma$ twice differentiable with bounded $\sigma''$ (ReLU "
        r"is excluded); $\int_0^T \lVert d_t \rVert dt$ stochastically bounded.",
        "a trained erf network, width 10 000 against 4",
        limits.kernel_during_training,
    ),
    row(
        "4 Relation with other models, l. 65",
        r"$f(z; \theta_0 + b) \approx f(x; \theta_0) + \nabla_\theta f(x; \theta_0)^T b$",
        "misprint",
        r"One point: $f(z; \theta_0 + b) = f(z; \theta_0) + \nabla_\theta f(z; \theta_0)^T b + "
        r"O(\lVert b \rVert^2)$. The notes write $\beta$ for $b$, which is the bias scale in (7).",
        "first order of a finite network at two points",
        features.point_of_the_linearisation,
    ),
    row(
        "4 Relation with other models, l. 67",
        r"The linear model is a linear regression on the features $x \mapsto \nabla_\theta f(x; "
        r"\theta_0)$",
        "holds under",
        r"$f(\cdot; \theta_0) = 0$, the condition that is cut off there; else the regression is of "
        r"$y - f(\cdot; \theta_0)$.",
        r"the linear model trained to the end, with and without $f(\cdot; \theta_0)$",
        features.linear_regression_on_features,
    ),
)
