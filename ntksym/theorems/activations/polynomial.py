r"""Is a formula, analytic on an interval, a polynomial there?

Some derivative of it is, as a rule, a rational function of z and of exponentials
:math:`X_j=e^{a_jz^k}` that are algebraically independent over :math:`\mathbb C(z)` (exponentials
of polynomials without constant term are, where these are linearly independent over
:math:`\mathbb Q`). In lowest terms it is a polynomial exactly where no :math:`X_j` and no
denominator is left. Else growth decides: where :math:`|g|\le C(1+|z|)^m` a polynomial would have
degree at most m, and a ball shows that the derivative of order m + 1 is not 0.
"""

from collections.abc import Iterator

from sympy import (
    Add,
    Dummy,
    Expr,
    I,
    Integral,
    Mul,
    Poly,
    PolynomialError,
    Rational,
    S,
    cancel,
    cos,
    cosh,
    exp,
    expand,
    fraction,
    ilcm,
    sin,
    sinh,
    tanh,
    together,
)  # fmt: skip

from ntksym.evaluate.integrals.majorants import majorant
from ntksym.language import z
from ntksym.theorems.activations.constants import Undecided, ball, vanishes

ORDERS = 8
"""So many derivatives are looked at."""
_HYPERBOLIC = sin, cos, sinh, cosh, tanh


def polynomial(formula: Expr, at: Expr) -> Poly | None:
    """The polynomial in z that ``formula`` is, ``None`` where it is none.

    ``at`` is a point of the interval. Raises :class:`Undecided`.

    >>> from sympy import log
    >>> polynomial((log(1 + exp(z)) - log(1 + exp(-z))) / 2, S.Zero)
    Poly(1/2*z, z, domain='QQ')
    >>> polynomial(exp(z) + exp(-z), S.Zero) is None
    True
    """
    chain = [formula]
    for _ in range(ORDERS):
        top = rational(chain[-1])
        if top is not None:
            return None if _transcends(top) else _raised(top, chain[:-1], at)
        chain.append(chain[-1].diff(z))
    if _outgrown(formula):
        return None
    raise Undecided(f"whether {formula} is a polynomial in z is not known")


def _transcends(top: Expr) -> bool:
    """Whether a function in lowest terms is no polynomial; its constants are looked at too."""
    names = sorted(top.atoms(Dummy), key=str)
    if not names:
        above, below = fraction(top)
        return bool(below.has(z)) and not vanishes(Poly(above, z).rem(Poly(below, z)).LC())
    place = {z: S(3), **{name: S(2 * k + 5) for k, name in enumerate(names)}}
    slopes = (abs(top.diff(name).subs(place).evalf(30)) for name in names)
    if any(slope > 1e-20 for slope in slopes):
        return True
    raise Undecided(f"whether {top} depends on {names} is not known")


def _raised(top: Expr, chain: list[Expr], at: Expr) -> Poly:
    """From a derivative back to the formula, constants read off at one point."""
    for lower in reversed(chain):
        primitive = Poly(top, z).integrate(z).as_expr()
        constant = lower.subs(z, at) - primitive.subs(z, at)
        top = primitive + (S.Zero if vanishes(constant) else constant)
    terms = Poly(top, z).terms()
    return Poly({m: a for m, a in terms if not vanishes(a)}, z)


def rational(expr: Expr) -> Expr | None:
    """The lowest terms in z and independent exponentials; ``None`` where it is not made of them."""
    expr = expand(expr)
    if expr.is_polynomial(z):
        return expr
    expr = expr.replace(lambda e: isinstance(e, _HYPERBOLIC), lambda e: e.rewrite(exp))
    expr = expr.replace(exp, lambda a: Mul(*(exp(t) for t in Add.make_args(expand(a)))))
    atoms = [e for e in expr.atoms(exp) if e.has(z)]
    if not all(e.args[0].is_polynomial(z) for e in atoms):
        return None
    names = dict(_names(atoms))
    expr = expr.xreplace(names)
    if not expr.is_rational_function(z, *names.values()):
        return None
    try:
        return cancel(together(expr))
    except PolynomialError:
        return None


def _names(atoms: list[Expr]) -> Iterator[tuple[Expr, Expr]]:
    """Each e^(a z^k) as a power of one variable for each class of commensurable a."""
    classes: list[tuple[int, Expr, list[tuple[Expr, Rational]]]] = []
    for atom in sorted(atoms, key=str):
        ((power,), a), *_ = Poly(atom.args[0], z).terms()
        for degree, unit, members in classes:
            ratio = a / unit
            if degree == power and ratio.is_Rational:
                members.append((atom, ratio))
                break
            if degree == power and ratio.is_rational is not False and not (ratio / I).is_Rational:
                raise Undecided(f"whether {ratio} is rational is not known")
        else:
            classes.append((power, a, [(atom, Rational(1))]))
    degrees = [degree for degree, _, _ in classes]
    if any(degrees.count(degree) > 2 for degree in degrees):
        raise Undecided("whether three rates of exponentials are independent is not known")
    for _, _, members in classes:
        name, common = Dummy("X"), ilcm(*(ratio.q for _, ratio in members), 1)
        yield from ((atom, name ** (ratio * common)) for atom, ratio in members)


def _outgrown(formula: Expr) -> bool:
    try:
        bound = majorant(formula, [z])
    except ValueError:
        return False
    if any(rate != 0 for rate in bound.rates.values()):
        return False
    high = formula.diff(z, bound.powers.get(z, 0) + 1)
    if high.has(Integral):
        return False
    values = (ball(high.subs(z, point)) for point in (S.One, S.Half, S(3)))
    return any(value is not None and not value.contains(0) for value in values)
