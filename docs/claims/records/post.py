"""The blog post on the cost in function space."""

from functools import partial

from ..checks import flow, limits, recursion, training
from ..record import SourceFormula

row = partial(SourceFormula, "post")

FORMULAS = (
    row(
        "Networks as Functions, l. 11",
        r"$c(\theta) = C[f_\theta]$, $\mathcal F = \lbrace f_\theta : \theta \in \mathbb R^P "
        r"\rbrace$",
        "definition",
    ),
    row(
        "The Cost Functional, l. 17; The Neural Tangent Kernel, l. 35",
        r"$\dot\theta = -\partial C[f_\theta] / \partial\theta$",
        "definition",
    ),
    row(
        "Functional Derivatives, l. 23, the symbol and the integral",
        r"For $\varphi$ in the space of functions, $\int (\delta J/\delta g)(x)^T \varphi(x) dx = "
        r"\lim_{\epsilon\to 0} (J[g + \epsilon\varphi] - J[g]) / \epsilon$",
        "definition",
        "Where it exists: next row.",
        "difference quotient of a smooth cost",
        flow.functional_derivative,
    ),
    row(
        "Functional Derivatives, l. 23, the remark on existence",
        r"The function $\delta J/\delta g$ exists and is unique",
        "holds under",
        r"The directional derivative is linear and bounded in $L^2$ (Riesz and Fréchet; the "
        r"theorem named there gives a measure). It fails for $J[g] = g(x_0)$, so also for the "
        r"empirical cost with respect to $dx$; with respect to the empirical distribution it "
        r"holds.",
        "norms of representers among polynomials: fixed for a smooth functional, growing for "
        "evaluation at a point",
        flow.representer_of_a_point,
    ),
    row(
        "How Does Changing the Parameters Change the Cost?, l. 29 and l. 31",
        r"$\eta \cdot \partial C[f_\theta]/\partial\theta = \sum_{i,j} \eta_i \int "
        r"(\delta C/\delta f)(x)_j (\partial f_j/\partial\theta_i)(x) dx$",
        "holds under",
        r"$C$ is Fréchet differentiable, $f_\theta$ differentiable in $\theta$. Directional "
        r"derivatives alone do not carry the term $O(\epsilon^2)$: "
        r"$C(a, b) = a^9/((b - a^2)^2 + a^8)$ has all of them 0 at 0, and slope 1 along "
        r"$f_\theta = (\theta, \theta^2)$.",
        "both cases by difference quotients",
        flow.chain_rule,
    ),
    row(
        "The Neural Tangent Kernel, l. 37, lines 1 and 2",
        r"$\dot C = \sum_{i,j} \dot\theta_j \int (\delta C/\delta f)_i (\partial f_i/\partial"
        r"\theta_j) dx = -\sum_i \big( \sum_k \int (\delta C/\delta f)_k (\partial f_k/\partial"
        r"\theta_i) dx \big)^2$, the square written as a product over $x$ and $x'$",
        "holds",
        r"The index $i$ counts outputs in line 1 and parameters from line 2 on.",
        r"$dC/dt$ from differences of the cost along the flow",
        flow.cost_rate_by_parameters,
    ),
    row(
        "The Neural Tangent Kernel, l. 37, lines 3 to 5",
        r"$\dot C = -\iint (\delta C/\delta f)(x)^T \hat\Theta(x, x') (\delta C/\delta f)(x') dx "
        r"dx' = -\lVert \delta C/\delta f \rVert^2_{\hat\Theta}$",
        "holds",
        r"One integral sign stands for the two over $x$ and $x'$; a seminorm, a norm only where "
        r"$\hat\Theta$ is strictly positive definite.",
        r"$dC/dt$ from differences of the cost along the flow, kernel by back-propagation",
        flow.cost_rate_by_kernel,
    ),
    row(
        "The Neural Tangent Kernel, l. 39",
        r"$\hat\Theta = \sum_{p=1}^P \partial f_\theta/\partial\theta_p \otimes "
        r"\partial f_\theta/\partial\theta_p$",
        "definition",
    ),
    row(
        "The Neural Tangent Kernel, l. 41, on convergence",
        r"If $\hat\Theta$ is positive definite, the cost converges to a global minimum",
        "false as stated",
        r"$C$ convex, and $\hat\Theta = K$ constant with $\lambda_{\min}(K) > 0$ on the data: then "
        r"$C(f_t) - C(f^\ast) \le \lVert f_0 - f^\ast \rVert^2_{K^{-1}} / (2t)$.",
        r"counterexamples: a double well with $K = 1$; $\frac12 f^2$ with $K(t) = e^{-t}$, "
        r"positive at each $t$, where $f_t \to f_0/e$; and the bound on a convex cost",
        training.positive_definite_is_not_enough,
    ),
    row(
        "The Neural Tangent Kernel, l. 41, at initialisation",
        r"$\Theta^{(L)}$ is positive definite",
        "holds under",
        r"On the sphere $S^{n_0-1}$, $n_0 \ge 2$, with $\beta > 0$, $L \ge 2$, $\sigma$ Lipschitz "
        r"and not a polynomial. An odd $\sigma$ without bias is singular on antipodal pairs at any "
        r"depth.",
        r"erf, $L = 4$, three antipodal pairs: rank 3 without bias, 6 with it",
        recursion.antipodes_without_bias,
    ),
    row(
        "The Neural Tangent Kernel, l. 41, during training",
        r"$\hat\Theta_t$ stays approximately constant in the limit of infinite width",
        "theorem",
        r"On $[0, T]$; $\sigma$ Lipschitz, twice differentiable with bounded $\sigma''$ (ReLU is "
        r"excluded); $\int_0^T \lVert d_t \rVert dt$ stochastically bounded [Jacot et al., "
        r"Theorem 2].",
        "a trained erf network, width 10 000 against 4",
        limits.kernel_during_training,
    ),
)
