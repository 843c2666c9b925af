"""The article on a phase: the maps, the numbers, the regime, what becomes of the kernel."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flint import arb
from sympy import Expr, Function

from ntksym.calculus import derive
from ntksym.language import Claim, GaussianExpectation, q, q1, u, z
from ntksym.networks.dual import dual
from ntksym.numerics.depth.maps.numbers import Number
from ntksym.render import Document, Equation, Paragraph, Section, latex
from ntksym.render.document import Block, Table

if TYPE_CHECKING:
    from ntksym.numerics.depth.phase import Phase

DIGITS = 15
MAPS = (
    r"A wide layer takes the variance $q$ of its input to $V(q)=w^2\,\mathbb{E}_q[\sigma(u)^2]+"
    r"\beta^2$ and, at a fixed point $q^*=V(q^*)$, the correlation $\rho$ of two inputs to "
    r"$C(\rho)=(w^2\,\mathbb{E}[\sigma(u)\sigma(v)]+\beta^2)/q^*$ [@poole2016]. With "
    r"$\chi_1=w^2\,\mathbb{E}_{q^*}[\sigma'(u)^2]=C'(1)$ the network is ordered for $\chi_1<1$, "
    r"critical for $\chi_1=1$ and chaotic for $\chi_1>1$ [@schoenholz2017]. A small deviation of "
    r"$q$ or $\rho$ falls to $1/e$ in $\xi=-1/\log|s|$ layers, $s$ the slope of the map."
)
LIMITS = {
    "ordered": r"Correlations go to 1, and the tangent kernel to the same constant for every pair "
    r"of inputs, $q^*/(1-\chi_1)$ [@jacot2019].",
    "critical": r"With $1-C(1-\varepsilon)=\varepsilon-a\,\varepsilon^\nu+\dots$ the kernel of "
    r"$L$ layers is $L\,q^*$ on the diagonal, and off it $L\,q^*/(1+p)$ to first order, with "
    r"$p=\nu/(\nu-1)$ [@hayou2022] [@xiao2020].",
    "chaotic": r"The diagonal of the kernel grows as $\chi_1^L\,q^*/(\chi_1-1)$; off it the kernel "
    r"goes to $q^*\rho^*/(1-C'(\rho^*))$ [@jacot2019].",
}
STARTS = {
    "gaussian": "",
    "zero": r", a bias that starts at 0: it is not in $V$ and $C$, and $q^*$ and $q^*\rho^*$ below "
    r"gain $\beta^2$ in the tangent kernel",
}
OPEN = {
    "unstable": r"The variance settles at no fixed point, so neither does the tangent kernel.",
    "undecided": r"The numbers above are those where $\chi_1<1$. Then the network is ordered, and "
    r"the tangent kernel goes to $q^*/(1-\chi_1)$ for every pair of inputs [@jacot2019].",
}
FREE = "There is no one limit of the tangent kernel for all inputs: here it depends on them."


def text(x: Number | None, digits: int = DIGITS) -> str | Expr:
    """A ball by its digits that are right, an exact number by itself."""
    if x is None:
        return "none"
    return str(x.str(digits, radius=False)) if isinstance(x, arb) else x


def rows(phase: "Phase") -> Iterator[tuple[str, str, Number | None]]:
    """(name, symbol, value) of what there is to say in numbers."""
    for point in phase.fixed_points:
        yield f"fixed point of the variance, {point.stability}", "$q^*$", point.value
        yield "its slope", "$V'(q^*)$", point.slope
    first, second = phase.depth_scales
    yield r"mean of $\sigma'$ squared, times $w^2$", r"$\chi_1$", phase.chi
    if phase.correlation is not None:
        yield "fixed point of the correlation", r"$\rho^*$", phase.correlation.value
        yield "its slope", r"$C'(\rho^*)$", phase.correlation.slope
    yield "depth scale of the variance", r"$\xi_q$", first
    yield "depth scale of the correlation", r"$\xi_c$", second
    if phase.expansion is not None:
        yield "exponent of the correlation map at 1", r"$\nu$", phase.expansion.exponent
        yield "its coefficient", "$a$", phase.expansion.coefficient
    if phase.limit is not None:
        yield from _limit(phase)


def _limit(phase: "Phase") -> Iterator[tuple[str, str, Number | None]]:
    assert phase.limit is not None
    on, over = {
        "constant": ("", ""),
        "linear": (", divided by $L$", "/L"),
        "exponential": (r", divided by $\chi_1$ to the power $L$", r"/\chi_1^L"),
    }[phase.limit.growth]
    off = (on, over) if phase.limit.growth == "linear" else ("", "")
    diagonal, other = phase.limit.diagonal, phase.limit.off_diagonal
    yield f"tangent kernel on the diagonal{on}", rf"$\Theta(x,x){over}$", diagonal
    yield f"tangent kernel off the diagonal{off[0]}", rf"$\Theta(x,x'){off[1]}$", other
    yield "their ratio", r"$\Theta(x,x')/\Theta(x,x)$", phase.limit.ratio


def article(phase: "Phase") -> Document:
    """What ``Phase.document`` returns."""
    sigma, name = phase.activation, phase.activation.name
    table = [(label, symbol, text(value)) for label, symbol, value in rows(phase)]
    return Document(
        title=f"Deep networks of {name}",
        abstract=f"Order, chaos and the tangent kernel of many layers of {name}: {phase.regime}.",
        blocks=(
            Section("The maps"),
            Paragraph(MAPS),
            Equation(Claim(Function("sigma")(z), sigma.expr)),
            *_variance(phase),
            Section("The phase"),
            Paragraph(
                f"For $w={_number(phase.w_std)}$ and $\\beta={_number(phase.b_std)}$"
                f"{STARTS[phase.bias_init]}:"
            ),
            Table(("", "", "value"), tuple(table)),
            Paragraph(others(phase)),
            Section("The tangent kernel of many layers"),
            Paragraph(LIMITS[phase.regime] if phase.limit else OPEN.get(phase.regime, FREE)),
        ),
    )


def others(phase: "Phase") -> str:
    """Whether a fixed point of the variance may have been missed."""
    if phase.complete:
        return "In the range that was searched the variance has no other fixed point: proved."
    return (
        "That the variance has no other fixed point in the range that was searched is not proved."
    )


def _number(x: Number) -> str:
    return str(text(x)) if isinstance(x, arb) else latex(x)


def _variance(phase: "Phase") -> Iterator[Block]:
    """V where it is known in closed form."""
    if isinstance(phase.w_std, arb) or isinstance(phase.b_std, arb):
        return
    square = derive(GaussianExpectation(phase.activation.expr.subs(z, u) ** 2, q), "the variance")
    if square.complete:
        mean = square.rhs
    else:
        pair = dual(phase.activation)
        if pair.kind != "elementary":
            return
        mean = pair.diagonal.subs(q1, q)
    inside = 0 if phase.bias_init == "zero" else phase.b_std**2
    yield Equation(Claim(Function("V")(q), phase.w_std**2 * mean + inside))
