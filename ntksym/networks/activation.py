"""Activations and the catalogue. One line in ``CATALOGUE`` adds one."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ntksym.arguments import shown, symbolic

if TYPE_CHECKING:
    from sympy import Expr

CATALOGUE: dict[str, tuple[str, Mapping[str, str]]] = {
    "identity": ("z", {}),
    "power": ("z**n", {"n": "3"}),
    "hermite": ("hermite(n, z)", {"n": "3"}),
    "relu": ("Max(0, z)", {}),
    "leaky_relu": ("Max(0, z) + alpha*Min(0, z)", {"alpha": "1/100"}),
    "abs": ("Abs(z)", {}),
    "step": ("Heaviside(z)", {}),
    "sign": ("sign(z)", {}),
    "rectified_power": ("Max(0, z)**n", {"n": "2"}),
    "erf": ("erf(z)", {}),
    "affine_erf": ("a*erf(b*z) + d", {"a": "1/2", "b": "1", "d": "1/2"}),
    "normal_cdf": ("(1 + erf(z/sqrt(2)))/2", {}),
    "gelu": ("z*(1 + erf(z/sqrt(2)))/2", {}),
    "sin": ("sin(z)", {}),
    "cos": ("cos(z)", {}),
    "sinusoid": ("a*sin(b*z + d)", {"a": "1", "b": "1", "d": "1"}),
    "snake": ("z + sin(alpha*z)**2/alpha", {"alpha": "1"}),
    "rbf": ("sqrt(2)*sin(sqrt(2*gamma)*z + pi/4)", {"gamma": "1"}),
    "exp": ("exp(alpha*z)", {"alpha": "1"}),
    "gaussian": ("exp(-z**2)", {}),
    "gabor": ("exp(-z**2)*sin(z)", {}),
    "elu": ("Piecewise((z, z > 0), (alpha*(exp(z) - 1), True))", {"alpha": "1"}),
    "selu": (
        "scale*Piecewise((z, z > 0), (alpha*(exp(z) - 1), True))",
        {"scale": "1.0507009873554805", "alpha": "1.6732632423543772"},
    ),
    "celu": ("Piecewise((z, z > 0), (alpha*(exp(z/alpha) - 1), True))", {"alpha": "2"}),
    "hard_tanh": ("Max(-1, Min(1, z))", {}),
    "hard_sigmoid": ("Max(0, Min(1, z/6 + 1/2))", {}),
    "relu6": ("Min(Max(0, z), 6)", {}),
    "shifted_relu": ("Max(0, z - shift)", {"shift": "1"}),
    "soft_shrink": ("Max(0, z - shift) + Min(0, z + shift)", {"shift": "1/2"}),
    "triangle": ("Max(0, 1 - Abs(z))", {}),
    "tanh": ("tanh(z)", {}),
    "sigmoid": ("1/(1 + exp(-z))", {}),
    "softplus": ("log(1 + exp(z))", {}),
    "silu": ("z/(1 + exp(-z))", {}),
    "mish": ("z*tanh(log(1 + exp(z)))", {}),
    "softsign": ("z/(1 + Abs(z))", {}),
    "arctan": ("atan(z)", {}),
}

NONE: Mapping[str, str] = {}


@dataclass(frozen=True)
class Activation:
    """A nonlinearity: a name, and an expression in ``ntksym.z``.

    ``Activation(name, expr)`` takes a SymPy expression; a text is parsed safely, and only when the
    expression is first needed. Raises ``ValueError`` where ``expr`` has symbols that are
    neither ``z`` nor declared real or positive.

    >>> from sympy import Max
    >>> from ntksym.language import z
    >>> Activation("relu", Max(0, z)).derivative
    Heaviside(z)
    """

    name: str
    definition: "Expr | str"

    def __post_init__(self) -> None:
        if not isinstance(self.name, str):
            raise TypeError(f"name: expected a text, got {shown(self.name)}")
        if not isinstance(self.definition, str):
            _validate(self.expr)

    @cached_property
    def expr(self) -> "Expr":
        """The activation as a SymPy expression in ``z``."""
        if isinstance(self.definition, str):
            from ntksym.networks.parser.text import parse

            return parse(self.definition)
        return symbolic("definition", self.definition)

    @cached_property
    def derivative(self) -> "Expr":
        """d/dz, in the sense of distributions."""
        from ntksym.calculus import derivative
        from ntksym.language import z

        return derivative(self.expr, z)

    def __hash__(self) -> int:
        return hash((self.name, str(self.definition)))


def _validate(expr: "Expr") -> None:
    from ntksym.language import u, v, z

    for symbol in expr.free_symbols - {z}:
        if symbol.name == "z" or symbol in (u, v):
            raise ValueError(f"expr: expected an expression in ntksym.z, got the symbol {symbol}")
        if not symbol.is_real:
            raise ValueError(f"expr: the parameter {symbol} must be declared real (real=True)")


def catalogue() -> tuple[str, ...]:
    """The names of the built-in activations."""
    return tuple(CATALOGUE)


def activation(name_or_text: "str | Activation", **parameters: Any) -> Activation:
    """A catalogue entry by its name, or an activation from a text in ``z``, parsed safely.

    Parameters are numbers or SymPy symbols: ``activation("leaky_relu", alpha=0.1)``,
    ``activation("Max(z, a*z)", a=0.1)``. Raises ``ValueError`` for an unknown name (with the
    nearest match) and for a text that the parser refuses; ``TypeError`` for anything but a text.
    """
    if isinstance(name_or_text, Activation):
        return name_or_text
    if not isinstance(name_or_text, str):
        kind = type(name_or_text).__name__
        raise TypeError(f"activation: expected a name, a text or an Activation, got {kind}")
    if name_or_text in CATALOGUE:
        text, defaults = CATALOGUE[name_or_text]
        unknown = sorted(set(parameters) - set(defaults))
        if unknown:
            known = ", ".join(defaults) or "none"
            raise ValueError(f"{name_or_text}: unknown parameter {unknown[0]!r}; known: {known}")
        if not defaults:
            return Activation(name_or_text, text)
        return _parsed(name_or_text, text, {**defaults, **parameters}, defaults)
    if name_or_text.isidentifier() and name_or_text != "z":
        nearest = get_close_matches(name_or_text.lower()[:40], CATALOGUE, n=1)
        hint = f"; did you mean {nearest[0]!r}?" if nearest else "."
        known = ", ".join(CATALOGUE)
        raise ValueError(
            f"activation: unknown name {shown(name_or_text)}{hint} Known names: {known}"
        )
    if parameters:
        return _parsed(name_or_text, name_or_text, parameters)
    found = Activation(name_or_text, name_or_text)
    _validate(found.expr)  # what the parser refuses is refused now
    return found


def _parsed(
    name: str, text: str, parameters: Mapping[str, Any], defaults: Mapping[str, str] = NONE
) -> Activation:
    """``defaults`` are texts of the catalogue; a parameter of the user is none."""
    from sympy import Rational

    from ntksym.networks.parser.text import parse

    exact = {key: Rational(p) if p is defaults.get(key) else p for key, p in parameters.items()}
    expr = parse(text, exact)
    named = ", ".join(f"{key}={value}" for key, value in exact.items() if str(value) != key)
    return Activation(f"{name}({named})" if named else name, expr)
