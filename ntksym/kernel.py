"""``Kernel``: what a user holds. A network and its exits; everything is delegated."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ntksym.networks import Activation, Network, mlp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flint import arb
    from mpmath import mpf
    from sympy import Expr

    from ntksym.calculus import Derivation
    from ntksym.lowering.pairs import Pairs
    from ntksym.lowering.tiles import Engine
    from ntksym.networks.dual import Dual
    from ntksym.networks.recursion import Recursion
    from ntksym.render import Document


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
        if self.kind not in ("ntk", "nngp"):
            raise ValueError(f"kind: expected 'ntk' or 'nngp', got {self.kind!r}")

    def __reduce__(self) -> Any:
        """Pickled by its definition: what was derived or compiled is found again when asked for."""
        return Kernel, (self.network, self.kind)

    def __call__(
        self, X: Any, Y: Any = None, *, dtype: Any = None, out: np.ndarray | None = None
    ) -> np.ndarray:
        """The Gram matrix K(X, Y) of shape (n, m) for X (n, d) and Y (m, d); K(X, X) without Y.

        ``dtype`` is float64 (default) or float32, computed in float32 too unless norms or the
        activation ask for more digits; ``out`` takes the result where it is given.
        K(X, X) is computed once per pair and exactly symmetric. Raises ``ValueError`` for a wrong
        shape, NaN or infinity, ``TypeError`` for a dtype that is not real.
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

    def evaluate(self, x: Any, y: Any, digits: int = 50) -> "mpf":
        """K(x, y) for two points of shape (d,), taken as exact, to ``digits`` digits by mpmath."""
        return self._pairs.evaluate(x, y, digits)

    def enclose(self, x: Any, y: Any, bits: int = 128) -> "arb":
        """An Arb ball that contains K(x, y), of relative radius at most 2**-bits."""
        return self._pairs.enclose(x, y, bits)

    def rounding(self, X: Any) -> float:
        """A proved bound e of the rounding errors of K(X, X) in float64, the inputs being exact.

        Each entry is within e sqrt(K(x, x) K(y, y)) of the exact K(x, y). ``ValueError`` where
        there is no proof: for activations that are not positively homogeneous of degree 1, and
        where a standard deviation, or its inverse, is beyond 2**300.
        """
        from ntksym.lowering.errors.recursion import rounding

        return rounding(self._engine, X, self.kind == "ntk")

    def enclosures(self, X: Any, bits: int = 128) -> "Iterator[list[arb]]":
        """The rows of K(X, X) up to the diagonal in balls, one after another.

        Computed with ``bits`` bits; what is left of them is what the balls say.
        """
        return self._pairs.balls(X, bits)

    def expression(self, largest: int = 50_000) -> "Expr":
        """The closed form in q1 = x·x/n0, q2 = x'·x'/n0 and c = x·x'/n0.

        Its size grows exponentially with the depth; ``ValueError`` says how large it would be
        where it has more than ``largest`` nodes. ``recursion`` never grows.
        """
        return self.recursion.expand(largest)

    def on_sphere(self, rho: Any = None, largest: int = 50_000) -> "Expr":
        """The kernel of two points with x·x = x'·x' = n0 as a function of their correlation.

        ``ValueError`` where it has more than ``largest`` nodes, as in :meth:`expression`.
        """
        from sympy import S, expand, sympify

        from ntksym import language

        value = language.rho if rho is None else sympify(rho)
        at = {language.q1: S.One, language.q2: S.One, language.c: value}
        return self.recursion.at(at, lambda expr: expand(expr, deep=False), largest)

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
    return Kernel(_network(network, arguments), "ntk")


def nngp(network: Network | Activation | str, **arguments: Any) -> Kernel:
    """The covariance of the network's outputs at initialisation, same arguments as :func:`ntk`."""
    return Kernel(_network(network, arguments), "nngp")


def _network(network: Network | Activation | str, arguments: dict[str, Any]) -> Network:
    if isinstance(network, Network):
        if arguments:
            names = ", ".join(arguments)
            raise TypeError(f"a Network has its parameters already, got {names} beside it")
        return network
    if "depth" not in arguments:
        raise TypeError(
            "depth: expected the number of affine layers beside an activation, got none"
        )
    return mlp(network, **arguments)
