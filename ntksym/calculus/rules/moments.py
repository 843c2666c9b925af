"""Moments of a Gaussian pair: the formula of Isserlis."""

from math import factorial

from sympy import Add, Expr, Integer, Poly, S

from ntksym.calculus.derivation import Node, Rewrite, Rule
from ntksym.language import GaussianExpectation, c, q, q1, q2, u, v


def _moments(node: Node) -> Rewrite | None:
    if not isinstance(node, GaussianExpectation) or not node.integrand.has(u, v):
        return None
    if not node.integrand.is_polynomial(*node.bound_symbols):
        return None
    terms = Poly(node.integrand, *node.bound_symbols).terms()
    return Rewrite(Add(*(k * _moment(node.law, *powers) for powers, k in terms)))


def _moment(law: tuple[Expr, ...], m: int, n: int = 0) -> Expr:
    """Every way to pair m factors u and n factors v: j mixed pairs, the others among themselves."""
    first, second, mixed = (*law, S.One, S.One)[:3]
    total = S.Zero
    for j in range(min(m, n), -1, -2):
        if (m - j) % 2 == 0 and (n - j) % 2 == 0:
            a, b = (m - j) // 2, (n - j) // 2
            ways = Integer(factorial(m) * factorial(n))
            ways /= factorial(j) * factorial(a) * factorial(b) * 2 ** (a + b)
            total += ways * mixed**j * first**a * second**b
    return total


RULES = (
    Rule(
        name="Isserlis",
        statement=r"\mathbb E_{q_1,q_2,c}[u^mv^n]=\sum_{j+2a=m,\;j+2b=n}"
        r"\frac{m!\,n!}{j!\,a!\,b!\,2^{a+b}}\,c^j\,q_1^a\,q_2^b",
        where="$m$ and $n$ natural numbers; one variable alike ($n=0$)",
        reference="isserlis1918",
        rewrite=_moments,
        probes=(
            GaussianExpectation(u**3 * v**5, q1, q2, c),
            GaussianExpectation((u**2 - 1) * (v**4 + 3 * v), q1, q2, c),
            GaussianExpectation(3 * u**6 + u, q),
        ),
        order=45,
    ),
)
