"""Arb's part of ``verify``: Hermite coefficients by integration, quadratic forms in balls."""

from fractions import Fraction

from flint import arb
from sympy import Expr, Rational

from ntksym.evaluate import Balls, precision, record
from ntksym.evaluate.integrals.hermite import expand
from ntksym.evaluate.integrals.line.halfline import Integrands, Scaled
from ntksym.kernel import Kernel
from ntksym.language import z
from ntksym.networks import Activation
from ntksym.theorems.activations import Shape
from ntksym.theorems.witnesses.circle import BITS, on_circle
from ntksym.theorems.witnesses.multiples import at_multiples
from ntksym.theorems.witnesses.witness import MIRRORED, Witness

ORDER = 24
TOLERANCE = 1e-20
NARROW = 2.0**-40


def coefficients(activation: Activation) -> tuple[arb, ...]:
    """The first Hermite coefficients at variance 1, by rigorous integration of σ."""
    function = Scaled(activation.expr, z, Fraction(1))
    found = expand(Integrands((function,), 1, (), ORDER), TOLERANCE)
    return tuple(row[0] for row in found.coefficients)


def coefficients_fit(activation: Activation) -> bool:
    """Above the degree of a polynomial part they may be 0; of another one, one is seen not to be.

    It sees only finitely many: a witness against a wrong parity, no proof of a right one.
    """
    values = coefficients(activation)
    for parity, part in enumerate(Shape(activation).parts):
        top = -1 if part is None or part.is_zero else part.degree()
        beyond = [h for k, h in enumerate(values) if k % 2 == parity and k > max(top, 1)]
        if part is not None and not all(h.contains(0) for h in beyond):
            return False
        if part is not None and 0 <= top <= ORDER and values[top].contains(0):
            return False
        if part is None and all(h.contains(0) for h in beyond):
            return False
    return True


def form_vanishes(kernel: Kernel, witness: Witness) -> bool:
    """The quadratic form in balls: it holds 0, and is narrow beside its terms."""
    value, size = form(kernel, witness)
    return bool(value.contains(0)) and bool(value.rad() <= NARROW * size.abs_lower() + 1e-300)


def form(kernel: Kernel, witness: Witness) -> tuple[arb, arb]:
    """(the sum of c_i c_j K(x_i, x_j), the sum of the sizes of its terms)."""
    entries: dict[tuple[Rational, ...], arb] = {}
    indices = range(len(witness.points))
    with precision(BITS):
        weights = [record([w], (), Balls())()[0] for w in witness.weights]
    total = size = arb(0)
    for i in indices:
        for j in indices:
            key = _key(witness, i, j)
            if key not in entries:
                entries[key] = _entry(kernel, witness, i, j)
            with precision(BITS):
                term = weights[i] * weights[j] * entries[key]
                total, size = total + term, size + abs(term)
    return total, size


def _key(witness: Witness, i: int, j: int) -> tuple[Rational, ...]:
    if witness.angles is None:
        return Rational(min(i, j)), Rational(max(i, j))
    apart = abs(witness.angles[i] - witness.angles[j]) % 2
    return (min(apart, 2 - apart),)


def _entry(kernel: Kernel, witness: Witness, i: int, j: int) -> arb:
    """On a circle the angle is exact; multiples of one point are one integral, as σ may have no
    closed form; other rational points go through ``kernel.enclose``."""
    if witness.angles is not None:
        return on_circle(kernel, witness.variance, _key(witness, i, j)[0])
    if witness.name == MIRRORED:
        s, t = (witness.points[k][0] for k in (i, j))
        return at_multiples(kernel, s, t, Rational(1, len(witness.points[i])))
    x, y = (_fractions(witness.points[k]) for k in (i, j))
    if not any(x) and not any(y):
        return on_circle(kernel, Rational(0), Rational(0))
    return kernel.enclose(x, y, bits=BITS)


def _fractions(point: tuple[Expr, ...]) -> list[Fraction]:
    return [Fraction(int(x.p), int(x.q)) for x in point]
