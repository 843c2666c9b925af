"""``GaussianExpectation``: an expectation that never evaluates itself."""

from collections.abc import Iterator
from typing import Any

from sympy import Derivative, Expr, Integral, Matrix, preorder_traversal, sympify
from sympy.printing.printer import Printer

from ntksym.language.symbols import q1, q2, u, v


class GaussianExpectation(Expr):
    r"""E[f(u, v)] for a centred Gaussian pair, or E[f(u)] for a single variable.

    .. math:: \mathbb E_{q_1,q_2,c}[f(u,v)],\quad
        (u,v)\sim\mathcal N\Bigl(0,\begin{pmatrix}q_1&c\\c&q_2\end{pmatrix}\Bigr),
        \qquad \mathbb E_{q}[f(u)],\quad u\sim\mathcal N(0,q).

    ``u`` and ``v`` are bound. The object is inert: rules rewrite it, it never rewrites itself.

    >>> from sympy import erf
    >>> from ntksym.language import c
    >>> GaussianExpectation(erf(u) * erf(v), q1, q2, c).law
    (q_1, q_2, c)
    """

    is_commutative = True
    is_real = True

    def __new__(cls, integrand: Any, *law: Any) -> "GaussianExpectation":
        if len(law) not in (1, 3):
            raise TypeError(f"law: expected q, or q1, q2, c; got {len(law)} entries: {law}")
        return Expr.__new__(cls, sympify(integrand), *map(sympify, law))

    @property
    def integrand(self) -> Expr:
        return self.args[0]

    @property
    def law(self) -> tuple[Expr, ...]:
        """(q1, q2, c) of a pair, or (q,) of a single variable."""
        return self.args[1:]

    @property
    def covariance(self) -> Matrix:
        """The law as a matrix, of size 1 or 2."""
        if len(self.law) == 1:
            return Matrix([self.law])
        a, b, mixed = self.law
        return Matrix([[a, mixed], [mixed, b]])

    @property
    def bound_symbols(self) -> list[Expr]:
        return [u, v][: 1 if len(self.law) == 1 else 2]

    @property
    def free_symbols(self) -> set[Any]:
        return (self.integrand.free_symbols - {u, v}).union(*(x.free_symbols for x in self.law))

    def under(self, *law: Any) -> "GaussianExpectation":
        """The same integrand under another law."""
        return GaussianExpectation(self.integrand, *law)

    def of(self, integrand: Expr) -> "GaussianExpectation":
        """Another integrand under the same law."""
        return GaussianExpectation(integrand, *self.law)

    def _eval_subs(self, old: Expr, new: Expr) -> Expr | None:
        return self if old.free_symbols & {u, v} else None

    def _eval_derivative(self, symbol: Expr) -> Expr:
        return Derivative(self, symbol, evaluate=False)

    def _latex(self, printer: Printer, **_: Any) -> str:
        q1_, q2_, c_ = self.law if len(self.law) == 3 else (self.law[0], None, None)
        shown = [c_] if (q1_, q2_) == (q1, q2) else [x for x in (q1_, q2_, c_) if x is not None]
        index = ",".join(printer.doprint(x) for x in shown)
        return rf"\mathbb{{E}}_{{{index}}}\left[{printer.doprint(self.integrand)}\right]"

    def _sympystr(self, printer: Printer) -> str:
        return f"E[{printer.doprint(self.integrand)}; {', '.join(map(printer.doprint, self.law))}]"


def expectations(expr: Expr) -> Iterator[GaussianExpectation]:
    """The expectations in ``expr``, each once, in the order of reading."""
    seen = set()
    for node in preorder_traversal(expr):
        if isinstance(node, GaussianExpectation) and node not in seen:
            seen.add(node)
            yield node


def inert(expr: Expr) -> bool:
    """Whether something in ``expr`` still waits for a rule: an expectation or an integral."""
    return expr.has(GaussianExpectation, Integral)
