"""The functional derivative: the linear term of E[f + εφ], represented by an element."""

from dataclasses import dataclass
from typing import Literal

from sympy import Add, Expr, Mul, S, Sum, expand

from ntksym.calculus.derivation import Derivation
from ntksym.calculus.functional.rules import (
    BILINEARITY,
    COMPOSITION,
    LINEAR_TERM,
    REPRODUCING,
    RIESZ,
    Line,
    chain,
)
from ntksym.language.functions import (
    Functional,
    InnerProduct,
    InputExpectation,
    ReproducingKernel,
    Variation,
    eps,
    f,
    here,
    varphi,
)

Space = Literal["rkhs", "L2"]


@dataclass(frozen=True)
class FunctionalDerivative:
    """``gradient`` is δE/δf as an element in ``here``; ``derivation`` shows it line by line."""

    functional: Expr
    gradient: Expr
    derivation: Derivation


def functional_derivative(
    functional: Expr, space: Space = "rkhs", title: str = "The functional derivative"
) -> FunctionalDerivative:
    r"""δE/δf for a functional E[f] written with ``f``, by the linear term of E[f + εφ].

    .. math:: \frac{d}{d\varepsilon}E[f+\varepsilon\varphi]\Big|_{\varepsilon=0}
        = \Bigl\langle\frac{\delta E}{\delta f},\varphi\Bigr\rangle

    in the space of the reproducing kernel K (``"rkhs"``), or in L²(p) (``"L2"``), where E has to
    be one expectation over the inputs. ``functional`` holds values ``f(x)``, ``InnerProduct`` and
    ``Functional`` of ``f(here)``, sums over data, ``InputExpectation``, ``Outer`` and ``Loss``
    (``ntksym.language.functions``). ``ValueError`` where the derivative has no such form: a value
    at a point has none in L²(p). Hypotheses: the lines of ``derivation`` name them
    [aronszajn1950, coleman2012].

    >>> from sympy import Sum
    >>> from ntksym.language.functions import N, f, here, i, inputs, targets
    >>> cost = Sum((f(inputs[i]) - targets[i])**2, (i, 1, N)) / (2 * N)
    >>> functional_derivative(cost).gradient
    Sum((-y[i] + f(x[i]))*ReproducingKernel(x[i], ·), (i, 1, N))/N
    """
    if space not in ("rkhs", "L2"):
        raise ValueError(f"space: expected 'rkhs' or 'L2', got {space!r}")
    if not isinstance(functional, Expr) or not functional.has(f):
        raise ValueError(f"functional: expected an expression in f, got {functional}")
    start = Variation(functional.replace(f, lambda x: f(x) + eps * varphi(x)))
    lines: list[Line] = []
    opened = _bilinear(start)
    if opened != start:
        lines.append((BILINEARITY, opened))
    linear = tidy(opened.args[0].diff(eps).subs(eps, 0))
    lines.append((COMPOSITION if functional.has(Functional) else LINEAR_TERM, linear))
    gradient = _in_l2(linear) if space == "L2" else _in_space(linear, lines)
    return FunctionalDerivative(functional, gradient, chain(title, start, *lines))


def _bilinear(expr: Expr) -> Expr:
    """Products of elements as polynomials in ε."""
    return expr.replace(
        lambda node: isinstance(node, InnerProduct), lambda node: _opened(*node.args)
    )


def _opened(first: Expr, second: Expr) -> Expr:
    (a, da), (b, db) = ((x.subs(eps, 0), x.diff(eps)) for x in (first, second))
    crossed = 2 * _product(a, da) if first == second else _product(a, db) + _product(da, b)
    return _product(a, b) + eps * crossed + eps**2 * _product(da, db)


def _product(a: Expr, b: Expr) -> Expr:
    return InnerProduct(a, b) if a != 0 and b != 0 else S.Zero


def _in_space(linear: Expr, lines: list[Line]) -> Expr:
    """Values of φ as products with sections of K, then one product with φ."""
    products = linear.replace(
        lambda node: node.func == varphi and node.args[0] != here,
        lambda node: InnerProduct(ReproducingKernel(node.args[0], here), varphi(here)),
    )
    if products != linear:
        lines.append((REPRODUCING, products))
    gradient = tidy(
        products.replace(
            lambda node: isinstance(node, InnerProduct) and varphi(here) in node.args,
            lambda node: next((a for a in node.args if a != varphi(here)), varphi(here)),
        )
    )
    if gradient.has(varphi):
        raise ValueError(f"functional: its derivative is not linear in the direction: {linear}")
    whole = InnerProduct(gradient, varphi(here))
    if whole != products:
        lines.append((RIESZ, whole))
    return gradient


def _in_l2(linear: Expr) -> Expr:
    """E_x[d(x) φ(x)]: d by itself."""
    total = S.Zero
    for term in Add.make_args(expand(linear)):
        inside = [part for part in Mul.make_args(term) if isinstance(part, InputExpectation)]
        if len(inside) != 1 or (term / inside[0]).has(varphi):
            raise ValueError(
                f"functional: in L2(p) its derivative has no element that represents it: {term}"
            )
        body, x = inside[0].args
        d = body.diff(varphi(x))
        if d.has(varphi) or expand(d * varphi(x) - body) != 0:
            raise ValueError(f"functional: not linear in the value of the direction: {body}")
        total += term / inside[0] * d.subs(x, here)
    return total


def tidy(expr: Expr) -> Expr:
    """Numbers in front of sums and expectations."""

    def pulled(node: Expr) -> Expr:
        number, rest = node.args[0].as_coeff_Mul()
        return number * node.func(rest, *node.args[1:])

    return expr.replace(lambda node: isinstance(node, Sum | InputExpectation), pulled)
