"""Sines and cosines: products become sums, and a single wave has the characteristic function."""

from sympy import Add, Expr, Mul, Poly, Pow, cos, exp, sin
from sympy.simplify.fu import TR8

from ntksym.calculus.derivation import Node, Rewrite, Rule
from ntksym.language import GaussianExpectation, c, q, q1, q2, u, v


def _sums(node: Node) -> Rewrite | None:
    """Product to sum, factor by factor of other kinds."""
    if not isinstance(node, GaussianExpectation):
        return None
    waves = [f for f in Mul.make_args(node.integrand) if _is_wave(f)]
    if len(waves) < 2 and not any(isinstance(f, Pow) for f in waves):
        return None
    others = Mul(*(f for f in Mul.make_args(node.integrand) if not _is_wave(f)))
    return Rewrite(node.of((others * TR8(Mul(*waves)).expand()).expand(power_exp=False)))


def _is_wave(factor: Expr) -> bool:
    base = factor.base if isinstance(factor, Pow) and factor.exp.is_Integer else factor
    return isinstance(base, sin | cos)


def _wave(node: Node) -> Rewrite | None:
    if not isinstance(node, GaussianExpectation) or not isinstance(node.integrand, sin | cos):
        return None
    x, phase = node.bound_symbols, node.integrand.args[0].expand()
    if not phase.is_polynomial(*x) or Poly(phase, *x).total_degree() != 1:
        return None
    rates = [phase.coeff(y) for y in x]
    squares = [r**2 * k for r, k in zip(rates, node.law, strict=False)]
    if len(x) == 2:
        squares.append(2 * rates[0] * rates[1] * node.law[2])
    return Rewrite(node.integrand.func(phase.subs(dict.fromkeys(x, 0))) * exp(-Add(*squares) / 2))


RULES = (
    Rule(
        name="product to sum",
        statement=r"2\sin x\sin y=\cos(x-y)-\cos(x+y),\quad 2\cos x\cos y=\cos(x-y)+\cos(x+y),"
        r"\quad 2\sin x\cos y=\sin(x+y)+\sin(x-y)",
        where="always",
        reference="gradshteyn",
        rewrite=_sums,
        probes=(
            GaussianExpectation(sin(u) * sin(v), q1, q2, c),
            GaussianExpectation(u * cos(2 * u) ** 2, q),
        ),
        order=73,
    ),
    Rule(
        name="characteristic function",
        statement=r"\mathbb E[\cos(\alpha u+\beta v+\gamma)]=\cos(\gamma)\,"
        r"e^{-(\alpha^2q_1+2\alpha\beta c+\beta^2q_2)/2},\qquad\text{the same for }\sin",
        where="always; one variable alike",
        reference="billingsley1995",
        rewrite=_wave,
        probes=(
            GaussianExpectation(cos(u - 2 * v + 1), q1, q2, c),
            GaussianExpectation(sin(u / 2 + 1), q),
        ),
        order=74,
    ),
)
