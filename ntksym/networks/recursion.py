r"""The kernel recursion of a network as named steps: it never grows with the depth.

The convention of Jacot et al. (2018), input kernel x·x'/n0:

.. math::
    \Sigma^{(1)} = w^2\,\tfrac{x\cdot x'}{n_0}+\beta^2, \quad
    \Sigma^{(l+1)} = w^2\,\mathbb E[\sigma(u)\sigma(v)]+\beta^2, \quad
    \Theta^{(l+1)} = \Sigma^{(l+1)} + w^2\,\dot\Sigma^{(l+1)}\,\Theta^{(l)}
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sympy import Expr, S, Symbol, expand, sympify

from ntksym.arguments import integer, shown, symbolic
from ntksym.language import c, q1, q2, rho
from ntksym.networks.dual import Dual, dual
from ntksym.networks.layers import Dense, Layer, Network, Residual, exact

LARGEST = 50_000
"""``expand`` refuses to write more nodes than this unless told."""


@dataclass(frozen=True)
class Definition:
    """One named step: ``symbol = expr``, and what it stands for in words."""

    symbol: Symbol
    expr: Expr
    meaning: str


@dataclass(frozen=True)
class Values:
    """The two variances, the covariance and the tangent kernel at some place in the network."""

    q1: Expr
    q2: Expr
    c: Expr
    theta: Expr


@dataclass(frozen=True)
class Recursion:
    """Definitions in order, from q1, q2, c of the input to the kernel of the output."""

    steps: tuple[Definition, ...]
    result: Expr

    def size(self) -> int:
        """The number of nodes that the closed form would have, without writing it."""
        sizes: dict[Symbol, int] = {}
        for step in self.steps:
            sizes[step.symbol] = _size(step.expr, sizes)
        return _size(self.result, sizes)

    def expand(self, largest: int = LARGEST) -> Expr:
        """The closed form; ``ValueError`` with its size where that is beyond ``largest`` nodes."""
        integer("largest", largest, 0)
        size = self.size()
        if size > largest:
            raise ValueError(
                f"largest: the closed form would have about {float(size):.1e} nodes, more than "
                f"{largest:.1e}; use .recursion, whose {len(self.steps)} steps are the same "
                "function, or pass a larger limit"
            )
        return self.at({}, lambda expr: expr, largest)

    def at(
        self, values: dict[Symbol, Expr], tidy: Callable[[Expr], Expr], largest: int = LARGEST
    ) -> Expr:
        """The kernel with the input's symbols replaced, each step tidied.

        ``ValueError`` where a step would still have more than ``largest`` nodes.
        """
        known, sizes = dict(values), {key: _size(value, {}) for key, value in values.items()}
        for step in self.steps:
            size = _size(step.expr, sizes)
            if size > largest:
                raise ValueError(
                    f"largest: {step.symbol} would have about {float(size):.1e} nodes, more than "
                    f"{largest:.1e}; use .recursion, or pass a larger limit"
                )
            known[step.symbol] = value = tidy(step.expr.xreplace(known))
            sizes[step.symbol] = _size(value, {})
        return tidy(self.result.xreplace(known))

    def on_sphere(self, correlation: Any = None, largest: int = LARGEST) -> Expr:
        """The kernel of two points of variance 1, as a function of their correlation."""
        value = rho if correlation is None else symbolic("rho", correlation)
        if value.is_number and not (value.is_extended_real and -1 <= value <= 1):
            raise ValueError(f"rho: expected a correlation from -1 to 1, got {shown(correlation)}")
        at = {q1: S.One, q2: S.One, c: value}
        integer("largest", largest, 0)
        return self.at(at, lambda expr: expand(expr, deep=False), largest)


@dataclass
class Writer:
    """Walks the layers and writes definitions."""

    duals: dict[Any, Dual]
    tangent: bool

    def __post_init__(self) -> None:
        self.steps: list[Definition] = []
        self.level = 0

    def name(self, text: str, expr: Expr, meaning: str) -> Expr:
        if expr.is_number or expr.is_Symbol:
            return expr
        symbol = Symbol(rf"{text}^{{({self.level})}}", real=True, positive=expr.is_positive)
        self.steps.append(Definition(symbol, expr, meaning))
        return symbol

    def walk(self, layers: tuple[Layer, ...], at: Values) -> Values:
        for layer in layers:
            if isinstance(layer, Dense):
                at = self.dense(layer, at)
            elif isinstance(layer, Residual):
                at = self.residual(layer, at)
            else:
                at = self.elementwise(self.duals[layer.activation], at)
        return at

    def dense(self, layer: Dense, at: Values) -> Values:
        self.level += 1
        w2, b2 = (sympify(exact(value)) ** 2 for value in (layer.w_std, layer.b_std))
        inside = b2 if layer.bias_init == "gaussian" else S.Zero
        k = f"after {self.level} affine layer{'s' * (self.level > 1)}"
        values = Values(
            self.name("q_1", w2 * at.q1 + inside, f"Variance at $x$ {k}"),
            self.name("q_2", w2 * at.q2 + inside, f"Variance at $x'$ {k}"),
            self.name("c", w2 * at.c + inside, f"Covariance {k}"),
            S.Zero,
        )
        if not self.tangent:
            return values
        theta = values.c + (b2 - inside) + w2 * at.theta
        return replace(values, theta=self.name(r"\Theta", theta, f"Tangent kernel {k}"))

    def elementwise(self, dual: Dual, at: Values) -> Values:
        def sigma(a: Expr, b: Expr, k: Expr) -> Expr:
            return dual.sigma.xreplace({q1: a, q2: b, c: k})

        moved = Values(sigma(at.q1, at.q1, at.q1), sigma(at.q2, at.q2, at.q2), S.Zero, S.Zero)
        moved = replace(moved, c=sigma(at.q1, at.q2, at.c))
        if not self.tangent:
            return moved
        dot = dual.sigma_dot.xreplace({q1: at.q1, q2: at.q2, c: at.c})
        self.level += 1
        name = self.name(r"\dot{\Sigma}", dot, "Expectation of the product of the derivatives")
        self.level -= 1
        return replace(moved, theta=name * at.theta)

    def residual(self, layer: Residual, at: Values) -> Values:
        inner = self.walk(layer.layers, at)
        sums = (a + b for a, b in zip(_tuple(at), _tuple(inner), strict=True))
        texts = (r"\hat{q}_1", r"\hat{q}_2", r"\hat{c}", r"\hat{\Theta}")
        named = (
            self.name(t, e, "Sum of the two branches") for t, e in zip(texts, sums, strict=True)
        )
        return Values(*named)


def _tuple(values: Values) -> tuple[Expr, ...]:
    return values.q1, values.q2, values.c, values.theta


def recursion(network: Network, duals: dict[Any, Dual], tangent: bool) -> Recursion:
    """The recursion of ``network`` in q1, q2, c: x·x/n0, x'·x'/n0 and x·x'/n0."""
    writer = Writer(duals, tangent)
    end = writer.walk(network.layers, Values(q1, q2, c, S.Zero))
    return Recursion(tuple(writer.steps), end.theta if tangent else end.c)


def duals(network: Network) -> dict[Any, Dual]:
    """The dual of each activation of ``network``, derived."""
    return {activation: dual(activation) for activation in network.activations}


def _size(expr: Expr, sizes: dict[Symbol, int]) -> int:
    if expr.is_Atom:
        return sizes.get(expr, 1)
    return 1 + sum(_size(part, sizes) for part in expr.args)
