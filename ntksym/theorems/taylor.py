r"""Off the sphere without a Gaussian bias: the powers of σ at 0.

If :math:`\sigma(z)=\sum_ns_nz^n` near 0 and :math:`\sum_ic_i\sigma(\xi\cdot x_i)=0` for almost
every ξ, then :math:`\sum_ic_i(\xi\cdot x_i)^n=0` for every ξ and each n with :math:`s_n\ne0`. For
a ξ that tells the points apart up to their sign, the largest :math:`|\xi\cdot x_i|` decides as n
grows: along even n the weights of an antipodal pair add to 0, along odd n they are equal.
"""

from flint import acb, arb

from ntksym.evaluate import Balls, precision, record
from ntksym.evaluate.integrals.line.plain import plain
from ntksym.language import z
from ntksym.networks import Dense
from ntksym.theorems.activations import Shape, Undecided
from ntksym.theorems.activations.cells import cells, folded
from ntksym.theorems.activations.polynomial import polynomial
from ntksym.theorems.argument import Line
from ntksym.theorems.case import Case

NEAR = 2.0**-20


def proof(case: Case) -> tuple[Line, ...] | None:
    """That the kernel is strictly positive definite on R^d, if these powers show it."""
    first, *others = case.order
    try:
        if not (case.plain and case.weighted and all_powers(first)):
            return None
        if any(shape.is_constant for shape in others):
            return None
        end = _last(case)
    except Undecided:
        return None
    return None if end is None else (_powers(first), _independence(), _layers(), *end)


def all_powers(shape: Shape) -> bool:
    """Whether σ is analytic at 0 with infinitely many even and odd powers there."""
    around = [cell for cell in cells(shape.expr) if cell.start < 0 < cell.end]
    if not around:
        return False
    with precision(64):
        tape = record([plain(around[0].formula)], [z], Balls())
        if not tape(acb(arb(0, NEAR), arb(0, NEAR)))[0].is_finite():
            return False
    return all(polynomial(part.formula, part.start) is None for part in folded(shape.expr)[0])


def _last(case: Case) -> tuple[Line, ...] | None:
    """What settles the origin; ``None`` where nothing does."""
    over = (
        Line(r"So is $\Theta$.", r"$\Theta=\Sigma+$ a positive semidefinite kernel.", "jacot2018"),
    )
    if not case.order[0].vanishes_at_zero:
        why = r"There $\sigma(\xi\cdot0)=\sigma(0)\ne0$, and the power n = 0 leaves its weight 0."
        return (Line("The origin may be one of the points.", why), *(over if case.tangent else ()))
    silent = not any(case.random_bias(layer) for layer in case.dense)
    ends = isinstance(case.kernel.network.layers[-1], Dense) and case.biased(case.dense[-1])
    if case.tangent and silent and ends and all(shape.vanishes_at_zero for shape in case.order):
        return (
            Line(
                r"$\Theta$ is strictly positive definite, the origin included.",
                r"$\Theta=\Sigma+\beta^2+$ a positive semidefinite kernel. As $\sigma(0)=0$ and no "
                r"bias is random, $\Sigma(0,x)=0$: a form that vanishes has weight 0 at the other "
                r"points by $\Sigma$, and then at the origin by $\beta^2$.",
                "jacot2018",
            ),
        )
    return None


def _powers(shape: Shape) -> Line:
    return Line(
        f"{shape.activation.name} has infinitely many even and infinitely many odd powers at 0.",
        "It is analytic there, and neither its even nor its odd part is a polynomial near 0.",
    )


def _independence() -> Line:
    return Line(
        r"$\mathbb E[\sigma(u_i)\sigma(u_j)]$ is strictly positive definite on distinct $x_i\ne0$.",
        r"Else $\sum_ic_i\sigma(\xi\cdot x_i)=0$ near $\xi=0$, so that "
        r"$\sum_ic_i(\xi\cdot x_i)^n=0$ for each of these n. Take a $\xi$ for which "
        r"$|\xi\cdot x_i|$ agree for antipodal pairs only, and divide by the largest: "
        r"along even $n\to\infty$ the weights of such a pair have "
        r"the sum 0, along odd ones the difference 0. So both are 0; then the next largest.",
    )


def _layers() -> Line:
    return Line(
        r"So it remains after every further layer.",
        r"Where the Gaussian vector $u$ has a density, $\sum_ic_i\sigma(u_i)=0$ almost surely "
        r"makes $\sigma$ constant or every $c_i=0$; a constant $\beta^2$ takes nothing away.",
    )
