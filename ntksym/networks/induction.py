"""One layer of the recursion as a derivation, and the article on a kernel."""

from typing import Any

from sympy import Expr, Symbol

from ntksym.calculus import Derivation, Rule, Step
from ntksym.language import Claim, c, q1, q2, z
from ntksym.networks.dual import Dual, pair_of
from ntksym.networks.layers import Network
from ntksym.networks.recursion import Recursion
from ntksym.render import Document, Equation, Paragraph, Proof, Rules, Section
from ntksym.render.document import CONVENTIONS

w = Symbol("w", positive=True)
beta = Symbol("beta", nonnegative=True)
theta = Symbol(r"\Theta^{(l)}", positive=True)

PRINTED = 20
"""An article writes out so many steps of a recursion; the others look alike."""

LAYER = Rule(
    name="dual",
    statement=r"\mathbb E[\sigma(u)\sigma(v)]=\Sigma(q_1,q_2,c),\qquad "
    r"\mathbb E[\sigma'(u)\sigma'(v)]=\dot\Sigma(q_1,q_2,c)",
    where="by the derivations of the dual pair",
    reference="jacot2018",
    rewrite=lambda node: None,
)


def induction(network: Network, duals: dict[Any, Dual], tangent: bool) -> Derivation:
    r"""From layer l to l + 1, for each activation of the network:

    .. math:: \Theta^{(l+1)} = w^2\,\mathbb E[\sigma\sigma]+\beta^2
        + w^2\,\mathbb E[\sigma'\sigma']\,\Theta^{(l)}.
    """
    if not network.activations:
        return _linear(tangent)
    first, *others = (_layer(duals[a], tangent) for a in network.activations)
    return Derivation(first.steps, first.title, tuple(others))


def _layer(dual: Dual, tangent: bool) -> Derivation:
    """A ``ValueError`` from ``sigma`` or ``sigma_dot`` says what is missing."""
    pair = (dual.sigma, dual.sigma_dot) if tangent else (dual.sigma,)
    main = Derivation(dual.derivation.steps, dual.derivation.title)
    parts = (main, *dual.derivation.companions[:1]) if tangent else (main,)
    start: Expr = w**2 * _product(dual.activation.expr) + beta**2
    if tangent:
        start += w**2 * _product(dual.activation.derivative) * theta
    closed = dict(zip((part.lhs for part in parts), pair, strict=True))
    claim = Claim(start, start.xreplace(closed), (c**2 < q1 * q2,))
    name = r"\Theta^{(l+1)}" if tangent else r"\Sigma^{(l+1)}"
    title = f"One layer with {dual.activation.name}: ${name}$"
    return Derivation((Step(claim, LAYER, parts),), title)


def _product(f: Expr) -> Expr:
    return pair_of(f) if f.has(z) else f**2


def _linear(tangent: bool) -> Derivation:
    """No activation: E[uv] = c."""
    from ntksym.networks.dual import dual

    return _layer(dual("identity"), tangent)


def document(
    network: Network, recursion: Recursion, derivation: Derivation, tangent: bool
) -> Document:
    """Statement, one layer derived, the steps of the recursion, rules and references."""
    what = "neural tangent kernel" if tangent else "covariance kernel"
    names = ", ".join(a.name for a in network.activations) or "no activation"
    shown = recursion.steps[:PRINTED]
    steps = [
        block
        for step in shown
        for block in (Paragraph(f"{step.meaning}:"), Equation(Claim(step.symbol, step.expr)))
    ]
    left = len(recursion.steps) - len(shown)
    if left:
        steps.append(Paragraph(f"The {left} steps that follow are the same with a higher index."))
    return Document(
        title=f"The {what} of a network of depth {network.depth} ({names})",
        abstract=(
            "The infinite-width kernel in the NTK parametrisation: all parameters start as "
            r"$\mathcal{N}(0,1)$, weights enter as $w/\sqrt{n}$, biases with $\beta$ [@jacot2018]."
        ),
        blocks=(
            Section("Conventions"),
            Paragraph(CONVENTIONS),
            Paragraph(
                r"Depth counts affine layers. $q_1=x\cdot x/n_0$, $q_2=x'\cdot x'/n_0$ and "
                r"$c=x\cdot x'/n_0$ at the input; at layer $l$ the Gaussian pair has the law "
                r"$\Sigma^{(l)}$ restricted to $x,x'$. The recursion is "
                r"$\Theta^{(l+1)}=\Sigma^{(l+1)}+w^2\dot\Sigma^{(l+1)}\Theta^{(l)}$ [@jacot2018]."
            ),
            Section("One layer"),
            Proof(derivation),
            Section("The recursion"),
            *steps,
            Section("Rules"),
            Rules(derivation.rules()),
        ),
    )
