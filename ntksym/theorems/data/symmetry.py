r"""Symmetries of a network that hold for all its parameters, and so for its kernels.

If :math:`f_\theta(-x)=\pm f_\theta(x)` for every θ, then :math:`K(-x,y)=\pm K(x,y)`; if
:math:`f_\theta(tx)=tf_\theta(x)` for t > 0, then :math:`K(tx,y)=tK(x,y)`; if f is affine in x, then
:math:`K(x,y)=Ax\cdot y+B`. Each is decided from the layers, never by sampling.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ntksym.networks import Activation, Dense, Elementwise, Network, Residual
from ntksym.networks.layers import Layer, exact

if TYPE_CHECKING:
    from sympy import Expr

ODD, EVEN, NEITHER = -1, 1, 0


@dataclass(frozen=True)
class Symmetry:
    """``parity`` of f, whether it is positively homogeneous of degree 1, and whether affine."""

    parity: int = ODD
    homogeneous: bool = True
    affine: bool = True
    biased: bool = False

    def joined(self, other: "Symmetry") -> "Symmetry":
        """Of the sum."""
        return Symmetry(
            self.parity if self.parity == other.parity else NEITHER,
            self.homogeneous and other.homogeneous,
            self.affine and other.affine,
            self.biased or other.biased,
        )


def symmetry(network: Network, trained: bool) -> Symmetry:
    """The symmetries of a network; a bias that starts at 0 counts where it is ``trained``."""
    return _through(network.layers, Symmetry(), trained)


def _through(layers: tuple[Layer, ...], state: Symmetry, trained: bool) -> Symmetry:
    for layer in layers:
        if isinstance(layer, Dense):
            counts = trained or layer.bias_init == "gaussian"
            if counts and exact(layer.b_std) != 0:
                parity = EVEN if state.parity == EVEN else NEITHER
                state = Symmetry(parity, False, state.affine, True)
        elif isinstance(layer, Elementwise):
            state = _behind(state, layer.activation)
        elif isinstance(layer, Residual):
            state = state.joined(_through(layer.layers, state, trained))
    return state


def _behind(state: Symmetry, of: Activation) -> Symmetry:
    parity, rays = parity_of(of), slopes(of)
    return Symmetry(
        state.parity if state.parity != ODD else parity,
        state.homogeneous and rays is not None,
        state.affine and rays is not None and rays[0] == rays[1],
        state.biased,
    )


def parity_of(of: Activation) -> int:
    """Whether σ(-z) is σ(z), -σ(z) or neither, for z > 0."""
    right, left = _sides(of)
    if (right - left).expand() == 0:
        return EVEN
    return ODD if (right + left).expand() == 0 else NEITHER


def slopes(of: Activation) -> "tuple[Expr, Expr] | None":
    """(a, b) where σ(z) = az for z > 0 and bz for z < 0; None otherwise."""
    from sympy import Symbol, cancel

    p = Symbol("p", positive=True)
    right, left = _sides(of)
    a, b = cancel(right / p), cancel(-left / p)
    return None if a.has(p) or b.has(p) else (a, b)


def _sides(of: Activation) -> "tuple[Expr, Expr]":
    from sympy import Symbol

    from ntksym.language import z

    p = Symbol("p", positive=True)
    return of.expr.subs(z, p).doit(), of.expr.subs(z, -p).doit()
