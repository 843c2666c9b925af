"""``Kernel``: what a user holds. A network and its exits; everything is delegated."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ntksym.arguments import choice, instance
from ntksym.lowering.modules import accepted
from ntksym.networks import Activation, Network
from ntksym.networks.layers import network_of

if TYPE_CHECKING:
    from sympy import Expr

    from ntksym.calculus import Derivation
    from ntksym.lowering.derivatives.exits import Gradients
    from ntksym.lowering.pairs import Pairs, Progress
    from ntksym.lowering.tiles import Engine
    from ntksym.networks.dual import Dual
    from ntksym.networks.recursion import Recursion
    from ntksym.render import Document

    Told = Progress | None


@dataclass(frozen=True)
class Kernel:
    r"""The infinite-width kernel of a network.

    ``kind="ntk"``: the neural tangent kernel :math:`\Theta^{(L)}`; ``"nngp"``: the covariance
    :math:`\Sigma^{(L)}`. NTK parametrisation, input kernel x·x'/n0 [jacot2018].

    >>> import numpy as np
    >>> kernel = ntk("relu", depth=3, b_std=0.1)
    >>> X = np.array([[1.0, 2.0], [0.5, -1.0]])
    >>> bool(np.allclose(kernel(X), [[float(kernel.evaluate(x, y)) for y in X] for x in X]))
    True
    """

    network: Network
    kind: Literal["ntk", "nngp"]

    def __post_init__(self) -> None:
        choice("kind", self.kind, ("ntk", "nngp"))
        instance("network", self.network, Network)

    def __reduce__(self) -> Any:
        """Pickled by its definition: what was derived or compiled is found again when asked for."""
        return Kernel, (self.network, self.kind)

    def __call__(
        self, X: Any, Y: Any = None, *, dtype: Any = None, out: np.ndarray | None = None
    ) -> np.ndarray:
        """The Gram matrix K(X, Y) of shape (n, m) for X (n, d) and Y (m, d); K(X, X) without Y.

        ``dtype`` is float64 (default) or float32, computed in float32 too unless norms or the
        activation ask for more digits. The result is ``out``, or new memory: up to 512 MiB that of
        a matrix that was dropped. K(X, X) is exactly symmetric. ``ValueError`` for a wrong shape,
        NaN, infinity or K(x, x) beyond ``dtype``; ``TypeError`` for a dtype that is not real.
        """
        from ntksym.lowering.gram import gram

        return gram(self._engine, X, Y, dtype, out)

    def diag(self, X: Any) -> np.ndarray:
        """K(x, x) for each row of X, shape (n,)."""
        from ntksym.lowering.gram import diagonal

        return diagonal(self._engine, X)

    def matmul(self, X: Any, V: Any, Y: Any = None) -> np.ndarray:
        """K(X, Y) @ V without storing K: V is (m,) or (m, k), m the rows of Y (of X without Y)."""
        from ntksym.lowering.gram import product

        return product(self._engine, X, V, Y)

    def gradients(self, X: Any, Y: Any = None) -> "Gradients":
        r"""K(X, Y) with its derivatives by the hyperparameters, in one pass.

        A named tuple ``(value, w_std, b_std)`` of arrays (n, m): K, :math:`\partial K/\partial w`,
        :math:`\partial K/\partial\beta`, where each ``w_std`` w (``b_std`` β) of the network moves
        by the same amount. K is even in w and β: at 0 the derivative is 0. Raises as ``kernel(X)``
        does, and ``ValueError`` for an activation whose dual has Φ₂ (ELU, SELU).
        """
        from ntksym.lowering.derivatives.exits import gradients

        return gradients(self.network, self.kind == "ntk", X, Y)

    def input_gradient(self, X: Any, Y: Any = None, *, weights: Any = None) -> np.ndarray:
        r"""The derivative of K(x, y) by x, for each row x of X (n, d) and y of Y (m, d).

        Of shape (n, m, d). With ``weights`` v of shape (m,) the sum
        :math:`\sum_j v_j\,\partial K(x_i,y_j)/\partial x_i` of shape (n, d), without storing its
        terms: the gradient of a predictor. Without Y, Y is X. At a kink (ReLU at parallel points,
        x = y among them) it is the mean over opposite directions; at x = 0, the slope towards y.

        >>> kernel = ntk("relu", depth=2)  # homogeneous of degree 1 in x
        >>> x, y = np.array([[1.0, 2.0]]), np.array([[3.0, -1.0]])
        >>> np.allclose(kernel.input_gradient(x, y)[0, 0] @ x[0], kernel(x, y))
        True
        """
        from ntksym.lowering.derivatives.exits import input_gradient

        return input_gradient(self.network, self.kind == "ntk", X, Y, weights)

    def evaluate(self, x: Any, y: Any, digits: int = 50, *, progress: "Told" = None) -> Any:
        """K(x, y) to ``digits`` digits, as ``mpmath.mpf``; coordinates are taken as exact.

        For two points (d,) by mpmath, which shares no arithmetic with ``enclose``; for two arrays
        (n, d) a list, row i with row i, by Arb, as is a layer without closed form.
        ``progress(done, total)`` follows each pair. ``ValueError`` for bad arguments,
        ``ArithmeticError`` where the digits are not reached.
        """
        return self._pairs.evaluate(x, y, digits, progress)

    def enclose(self, x: Any, y: Any, bits: int = 128, *, progress: "Told" = None) -> Any:
        """A ``flint.arb`` that contains K(x, y), of relative radius at most 2**-bits.

        For two points, or a list for two arrays; arguments and errors as in ``evaluate``.
        """
        return self._pairs.enclose(x, y, bits, progress)

    def rounding(self, X: Any) -> float:
        """A proved e: each entry of K(X, X) is within e sqrt(K(x, x) K(y, y)) of the exact one.

        ``ValueError`` where there is no proof: σ not homogeneous of degree 1, sizes beyond 2**300.
        """
        from ntksym.lowering.errors.recursion import rounding

        return rounding(self._engine, X, self.kind == "ntk")

    def expression(self, largest: int = 50_000) -> "Expr":
        """The closed form in q1 = x·x/n0, q2 = x'·x'/n0 and c = x·x'/n0.

        ``ValueError`` beyond ``largest`` nodes: it doubles with each layer, ``recursion`` does not.
        """
        return self.recursion.expand(largest)

    def on_sphere(self, rho: Any = None, largest: int = 50_000) -> "Expr":
        """``expression`` at x·x = x'·x' = n0 as a function of the correlation of the points."""
        return self.recursion.on_sphere(rho, largest)

    @cached_property
    def recursion(self) -> "Recursion":
        """The kernel as named steps, at any depth."""
        from ntksym.networks.recursion import recursion

        return recursion(self.network, self._duals, self.kind == "ntk")

    @cached_property
    def derivation(self) -> "Derivation":
        """One layer of the recursion from the expectations to their closed forms."""
        from ntksym.networks.induction import induction

        return induction(self.network, self._duals, self.kind == "ntk")

    def document(self) -> "Document":
        """The article on the recursion: statement, one layer derived, the steps, references."""
        from ntksym.networks.induction import document

        return document(self.network, self.recursion, self.derivation, self.kind == "ntk")

    @cached_property
    def _duals(self) -> "dict[Activation, Dual]":
        from ntksym.networks.recursion import duals

        return duals(self.network)

    @cached_property
    def _engine(self) -> "Engine":
        from ntksym.lowering.gram import engine

        return engine(self.network, self.kind == "ntk")

    @cached_property
    def _pairs(self) -> "Pairs":
        from ntksym.lowering.pairs import pairs

        return pairs(self.network, self._duals, self.kind == "ntk")

    def _repr_latex_(self) -> str:
        from ntksym.render import latex

        return rf"$\displaystyle {latex(self.recursion.result)}$"


def ntk(network: Network | Activation | str, **arguments: Any) -> Kernel:
    """The neural tangent kernel of a network, or of the ``mlp`` of an activation.

    >>> ntk("relu", depth=2).kind
    'ntk'
    """
    return Kernel(network_of(accepted(network), arguments), "ntk")


def nngp(network: Network | Activation | str, **arguments: Any) -> Kernel:
    """The covariance of the network's outputs at initialisation, same arguments as :func:`ntk`."""
    return Kernel(network_of(accepted(network), arguments), "nngp")
