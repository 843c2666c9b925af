"""The tutorial on the tangent kernel."""

from functools import partial

from ..checks import features, limits, recursion, training
from ..record import SourceFormula

row = partial(SourceFormula, "tutorial")

FORMULAS = (
    row(
        "Neural Tangent Kernel, l. 146",
        r"During training the network is a Gaussian process with covariance $\Theta^{(L)}$",
        "false as stated",
        r"For least squares $f_t$ is Gaussian in the limit. On data $X$ its mean is $\Theta(x, X) "
        r"\Theta^{-1} (I - e^{-t\Theta/N}) y$ and its covariance $A_t \Sigma A_t^T$ with "
        r"$A_t f(x) = f(x) - \Theta(x, X) \Theta^{-1} (I - e^{-t\Theta/N}) f(X)$: $\Sigma$ at "
        r"$t = 0$, and in general $\Theta$ at no $t$.",
        r"variance and mean at an unseen point by integrating the flow, $t = 0$ and $t = 2$",
        training.law_during_training,
    ),
    row(
        "Neural Tangent Kernel, l. 147; During training, l. 265",
        r"$\hat\Theta_t$ is constant in the limit of infinite width",
        "theorem",
        r"On $[0, T]$; $\sigma$ Lipschitz, twice differentiable with bounded $\sigma''$ (ReLU is "
        r"excluded); $\int_0^T \lVert d_t \rVert dt$ stochastically bounded.",
        "a trained erf network, width 10 000 against 4",
        limits.kernel_during_training,
    ),
    row(
        "Setting, ll. 156–159",
        r"$f_\theta = \tilde\alpha^{(L)}$, $\alpha^{(0)} = x$, $\tilde\alpha^{(l+1)} = "
        r"\frac{1}{\sqrt{n_l}} W^{(l)} \alpha^{(l)}$, $\alpha^{(l)} = \sigma(\tilde\alpha^{(l)})$",
        "definition",
        r"Convention as here, $w = 1$ and $\beta = 0$.",
    ),
    row(
        "Setting, l. 162",
        r"$W^{(l)}_{ij} \sim N(0, 1/n_l)$, beside the factor $1/\sqrt{n_l}$ of l. 158",
        "misprint",
        r"Normalised twice: $W^{(l)}_{ij} \sim N(0, 1)$. As printed $\Sigma^{(1)} = x \cdot "
        r"x'/n_0^2$ and the hidden layers vanish in the limit.",
        "covariances of the first two layers at width 40 000",
        limits.double_normalisation,
    ),
    row(
        "Setting, l. 168",
        r"$\langle f, g \rangle_p = \mathbb E_{x \sim p}[f(x)^T g(x)]$",
        "definition",
    ),
    row(
        "Setting, l. 174",
        r"$\langle f, g \rangle_K = \mathbb E_{x, x' \sim p}[f(x)^T K(x, x') g(x')]$",
        "definition",
        r"$x$ and $x'$ independent.",
    ),
    row(
        "Setting, ll. 179, 183",
        r"$F^{(L)}(\theta) = f_\theta$, $\mu = \langle d, \cdot \rangle_p$, $f_{\mu,i}(x) = \mu("
        r"K_{i,\cdot}(x, \cdot)) = \langle d, K_{i,\cdot}(x, \cdot) \rangle_p$",
        "definition",
        r"$K_{i,\cdot}(x, \cdot)$ is the argument of $\mu$; the text sets $d$ equal to it.",
    ),
    row(
        "Setting, l. 189",
        r"$\partial_f C \vert_{f_0} = \langle d \vert_{f_0}, \cdot \rangle_p$",
        "definition",
    ),
    row(
        "Random functions approximation, l. 200",
        r"$F_{\mathrm{lin}}(\theta) = \frac{1}{\sqrt P} \sum_{p=1}^P \theta_p f^{(p)}$",
        "definition",
    ),
    row(
        "Random functions approximation, l. 208",
        r"$\partial_{\theta_p} F_{\mathrm{lin}} = \frac{1}{\sqrt P} f^{(p)}$",
        "holds",
        "",
        "finite differences",
        features.gradient_of_random_functions,
    ),
    row(
        "Random functions approximation, l. 209",
        r"$\partial_t F_{\mathrm{lin}}(\theta(t)) = \frac{1}{\sqrt P} \sum_p \dot\theta_p f^{(p)}$",
        "holds",
        "",
        "finite differences along a curved path",
        features.velocity_of_random_functions,
    ),
    row(
        "Random functions approximation, ll. 217–221",
        r"$\dot\theta_p = -\partial_{\theta_p}(C \circ F_{\mathrm{lin}}) = -\partial_f C "
        r"(\partial_{\theta_p} F_{\mathrm{lin}}) = -\frac{1}{\sqrt P} \langle d, f^{(p)} "
        r"\rangle_p$",
        "holds",
        r"$\partial_f C$ is a linear functional: the product in ll. 219 and 220 is its value.",
        "finite differences of a least squares cost",
        features.flow_of_random_functions,
    ),
    row(
        "Random functions approximation, ll. 229, 230",
        r"$\dot f = -\frac1P \sum_p \langle d, f^{(p)} \rangle_p f^{(p)} = -\nabla_{\tilde K} C$, "
        r"$\tilde K = \frac1P \sum_p f^{(p)} \otimes f^{(p)}$",
        "holds",
        r"With $\nabla_K C(x) = \mathbb E_{x' \sim p}[K(x, x') d(x')]$.",
        "the model at an unseen point moved along the flow",
        features.tangent_kernel_of_random_functions,
    ),
    row(
        "Random functions approximation, l. 236",
        "Gradient descent on the parameters is gradient descent on the function with the tangent "
        "kernel",
        "holds",
        "For this linear model also in finite steps.",
        "ten finite steps of each",
        features.parameter_and_function_steps,
    ),
    row(
        "NTK, l. 243",
        r"$\dot f = -\nabla_{\Theta^{(L)} C}$, the cost inside the subscript",
        "misprint",
        r"Brace: $\dot f = -\nabla_{\hat\Theta} C \vert_f$, that is $-\mathbb E_{x'}[\hat\Theta(x, "
        r"x') d(x')]$.",
        "the subscript read as kernel times cost, and the kernel gradient",
        features.misplaced_brace,
    ),
    row(
        "NTK, l. 244",
        r"$\hat\Theta = \sum_{p=1}^P \partial_{\theta_p} F^{(L)} \otimes \partial_{\theta_p} "
        r"F^{(L)}$",
        "definition",
    ),
    row(
        "At initialization, l. 253",
        r"The outputs converge to Gaussian processes with covariance $\Sigma^{(L)}$, as "
        r"$n_1, \dots, n_{L-1} \to \infty$",
        "theorem",
        r"$\sigma$ Lipschitz, $W^{(l)}_{ij} \sim N(0, 1)$ [Jacot et al., Proposition 1].",
        "fourth moments at width 256",
        limits.outputs_become_gaussian,
    ),
    row(
        "At initialization, l. 257",
        r"$\Sigma^{(1)}(x, x') = \frac{1}{n_0} x \cdot x'$",
        "holds",
        r"With $W^{(l)}_{ij} \sim N(0, 1)$.",
        "expectation over the weights of one layer by exact quadrature",
        recursion.first_covariance_without_bias,
    ),
    row(
        "At initialization, l. 258",
        r"$\Sigma^{(L+1)}(x, x') = \mathbb E_{f \sim N(0, \Sigma^{(L)})}[\sigma(f(x)) "
        r"\sigma(f(x'))]$",
        "holds",
        "",
        "two steps by quadrature against a random erf network of width 40 000",
        recursion.covariance_recursion_without_bias,
    ),
    row(
        "At initialization, l. 262",
        r"Each output has its own covariance, and the covariances converge to $\Theta^{(L)}$",
        "false as stated",
        r"All outputs have the same covariance, with limit $\Sigma^{(L)}$; it is the tangent "
        r"kernel $\hat\Theta$ that converges to $\Theta^{(L)} \otimes \mathrm{Id}$.",
        "20 000 random networks with two outputs",
        limits.covariance_or_tangent_kernel,
    ),
    row(
        "During training, l. 266",
        "Each weight moves little, all of a layer together enough for it to learn",
        "theorem",
        r"$\lVert \partial f/\partial W^{(l)} \rVert = O(1)$ over $n^2$ weights, $O(1/n)$ for "
        r"each, at initialisation; under the hypotheses of Theorem 1 the layer keeps its share of "
        r"$\Theta^{(L)}$.",
        "the hidden layer of sixteen random networks against its share",
        limits.change_of_the_weights,
    ),
)
