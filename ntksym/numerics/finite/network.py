"""A finite network: what a user holds of a draw of its parameters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ntksym.lowering.inputs import array, finite, real
from ntksym.lowering.modules import accepted
from ntksym.networks import Activation, Network
from ntksym.networks.layers import network_of
from ntksym.numerics.finite.draw import Parameters, Start, Weights, child, later, sequence
from ntksym.numerics.finite.passes import backward, forward, tangent
from ntksym.numerics.finite.plan import Affine, Plan, plan
from ntksym.numerics.finite.tangents import Progress, empirical

if TYPE_CHECKING:
    from ntksym.numerics.finite.job import Loss
    from ntksym.numerics.finite.linear import LinearisedNetwork
    from ntksym.numerics.finite.training import Training


@dataclass(frozen=True)
class FiniteNetwork:
    r"""A network of finite width with its parameters, in the NTK parametrisation [jacot2018]:

    .. math:: y=\frac{w}{\sqrt n}\,Wx+\beta\,b,\qquad W_{ij},b_i\sim N(0,1)

    for each affine layer of n inputs; b starts at 0 with ``bias_init="zero"``. Made by
    :func:`finite_width`. ``first`` is the first layer, or how it is drawn once the number of
    coordinates is known; ``rest`` the others.
    """

    plan: Plan
    dtype: np.dtype[Any]
    first: Start | Weights
    rest: Parameters

    def __call__(self, X: Any) -> np.ndarray:
        """Outputs f(x) of shape (n, outputs) for X of shape (n, d)."""
        x = self.points("X", X)
        return forward(self.plan.operations, self.parameters(x.shape[1]), x)[0]

    def parameters(self, inputs: int) -> Parameters:
        """(W, b) of each affine layer, for points of ``inputs`` coordinates. Not copied."""
        if isinstance(self.first, Start):
            return (self.first.weights(inputs), *self.rest)
        if inputs != self.first.weight.shape[1]:
            known = self.first.weight.shape[1]
            raise ValueError(f"X: expected {known} columns as in training, got {inputs}")
        return (self.first, *self.rest)

    def replace(self, parameters: Sequence[tuple[Any, Any]]) -> "FiniteNetwork":
        """The network with other parameters, as ``parameters`` and ``gradient`` give them."""
        held = [Weights(*(np.asarray(p, self.dtype) for p in pair)) for pair in parameters]
        inputs = held[0].weight.shape[-1] if held else 1
        expected = [(w.shape, b.shape) for w, b in self.parameters(inputs)]
        if (got := [(w.shape, b.shape) for w, b in held]) != expected:
            raise ValueError(f"parameters: expected shapes {expected}, got {got}")
        return replace(self, first=held[0], rest=tuple(held[1:]))

    def ntk(self, X: Any, Y: Any = None, *, progress: Progress | None = None) -> np.ndarray:
        r"""The empirical tangent kernel :math:`\sum_p\partial_pf(x)\,\partial_pf(x')`.

        Of shape (n, m) for one output; (n, m, k, k) for k, with limit K ⊗ Id. Without Y, Y is X.
        Time for width N, depth L: about 4(L - 2)N² operations a point and 4LN a pair; memory for
        the result and 0.5 GB. ``progress(done, total)`` follows the blocks.
        """
        x = self.points("X", X)
        y = None if Y is None else self.points("Y", Y)
        if y is not None and y.shape[1] != x.shape[1]:
            raise ValueError(f"Y: expected {x.shape[1]} columns as in X, got shape {y.shape}")
        found = empirical(self.plan.operations, self.parameters(x.shape[1]), x, y, progress)
        return found[:, :, 0, 0] if self.plan.outputs == 1 else found

    def gradient(self, X: Any, cotangents: Any) -> Parameters:
        r"""The derivative of :math:`\sum_{i,k}v_{ik}f_k(x_i)` by each parameter, v (n, outputs)."""
        x = self.points("X", X)
        v = self.targets("cotangents", cotangents, len(x))
        parameters = self.parameters(x.shape[1])
        found: list[Weights] = []

        def visit(_: int, layer: Affine, a: np.ndarray, delta: np.ndarray) -> None:
            flat = delta[:, 0]
            weight = flat.T @ a
            weight *= layer.scale(a.shape[1])
            found.append(Weights(weight, layer.b * flat.sum(0)))

        _, tape = forward(self.plan.operations, parameters, x)
        backward(self.plan.operations, parameters, tape, v[:, None], visit)
        return tuple(found[::-1])

    def jvp(self, X: Any, displacement: Parameters) -> np.ndarray:
        """The derivative of f(x) along a displacement of the parameters, shape (n, outputs)."""
        x = self.points("X", X)
        return tangent(self.plan.operations, self.parameters(x.shape[1]), displacement, x)[1]

    def linearised(self) -> "LinearisedNetwork":
        r""":math:`f(\theta_0)+\nabla f(\theta_0)\,(\theta-\theta_0)` at these parameters θ₀."""
        from ntksym.numerics.finite.linear import LinearisedNetwork

        return LinearisedNetwork(self)

    def train(
        self,
        X: Any,
        y: Any,
        steps: int,
        *,
        rate: float | None = None,
        test: Any = None,
        record: Sequence[int] | None = None,
        kernels: Sequence[int] = (),
        loss: "Loss | None" = None,
        progress: Progress | None = None,
    ) -> "Training":
        """Full-batch gradient descent; see :func:`ntksym.numerics.finite.training.train`."""
        from ntksym.numerics.finite.training import train

        return train(self, X, y, steps, rate, test, record, kernels, loss, progress)

    def points(self, name: str, value: Any) -> np.ndarray:
        """``value`` as points (n, d) in the network's dtype; an error names ``name``."""
        return array(name, value).astype(self.dtype)

    def targets(self, name: str, value: Any, count: int) -> np.ndarray:
        """``value`` as (n, outputs); (n,) is taken where there is one output."""
        values = real(name, value, f"({count}, {self.plan.outputs})")
        shape = count, self.plan.outputs
        if values.shape == shape[:1] and shape[1] == 1:
            values = values[:, None]
        if values.shape != shape:
            raise ValueError(f"{name}: expected shape {shape}, got shape {values.shape}")
        finite(name, values)
        return values.astype(self.dtype)


def finite_width(
    network: Network | Activation | str,
    width: int,
    *,
    seed: Any = 0,
    outputs: int = 1,
    dtype: Any = np.float64,
    **arguments: Any,
) -> FiniteNetwork:
    r"""A network whose hidden layers have ``width`` neurons, with random parameters.

    NTK parametrisation: each affine layer is :math:`\frac{w}{\sqrt n}Wx+\beta b` with weights and
    biases from N(0, 1) [jacot2018]. ``network`` is a Network, or an activation with the arguments
    of ``mlp``. ``seed`` is an integer or a ``numpy.random.SeedSequence``; ``dtype`` float64 or
    float32, with the same draw rounded. The first layer is drawn for as many coordinates as the
    points have. ``ValueError`` for a bad width, σ that jumps, or a network that does not end in a
    Dense.

    >>> net = finite_width("relu", 256, depth=3, seed=1)
    >>> X = np.array([[1.0, 2.0], [0.5, -1.0]])
    >>> net(X).shape, net.ntk(X).shape
    ((2, 1), (2, 2))
    >>> v = np.array([[1.0], [-2.0]])  # the kernel is that of the gradients
    >>> bool(np.allclose(net.jvp(X, net.gradient(X, v)), net.ntk(X) @ v))
    True
    """
    made = plan(network_of(accepted(network), arguments), width, outputs)
    kind = np.dtype(dtype)
    if kind not in (np.float64, np.float32):
        raise TypeError(f"dtype: expected float64 or float32, got {kind}")
    return drawn(made, sequence(seed), kind)


def drawn(plan: Plan, seed: np.random.SeedSequence, dtype: np.dtype[Any]) -> FiniteNetwork:
    """A network of a plan, whose activations are compiled once for all of its networks."""
    layers = [step for step in plan.operations if isinstance(step, Affine)]
    start = Start(layers[0], child(seed, 0), dtype)
    return FiniteNetwork(plan, dtype, start, later(layers, seed, dtype))
