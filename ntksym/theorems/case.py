"""``Case``: a kernel, a domain and a dimension; what a theorem is asked about."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from sympy import Expr, sympify

from ntksym.arguments import integer
from ntksym.kernel import Kernel
from ntksym.networks import Activation, Dense, Elementwise, Residual
from ntksym.networks.layers import exact, flatten
from ntksym.theorems.activations import Shape
from ntksym.theorems.activations.constants import positive

DOMAINS = {
    "sphere": "the sphere $S^{d-1}$",
    "sphere without antipodes": "subsets of the sphere $S^{d-1}$ that hold no antipodal pair",
    "R^d": "$R^d$",
    "R^d without proportional pairs": "subsets of $R^d$ of which no two points are proportional",
}
ALIASES = {
    "euclidean": "R^d",
    "euclidean without proportional pairs": "R^d without proportional pairs",
}


@dataclass(frozen=True)
class Case:
    """``dimension`` None: every dimension. ``square`` is x·x on the sphere."""

    kernel: Kernel
    dimension: int | None
    domain: str
    square: Expr
    shapes: Mapping[Activation, Shape]
    """The facts about each activation of the network."""

    @property
    def tangent(self) -> bool:
        return self.kernel.kind == "ntk"

    @property
    def spherical(self) -> bool:
        return self.domain.startswith("sphere")

    @property
    def d(self) -> int:
        """The dimension of the witness, and of the variance on the sphere."""
        return 2 if self.dimension is None else self.dimension

    @property
    def order(self) -> tuple[Shape, ...]:
        """The activations in the order of the layers."""
        layers = flatten(self.kernel.network.layers)
        return tuple(self.shapes[x.activation] for x in layers if isinstance(x, Elementwise))

    @property
    def dense(self) -> tuple[Dense, ...]:
        layers = flatten(self.kernel.network.layers)
        return tuple(layer for layer in layers if isinstance(layer, Dense))

    @property
    def blocks(self) -> tuple[tuple[Dense, ...], ...]:
        """The affine layers before, between and after the activations."""
        found: list[list[Dense]] = [[]]
        for layer in flatten(self.kernel.network.layers):
            if isinstance(layer, Dense):
                found[-1].append(layer)
            else:
                found.append([])
        return tuple(map(tuple, found))

    @property
    def plain(self) -> bool:
        """Without residual blocks."""
        return not any(isinstance(layer, Residual) for layer in self.kernel.network.layers)

    @property
    def weighted(self) -> bool:
        return all(positive(sympify(exact(layer.w_std)), "w_std") for layer in self.dense)

    def biased(self, layer: Dense) -> bool:
        """Whether the layer has a bias at all."""
        return positive(sympify(exact(layer.b_std)), "b_std")

    def random_bias(self, layer: Dense) -> bool:
        return layer.bias_init == "gaussian" and self.biased(layer)

    @property
    def starts_random(self) -> bool:
        """Whether a random bias stands before the first activation."""
        return any(map(self.random_bias, self.blocks[0]))

    @property
    def text(self) -> str:
        """Kernel, network, domain and dimension in one sentence."""
        name = "neural tangent kernel" if self.tangent else "covariance kernel"
        where = DOMAINS[self.domain]
        if self.spherical and self.square != 1:
            where += f" with $x\\cdot x={self.square}$"
        every = "for every $d$" if self.dimension is None else f"$d={self.dimension}$"
        return f"the {name} of {described(self.kernel)} on {where}, {every}"


def described(kernel: Kernel) -> str:
    """The network in words, each parameter once where all layers agree."""
    network = kernel.network
    names = ", ".join(a.name for a in network.activations) or "no activation"
    layers = [x for x in flatten(network.layers) if isinstance(x, Dense)]
    kinds = dict.fromkeys((str(exact(x.w_std)), str(exact(x.b_std)), x.bias_init) for x in layers)
    shown = "; ".join(f"w = {w}, β = {b}, {init} bias" for w, b, init in kinds)
    residual = ", residual blocks" if any(isinstance(x, Residual) for x in network.layers) else ""
    formulas = "; ".join(f"σ(z) = {a.expr}" for a in network.activations)
    told = f" ({formulas})" if formulas else ""
    return f"a network of depth {network.depth} with {names}{told}{residual} ({shown})"


def case(kernel: Any, dimension: int | None, domain: str, square: Any) -> Case:
    """A checked case; ``TypeError`` and ``ValueError`` name the argument."""
    if not isinstance(kernel, Kernel):
        raise TypeError(f"kernel: expected a Kernel from ntk or nngp, got {type(kernel).__name__}")
    if dimension is not None:
        dimension = integer("dimension", dimension)
    if not isinstance(domain, str):
        raise TypeError(f"domain: expected a text, got {type(domain).__name__}")
    domain = ALIASES.get(domain, domain)
    if domain not in DOMAINS:
        near = get_close_matches(domain, DOMAINS, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        known = ", ".join(map(repr, DOMAINS))
        raise ValueError(f"domain: expected one of {known}, got {domain!r}{hint}")
    value = exact(square)
    value = sympify(value if isinstance(value, Fraction) else square)
    if not value.is_positive or value.free_symbols:
        raise ValueError(f"square: expected a positive number, x·x on the sphere, got {square!r}")
    if value != 1 and not domain.startswith("sphere"):
        raise ValueError(f"square: it belongs to a sphere, and the domain is {domain!r}")
    shapes = {activation: Shape(activation) for activation in kernel.network.activations}
    return Case(kernel, dimension, domain, value, shapes)
