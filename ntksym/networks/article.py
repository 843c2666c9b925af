"""The article on a dual pair: one page per activation, all written here."""

from collections.abc import Iterator

from sympy import DiracDelta, Function, Rational, Symbol

from ntksym.language import BivariateNormalCDF, Claim, z
from ntksym.networks.activation import CATALOGUE
from ntksym.networks.dual import Dual
from ntksym.render import (
    Document,
    Equation,
    Paragraph,
    Proof,
    Rules,
    Section,
    latex,
)
from ntksym.render.document import CONVENTIONS, Block

PAIR = (
    r"For a centred Gaussian pair $(u,v)$ with variances $q_1$ and $q_2$ and covariance $c$, the "
    r"dual pair $\Sigma=\mathbb{E}[\sigma(u)\,\sigma(v)]$, "
    r"$\dot\Sigma=\mathbb{E}[\sigma'(u)\,\sigma'(v)]$ is"
)
QUADRANT = (
    r"$\Phi_2(h,k;r)=P(X\le h,\,Y\le k)$ is the distribution function of a standard Gaussian pair "
    r"$(X,Y)$ of correlation $r$ [@owen1956]."
)


def article(dual: Dual) -> Document:
    """Statement, conventions, derivation, rules; what ``Dual.document`` returns."""
    name = dual.activation.name
    return Document(
        title=f"The dual of {name}",
        abstract=(
            f"The Gaussian expectations that make the neural tangent kernel of networks with "
            f"the activation {name}, derived for general variances and covariance [@jacot2018]."
        ),
        blocks=(
            *_statement(dual),
            Section("Conventions"),
            Paragraph(CONVENTIONS),
            *([Paragraph(QUADRANT)] if _has_quadrant(dual) else []),
            Section("Derivation"),
            Proof(dual.derivation),
            Section("Rules"),
            Rules(dual.derivation.rules()),
        ),
    )


def _statement(dual: Dual) -> Iterator[Block]:
    yield Section("Statement")
    yield Paragraph("The activation is")
    yield Equation(Claim(Function("sigma")(z), dual.activation.expr, _parameters(dual)))
    if dual.kind == "unknown":
        yield Paragraph("No closed form was derived; below is how far the rules lead.")
        return
    yield Paragraph(PAIR)
    main, *beside = dual.derivation, *dual.derivation.companions[:1]
    where = dict.fromkeys(w for chain in (main, *beside) for w in chain.claim.where)
    pair = [(r"\Sigma", main), *((r"\dot\Sigma", dot) for dot in beside)]
    for (name, chain), last in zip(pair, (len(pair) - 1) * [()] + [tuple(where)], strict=True):
        yield Equation(Claim(Symbol(name), chain.rhs, last))
    if dual.activation.derivative.has(DiracDelta):
        yield Paragraph(
            r"There is no $\dot\Sigma$, and so no tangent kernel: $\sigma$ jumps, its derivative "
            r"holds a Dirac mass, and the square of that has no expectation."
        )


def _parameters(dual: Dual) -> tuple[str, ...]:
    """What is assumed of each parameter, and its value where none is given."""
    _, defaults = CATALOGUE.get(dual.activation.name, ("", {}))
    symbols = sorted(dual.activation.expr.free_symbols - {z}, key=lambda symbol: symbol.name)
    return tuple(_parameter(symbol, defaults.get(symbol.name, "")) for symbol in symbols)


def _parameter(symbol: Symbol, default: str) -> str:
    known = r">0" if symbol.is_positive else r"\in\mathbb{R}"
    shown = latex(Rational(default)) if "/" in default else default
    usual = f" (${shown}$ where nothing else is said)" if default else ""
    return f"${latex(symbol)}{known}${usual}"


def _has_quadrant(dual: Dual) -> bool:
    steps = (step for part in dual.derivation.parts() for step in part.steps)
    return any(step.claim.rhs.has(BivariateNormalCDF) for step in steps)
