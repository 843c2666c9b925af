r"""The support of a kernel, layer by layer.

On a sphere :math:`\Sigma^{(l)}` and :math:`\Theta^{(l)}` are power series in the correlation of the
inputs, without negative coefficients, since by Mehler's formula

.. math:: \mathbb E[\sigma(u)\sigma(v)]=\sum_ka_k(q)^2(c/q)^k,\qquad
    \mathbb E[\sigma'(u)\sigma'(v)]=\sum_k\frac{k+1}q\,a_{k+1}(q)^2(c/q)^k.

For a polynomial σ the same walk with the degrees of its monomials gives the degrees of the
homogeneous polynomials in the feature space of the kernel on all of R^d.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from sympy import Expr, sympify

from ntksym.networks import Activation, Dense, Network, Residual
from ntksym.networks.layers import Layer, exact
from ntksym.theorems.activations import Shape, Undecided
from ntksym.theorems.activations.constants import positive
from ntksym.theorems.series.hermite import Variance, hermite_support, second_moment
from ntksym.theorems.series.supports import Support

Outer = Callable[[Shape, Variance], Support]


@dataclass(frozen=True)
class Level:
    """What is known after an affine layer, or of an activation."""

    name: str
    support: Support


@dataclass(frozen=True)
class State:
    """The variance, and the supports of the covariance and of the tangent kernel."""

    variance: Variance
    covariance: Support
    theta: Support

    def __or__(self, other: "State") -> "State":
        q = Variance(lambda: self.variance.value + other.variance.value)
        return State(q, self.covariance | other.covariance, self.theta | other.theta)


@dataclass
class Walk:
    """Goes through the layers and notes what it finds."""

    tangent: bool
    outer: Outer
    shapes: Mapping[Activation, Shape]
    levels: list[Level] = field(default_factory=list)
    depth: int = 0

    def through(self, layers: tuple[Layer, ...], at: State) -> State:
        for layer in layers:
            if isinstance(layer, Dense):
                at = self.dense(layer, at)
            elif isinstance(layer, Residual):
                at = at | self.through(layer.layers, at)
                self.note("sum of the branches", at)
            else:
                at = self.elementwise(self.shapes[layer.activation], at)
        return at

    def dense(self, layer: Dense, at: State) -> State:
        self.depth += 1
        w, b = (sympify(exact(value)) for value in (layer.w_std, layer.b_std))
        biased, nothing = positive(b, "b_std"), Support.of()
        constant = Support.of(0) if biased else nothing
        inside = constant if layer.bias_init == "gaussian" else nothing
        kept, theta = (at.covariance, at.theta) if positive(w, "w_std") else (nothing, nothing)
        before, level = at.variance, b**2 if layer.bias_init == "gaussian" else sympify(0)
        after = State(Variance(lambda: w**2 * before.value + level), kept | inside, nothing)
        if self.tangent:
            after = replace(after, theta=after.covariance | constant | theta)
        self.note(f"({self.depth})", after)
        return after

    def elementwise(self, shape: Shape, at: State) -> State:
        name = shape.activation.name
        if at.covariance.is_empty:
            raise Undecided(f"the variance before {name} is 0, as no weight or bias is random")
        if self.tangent and shape.jumps:
            raise Undecided(f"{name} jumps: its derivative has no square, so there is no kernel")
        if not shape.square_integrable:
            raise Undecided(f"{name} is not square integrable under every Gaussian law")
        own = self.outer(shape, at.variance)
        self.levels.append(Level(f"{name}", own))
        before = at.variance
        q = Variance(lambda: second_moment(shape, before.value))
        after = State(q, own.composed(at.covariance), Support.of())
        if not self.tangent:
            return after
        return replace(after, theta=lowered(own).composed(at.covariance) + at.theta)

    def note(self, name: str, at: State) -> None:
        self.levels.append(Level(rf"\Sigma^{{{name}}}", at.covariance))
        if self.tangent:
            self.levels.append(Level(rf"\Theta^{{{name}}}", at.theta))


def lowered(own: Support) -> Support:
    """The degrees of the derivative: k - 1 for each k > 0."""
    even, odd = (None if half is None else {k - 1 for k in half if k} for half in own.halves)
    return Support(
        None if odd is None else frozenset(odd), None if even is None else frozenset(even)
    )


def supports(
    network: Network, tangent: bool, shapes: Mapping[Activation, Shape], variance: Variance
) -> tuple[Support, tuple[Level, ...]]:
    """The support on the sphere x·x = n0 ``variance``, and how it came about."""
    return _end(Walk(tangent, hermite_support, shapes), network, variance)


def possible(network: Network, tangent: bool, variance: Expr) -> Support:
    """The support at an x·x/n0, or all degrees where it is not decided."""
    shapes = {activation: Shape(activation) for activation in network.activations}
    try:
        return supports(network, tangent, shapes, Variance(lambda: variance))[0]
    except Undecided:
        return Support(None, None)


def monomials(
    network: Network, tangent: bool, shapes: Mapping[Activation, Shape]
) -> tuple[Support, tuple[Level, ...]]:
    """Of polynomial activations: the degrees in the feature space on R^d."""
    walk = Walk(tangent, lambda shape, _: Support.of(*shape.monomials), shapes)
    return _end(walk, network, Variance(lambda: sympify(1)))


def _end(walk: Walk, network: Network, variance: Variance) -> tuple[Support, tuple[Level, ...]]:
    one = Support.of(1)
    end = walk.through(network.layers, State(variance, one, Support.of()))
    return end.theta if walk.tangent else end.covariance, tuple(walk.levels)
