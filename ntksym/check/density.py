"""The density of a Gaussian law: the definition that every witness starts from."""

from sympy import Abs, Add, DiracDelta, Expr, Mul, exp, expand, pi, sqrt

from ntksym.language import GaussianExpectation, u, v


def density(node: GaussianExpectation) -> Expr:
    """The density of the law, as an expression in u and v."""
    if len(node.law) == 1:
        ((x,), (q,)) = node.bound_symbols, node.law
        return exp(-(x**2) / (2 * q)) / sqrt(2 * pi * q)
    (x, y), (qx, qy, k) = node.bound_symbols, node.law
    minor = qx * qy - k**2
    return exp(-(qy * x**2 - 2 * k * x * y + qx * y**2) / (2 * minor)) / (2 * pi * sqrt(minor))


def without_masses(node: GaussianExpectation) -> Expr:
    """Each delta(x - a) puts a for x and ends dx: that is the definition of the mass.

    What is left of a pair is an expectation under the law of the other variable, whose density is
    divided out.
    """
    if not node.integrand.has(DiracDelta):
        return node
    terms = Add.make_args(expand(node.integrand, power_exp=False))
    return Add(*(_term(node.of(term)) for term in terms))


def _term(node: GaussianExpectation) -> Expr:
    delta = next((f for f in Mul.make_args(node.integrand) if isinstance(f, DiracDelta)), None)
    if delta is None:
        return node
    x, a, scale = point(delta)
    rest = (node.integrand / delta).subs(x, a) / scale
    if len(node.law) == 1:
        return rest * density(node).subs(x, a)
    qx, qy, k = node.law if x == u else (node.law[1], node.law[0], node.law[2])
    y = v if x == u else u
    spread = qy * (qx * qy - k**2)
    given = exp(expand(-((qy * a - k * y) ** 2) / (2 * spread)))
    factor = qy / sqrt(2 * pi * spread)
    return factor * without_masses(GaussianExpectation((rest * given).subs(y, u), qy))


def point(delta: DiracDelta) -> tuple[Expr, Expr, Expr]:
    """``(x, a, k)`` with delta(k (x - a)), which is delta(x - a) / |k|; |k| is returned."""
    argument = delta.args[0]
    for x in (u, v):
        slope, level = argument.diff(x), argument.subs(x, 0)
        if slope != 0 and not slope.has(u, v) and not level.has(u, v):
            return x, -level / slope, Abs(slope)
    raise ValueError(f"not a mass at a point of one variable: {delta}")
