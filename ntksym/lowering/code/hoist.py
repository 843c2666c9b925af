"""What depends on one point only is computed once a point, not once a pair."""

from functools import reduce

from sympy import Expr, Mul, Symbol, degree, sqrt

from ntksym.lowering.code.gaps import s1, s2, t1, t2
from ntksym.lowering.code.printer import Quotient

slope1, slope2 = (Symbol(name, nonnegative=True) for name in ("slope1", "slope2"))
low1, low2 = (Symbol(name, real=True) for name in ("low1", "low2"))
"""What the doubles s1 and s2 leave of standard deviations."""
_FIRST, _SECOND = {s1, t1}, {s2, t2}


class Features:
    """Functions of (s1, t1) that the pairs need, each with its symbols for the two points."""

    def __init__(self) -> None:
        self.names: dict[Expr, tuple[Symbol, Symbol]] = {
            s1: (s1, s2), t1: (t1, t2), slope1: (slope1, slope2)
        }  # fmt: skip

    def hoisted(self, expr: Expr) -> Expr:
        """``expr`` with a symbol for each largest part that is a function of one point."""
        side = _side(expr)
        if side in (1, 2) and expr.could_extract_minus_sign() and not expr.is_Add:
            return -self.hoisted(-expr)
        if side == 1:
            return self.of_both(expr)[0]
        if side == 2:
            return self.of_both(expr.xreplace({s2: s1, t2: t1}))[1]
        if side == 0 or not expr.args:
            return expr
        if not (expr.is_Mul or expr.is_Add):
            return expr.func(*map(self.hoisted, expr.args))
        sides = [(_side(part), part) for part in expr.args]
        joined = [[part for at, part in sides if at == side] for side in (1, 2)]
        whole = [reduce(expr.func, parts) for parts in joined if parts]
        rest = [part for at, part in sides if at in (0, 3)]
        return expr.func(*map(self.hoisted, (*whole, *rest)))

    def of_both(self, expr: Expr) -> tuple[Symbol, Symbol]:
        """The symbols of a function of s1 and t1 at the two points."""
        if expr not in self.names:
            number = len(self.names) - 3
            self.names[expr] = Symbol(f"p{number}", real=True), Symbol(f"r{number}", real=True)
        return self.names[expr]


def spread(expr: Expr) -> Expr:
    """The product p r x**-3, x a root of the pair, as (p/x) (r/x)/x.

    Where x is near 0 both p r and the power may be beyond all doubles, and their product not.
    """
    return expr.replace(lambda e: e.is_Mul, _spread)


def _spread(product: Expr) -> Expr:
    roots = [x for x in product.args if x.is_Pow and 2 * x.exp == -3]
    points = [[x for x in product.args if x.is_Symbol and _of_point(x.name, of)] for of in "pr"]
    if not all(points) or len(roots) != 1:
        return product
    x = sqrt(roots[0].base)
    rest = (part for part in product.args if part not in (*points[0], *points[1], *roots))
    return Mul(*rest, *(Quotient(Mul(*of), x) for of in points), 1 / x)


def _of_point(name: str, letter: str) -> bool:
    return name[0] == letter and name[1:].isdigit()


def _side(part: Expr) -> int:
    """0 for a constant, 1 or 2 for a function of one point, 3 for one of the pair."""
    free = part.free_symbols
    return 0 if not free else 1 if free <= _FIRST else 2 if free <= _SECOND else 3


def balanced(expr: Expr) -> Expr:
    """Powers of s1 over those of polynomials as quotients of order 1: s1**2 is a double."""
    return expr.replace(lambda e: e.is_Mul and s1 in e.as_powers_dict(), _balanced)


def _balanced(product: Expr) -> Expr:
    powers = product.as_powers_dict()
    left = powers.pop(s1)
    below = {base: -2 * n for base, n in powers.items() if base.is_Add and base.is_polynomial(s1)}
    below = {base: halves for base, halves in below.items() if halves.is_Integer and halves > 0}
    if not (below and left.is_Integer and left > 0 and max(left, *below.values()) > 2):
        return product
    factors = [base**n for base, n in powers.items() if base not in below]
    for base, halves in below.items():
        half = degree(base, s1) / 2
        whole = min(halves, left // half)
        left -= whole * half
        factors += [Quotient(s1**half, sqrt(base)) ** whole, sqrt(base) ** (whole - halves)]
    return Mul(s1**left, *factors)
