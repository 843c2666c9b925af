"""The hypotheses that theorems share, decided from expressions and layers."""

from collections.abc import Callable

from ntksym.theorems.activations import Shape, Undecided
from ntksym.theorems.case import Case
from ntksym.theorems.series.hermite import Variance
from ntksym.theorems.series.layers import supports
from ntksym.theorems.series.supports import Support
from ntksym.theorems.theorem import Hypothesis


def _each(fact: Callable[[Shape], bool]) -> Callable[[Case], bool]:
    """Of every activation. One that fails decides, whatever is not known of the others."""

    def holds(case: Case) -> bool:
        doubts = []
        for shape in case.shapes.values():
            try:
                if not fact(shape):
                    return False
            except Undecided as doubt:
                doubts.append(doubt)
        if doubts:
            raise doubts[0]
        return True

    return holds


def _odd(shape: Shape) -> bool:
    even, _ = shape.parts
    return even is not None and even.is_zero


def _even(shape: Shape) -> bool:
    _, odd = shape.parts
    return odd is not None and odd.is_zero


def _parity(parity: int) -> Callable[[Case], bool]:
    return lambda case: _series(case).halves[parity] is None


def _series(case: Case) -> Support:
    network, variance = case.kernel.network, case.square / case.d
    return supports(network, case.tangent, case.shapes, Variance(lambda: variance))[0]


def depth(least: int, most: int | None = None) -> Hypothesis:
    """At least, or exactly, so many affine layers."""
    said = f"= {least}" if most == least else f"≥ {least}"

    def holds(case: Case) -> bool:
        return least <= case.kernel.network.depth <= (most or case.kernel.network.depth)

    return Hypothesis(f"the depth is L {said}", holds)


LIPSCHITZ = Hypothesis(r"$\sigma$ is Lipschitz", _each(lambda shape: shape.lipschitz))
SMOOTH = Hypothesis(
    r"$\sigma$ is twice differentiable with a bounded second derivative",
    _each(lambda shape: shape.smooth),
)
NON_POLYNOMIAL = Hypothesis(
    r"$\sigma$ is no polynomial", _each(lambda shape: not shape.is_polynomial)
)
SQUARE_INTEGRABLE = Hypothesis(
    r"$\sigma$, and for a tangent kernel $\sigma'$, are square integrable under every Gaussian law",
    lambda case: _each(
        lambda shape: not (case.tangent and shape.jumps) and shape.square_integrable
    )(case),
)
EVEN_PART = Hypothesis(
    r"the even part of $\sigma$ is no polynomial", _each(lambda shape: shape.parts[0] is None)
)
ODD_PART = Hypothesis(
    r"the odd part of $\sigma$ is no polynomial", _each(lambda shape: shape.parts[1] is None)
)
ONE_PARITY = Hypothesis(
    r"every $\sigma$ is odd, or every $\sigma$ is even, almost everywhere",
    lambda case: _each(_odd)(case) or _each(_even)(case),
)
PLAIN = Hypothesis("the network is fully connected, without residual blocks", lambda c: c.plain)
WEIGHTS = Hypothesis("every w is positive", lambda case: case.weighted)
RANDOM_BIAS = Hypothesis(
    r"every layer has a bias that starts Gaussian, with $\beta>0$",
    lambda case: all(case.random_bias(layer) for layer in case.dense),
)
FIRST_RANDOM_BIAS_OR_GENERAL = Hypothesis(
    r"the first layer has a bias that starts Gaussian, with $\beta>0$, or no two inputs are "
    r"proportional",
    lambda case: case.random_bias(case.dense[0]) or case.domain == "R^d without proportional pairs",
)
NO_BIAS = Hypothesis(
    "there is no bias", lambda case: not any(case.biased(layer) for layer in case.dense)
)
GAUSSIAN_START = Hypothesis(
    "all weights and biases start as independent standard normal numbers",
    lambda case: all(x.bias_init == "gaussian" or not case.biased(x) for x in case.dense),
)
TANGENT = Hypothesis("the kernel is the tangent kernel", lambda case: case.tangent)
COVARIANCE = Hypothesis("the kernel is the covariance", lambda case: not case.tangent)
ON_SPHERE = Hypothesis("the inputs are on a sphere", lambda case: case.spherical)
ANTIPODES = Hypothesis(
    "the inputs are those of a sphere, antipodes among them", lambda case: case.domain == "sphere"
)
OFF_SPHERE = Hypothesis(r"the inputs are in $R^d$", lambda case: not case.spherical)
EVENS = Hypothesis("infinitely many even degrees have a positive coefficient", _parity(0))
ODDS = Hypothesis("infinitely many odd degrees have a positive coefficient", _parity(1))
