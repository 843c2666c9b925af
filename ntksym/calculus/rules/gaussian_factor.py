"""A Gaussian factor in the integrand makes another Gaussian law and a determinant."""

from sympy import Add, Expr, Matrix, Mul, Poly, exp, expand, eye, factor, sqrt

from ntksym.calculus.derivation import Node, Rewrite, Rule
from ntksym.language import GaussianExpectation, c, q, q1, q2, u, v


def exponential(integrand: Expr) -> tuple[Expr, Expr]:
    """``(x, rest)`` with integrand = exp(x) rest and no exponential as a factor of ``rest``."""
    factors = Mul.make_args(integrand)
    exponent = expand(Add(*(f.args[0] for f in factors if isinstance(f, exp))))
    return exponent, Mul(*(f for f in factors if not isinstance(f, exp)))


def _quadratic(exponent: Expr, symbols: tuple[Expr, ...]) -> Matrix | None:
    """``A`` with exponent = -x'Ax/2, where A is positive semi-definite; else ``None``."""
    form = Matrix(len(symbols), len(symbols), lambda i, j: -exponent.diff(symbols[i], symbols[j]))
    return form if form.is_positive_semidefinite else None


def _factor(node: Node) -> Rewrite | None:
    if not isinstance(node, GaussianExpectation):
        return None
    symbols = tuple(node.bound_symbols)
    exponent, rest = exponential(node.integrand)
    if not exponent.is_polynomial(*symbols):
        return None
    terms = Add.make_args(exponent)
    square = Add(*(t for t in terms if Poly(t, *symbols).total_degree() == 2))
    form = _quadratic(square, symbols) if square != 0 else None
    if form is None or Poly(exponent, *symbols).total_degree() > 2:
        return None
    rest *= exp(exponent - square)
    change = eye(len(symbols)) + node.covariance * form
    determinant = factor(change.det())
    if not rest.has(*symbols):
        return Rewrite(rest / sqrt(determinant))
    new = (change.adjugate() * node.covariance).applyfunc(lambda x: factor(x) / determinant)
    tilted = (new[0],) if len(symbols) == 1 else (new[0, 0], new[1, 1], new[0, 1])
    return Rewrite(GaussianExpectation(rest, *tilted) / sqrt(determinant))


RULES = (
    Rule(
        name="Gaussian factor",
        statement=r"\mathbb E_{\Lambda}\bigl[e^{-x^{\top}Ax/2}f(x)\bigr]="
        r"\det(I+\Lambda A)^{-1/2}\;\mathbb E_{(\Lambda^{-1}+A)^{-1}}[f(x)]",
        where=r"$A$ symmetric and positive semi-definite, $x=(u,v)$ or $x=u$",
        reference="williams1997",
        rewrite=_factor,
        probes=(
            GaussianExpectation(exp(-(u**2)), q),
            GaussianExpectation(exp(-(u**2) - v**2), q1, q2, c),
            GaussianExpectation(u * v * exp(-(u**2) / 2 - v**2), q1, q2, c),
        ),
        order=60,
    ),
)
