"""The origin among the points: is K(0, 0) positive?"""

from dataclasses import dataclass

from ntksym.networks import Dense, Residual
from ntksym.networks.layers import Layer
from ntksym.theorems.activations import Shape, Undecided
from ntksym.theorems.argument import Line
from ntksym.theorems.case import Case

Known = bool | None
"""``None``: not decided, which does not matter where something positive is added."""


@dataclass(frozen=True)
class State:
    """Whether the variance at x = 0 and the tangent kernel there are positive."""

    variance: Known
    theta: Known


def positive(case: Case) -> bool:
    """Whether K(0, 0) > 0; raises :class:`Undecided`."""
    end = _through(case, case.kernel.network.layers, State(False, False))
    answer = end.theta if case.tangent else end.variance
    if answer is None:
        raise Undecided("whether K(0, 0) is positive is not known, as σ has a kink or a jump at 0")
    return answer


def line(case: Case) -> Line:
    """The last line of a proof on R^d, where K(0, 0) > 0."""
    letter = r"\Theta" if case.tangent else r"\Sigma"
    return Line(
        f"So ${letter}$ is strictly positive definite on $R^d$, the origin included.",
        f"A form that vanishes has the weight 0 at every other point, and ${letter}(0,0)>0$.",
    )


def _through(case: Case, layers: tuple[Layer, ...], at: State) -> State:
    for layer in layers:
        if isinstance(layer, Dense):
            variance = _either(at.variance, case.random_bias(layer))
            theta = _either(at.theta, variance, case.biased(layer))
            at = State(variance, theta)
        elif isinstance(layer, Residual):
            branch = _through(case, layer.layers, at)
            at = State(_either(at.variance, branch.variance), _either(at.theta, branch.theta))
        else:
            at = _elementwise(case.shapes[layer.activation], at)
    return at


def _elementwise(shape: Shape, at: State) -> State:
    if at.variance is None:
        return State(None, None if at.theta else at.theta)
    if at.variance:
        vanishes = shape.is_polynomial and not shape.monomials
        return State(not vanishes, None if at.theta is None else at.theta and not shape.is_constant)
    return State(
        None if shape.jumps else not shape.vanishes_at_zero, None if at.theta else at.theta
    )


def _either(*found: Known) -> Known:
    return True if True in found else None if None in found else False
