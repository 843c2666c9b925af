"""What justifies the lines of derivations on functions, and how such a chain is written."""

from sympy import Expr

from ntksym.calculus.derivation import Derivation, Rule, Step
from ntksym.language import Claim, Condition


def _rule(name: str, statement: str, where: str, reference: str) -> Rule:
    """The chains are written by the functions of this room; no strategy looks for these."""
    return Rule(name, statement, where, reference, rewrite=lambda node: None)


BILINEARITY = _rule(
    "bilinearity",
    r"\langle F+\varepsilon\varphi,\,G+\varepsilon\psi\rangle=\langle F,G\rangle+\varepsilon("
    r"\langle F,\psi\rangle+\langle\varphi,G\rangle)+\varepsilon^2\langle\varphi,\psi\rangle",
    "the inner product is symmetric and bilinear",
    "aronszajn1950",
)
LINEARITY = _rule(
    "linearity of the product",
    r"\Bigl\langle\sum_ia_if_i,\,g\Bigr\rangle=\sum_ia_i\langle f_i,g\rangle,\qquad"
    r"\langle\mathbb E_x[F_x],g\rangle=\mathbb E_x[\langle F_x,g\rangle]",
    r"finite sums; expectations where $\mathbb E_x\lVert F_x\rVert<\infty$",
    "aronszajn1950",
)
LINEAR_TERM = _rule(
    "linear term",
    r"E[f+\varepsilon\varphi]=E[f]+\varepsilon\,\tfrac{d}{d\varepsilon}E[f+\varepsilon\varphi]"
    r"\big\vert_{\varepsilon=0}+o(\varepsilon)",
    "what stands under sums and expectations is differentiable; under an expectation with a "
    "derivative that is bounded by an integrable function",
    "coleman2012",
)
COMPOSITION = _rule(
    "chain rule of functionals",
    r"\nabla(g\circ E)[f]=g'(E[f])\;\nabla E[f]",
    r"$g$ is differentiable at $E[f]$, $E$ has the gradient $\nabla E[f]$",
    "coleman2012",
)
REPRODUCING = _rule(
    "reproducing property",
    r"\varphi(x)=\langle K(x,\cdot),\varphi\rangle_{\mathcal H}",
    r"$\varphi\in\mathcal H$, the space of the symmetric, positive semidefinite kernel $K$",
    "aronszajn1950",
)
RIESZ = _rule(
    "Riesz representation",
    r"\tfrac{d}{d\varepsilon}E[f+\varepsilon\varphi]\big\vert_{\varepsilon=0}="
    r"\Bigl\langle\frac{\delta E}{\delta f},\,\varphi\Bigr\rangle_{\mathcal H}"
    r"\quad\text{for all }\varphi\in\mathcal H",
    r"the derivative is linear and bounded in $\varphi$; sums and expectations are taken out of "
    r"the product by linearity, an expectation where "
    r"$\mathbb E_x\lvert d(x)\rvert\sqrt{K(x,x)}<\infty$",
    "aronszajn1950",
)
ALONG = _rule(
    "chain rule in the parameters",
    r"\frac{d}{dt}F(\theta_t)=\sum_{p=1}^P\dot\theta_p\,\partial_pF(\theta_t),\qquad"
    r"\partial_pC[f]=\tfrac{d}{d\varepsilon}C[f+\varepsilon\,\partial_pf]\big\vert_{\varepsilon=0}",
    r"$f(x;\theta)$ is differentiable in $\theta$, and $C$ in $f$ (Fréchet); $\partial_p$ is the "
    r"derivative by $\theta_p$",
    "coleman2012",
)
FLOW = _rule(
    "gradient flow",
    r"\dot\theta_p=-\partial_pC[f(\cdot\,;\theta)]",
    "definition: this is how the parameters are trained",
    "jacot2018",
)
EXCHANGE = _rule(
    "exchange",
    r"\sum_p\mathbb E_x[F_p(x)]=\mathbb E_x\Bigl[\sum_pF_p(x)\Bigr]",
    "finite sums, integrable terms; likewise with a mean over the data",
    "billingsley1995",
)
TANGENT = _rule(
    "tangent kernel",
    r"\Theta(x,x')=\sum_{p=1}^P\partial_pf(x)\,\partial_pf(x')",
    r"definition; $\Theta=\sum_p\partial_pf\otimes\partial_pf$, at the parameters of the moment",
    "jacot2018",
)
NORM = _rule(
    "norm of the kernel",
    r"\lVert d\rVert_\Theta^2=\mathbb E_{x,x'\sim p}[d(x)\,\Theta(x,x')\,d(x')]",
    r"definition; a seminorm on $L^2(p)$, since $\Theta$ is positive semidefinite",
    "jacot2018",
)
INDEPENDENCE = _rule(
    "independence",
    r"\mathbb E[F(f^{(p)})\,F(f^{(q)})]=\mathbb E[F(f^{(1)})]^2\ (p\ne q),\qquad="
    r"\mathbb E[F(f^{(1)})^2]\ (p=q)",
    "the random functions are independent and of one law",
    "billingsley1995",
)
EIGEN = _rule(
    "eigenfunctions",
    r"\mathbb E_{x'}[K(x,x')\,u_i(x')]=\lambda_iu_i(x),\qquad\mathbb E_x[u_i(x)u_j(x)]=\delta_{ij}",
    r"$u_1,\ldots,u_M$ are eigenfunctions of the operator $\Pi g(x)=\mathbb E_{x'}[K(x,x')g(x')]$, "
    r"orthonormal in $L^2(p)$; $\lambda_i\ge0$",
    "jacot2018",
)
DIFFERENTIATION = _rule(
    "differentiation", r"\frac{d}{dt}e^{-\lambda t}=-\lambda e^{-\lambda t}", "always", "meurer2017"
)
ALGEBRA = _rule("algebra", r"\text{collect terms}", "always", "meurer2017")


Line = tuple[Rule, Expr] | tuple[Rule, Expr, tuple[Condition | Derivation, ...]]


def chain(title: str, start: Expr, *lines: Line) -> Derivation:
    """``start`` = the first right side = the next; a line may add conditions, and lemmas."""
    steps, left = [], start
    for rule, right, *more in lines:
        beside = more[0] if more else ()
        where = tuple(part for part in beside if not isinstance(part, Derivation))
        inner = tuple(part for part in beside if isinstance(part, Derivation))
        steps.append(Step(Claim(left, right, where), rule, inner))
        left = right
    return Derivation(tuple(steps), title)
