"""Scalar Python of an expression, through the ``code`` column of the table of primitives."""

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any

from sympy import (
    Expr,
    Function,
    Max,
    Min,
    Mul,
    Pow,
    Symbol,
    atan,
    atan2,
    cosh,
    cse,
    erf,
    erfc,
    exp,
    fraction,
    numbered_symbols,
    pi,
    sinh,
    sqrt,
)
from sympy.codegen.cfunctions import expm1
from sympy.printing.pycode import PythonCodePrinter

from ntksym.evaluate import SQRT, TABLE

LARGEST = 8
"""Powers up to this one are products: a call of ``pow`` keeps a loop scalar."""


class Direction(Function):
    """atan2, which SymPy would turn into the arctangent of a quotient."""

    nargs = 2


class Reciprocal(Function):
    """1/x as a function: its powers take no division more."""

    nargs = 1


class Constant(Function):
    """A product of numbers that the compiler multiplies, before anything else."""

    nargs = 1


class Quotient(Function):
    """x/y as a function: neither is multiplied by anything before."""

    nargs = 2


class ScalarPrinter(PythonCodePrinter):
    """What Numba compiles: ``math`` calls, float literals, and nothing that the table lacks.

    ``codes``: the functions. ``choice``: of ``Either``, by name.
    """

    codes: dict[Any, str]
    choice = "({near} if {test} > 0.0 else {far})"

    def __init__(self) -> None:
        super().__init__({"fully_qualified_modules": True, "allow_unknown_functions": False})

    def _print_Rational(self, expr: Any) -> str:
        return f"{expr.p}.0 / {expr.q}.0"

    def _print_Integer(self, expr: Any) -> str:
        return f"{int(expr)}.0"

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:
        if expr.exp.is_Rational and expr.exp.q <= 2 and abs(expr.exp.p) <= LARGEST:
            root = self.codes[Pow].format(self._print(expr.base))
            base = root if expr.exp.q == 2 else self.parenthesize(expr.base, 100)
            power = f"({' * '.join([base] * abs(expr.exp.p))})" if abs(expr.exp.p) > 1 else base
            return power if expr.exp > 0 else f"(1.0 / {power})"
        return super()._print_Pow(expr, rational=rational)


VECTORISED = {
    Direction: "vector.arctangent2({}, {})",
    cosh: "vector.hyperbolic_cosine({})",
    erf: "vector.error_function({})",
    erfc: "vector.complementary_error_function({})",
    expm1: "vector.exponential_less_one({})",
    exp: "vector.exponential({})",
    sinh: "vector.hyperbolic_sine({})",
}
"""Functions of :mod:`ntksym.lowering.functions` in the place of calls that keep loops scalar."""
ScalarPrinter.codes = {head: row.code for head, row in TABLE.items()} | {
    Pow: SQRT.code,
    **VECTORISED,
}


def _through_table(self: ScalarPrinter, expr: Any) -> str:
    code = self.codes[type(expr)]
    parts, places = [self._print(arg) for arg in expr.args], code.count("{}")
    if isinstance(expr, Max | Min):
        return reduce(code.format, parts)
    if len(parts) != places:
        raise ValueError(f"{expr}: {len(parts)} arguments, and the code {code} takes {places}")
    return code.format(*parts)


def _either(self: ScalarPrinter, expr: Any) -> str:
    test, near, far = map(self._print, expr.args)
    return self.choice.format(test=test, near=near, far=far)


def _quotient(self: ScalarPrinter, expr: Any) -> str:
    above, below = (self.parenthesize(part, 100) for part in expr.args)
    return f"({above} / {below})"


def _constant(self: ScalarPrinter, expr: Any) -> str:
    return f"({self._print(printable(expr.args[0]))})"


def _over(self: ScalarPrinter, expr: Any) -> str:
    return f"(1.0 / {self.parenthesize(expr.args[0], 100)})"


setattr(ScalarPrinter, "_print_Reciprocal", _over)  # noqa: B010
setattr(ScalarPrinter, "_print_Quotient", _quotient)  # noqa: B010
setattr(ScalarPrinter, "_print_Constant", _constant)  # noqa: B010
setattr(ScalarPrinter, "_print_Either", _either)  # noqa: B010  SymPy finds printers by name
for _head in (*TABLE, Direction):
    setattr(ScalarPrinter, f"_print_{_head.__name__}", _through_table)


def _is_reciprocal(e: Any) -> bool:
    """Of a root or of pi: the division is shared, or done by the compiler."""
    if not (isinstance(e, Pow) and e.exp.is_Rational and e.exp < 0):
        return False
    return e.base == pi if e.exp.is_Integer else e.exp.q == 2


def _reciprocal(e: Any) -> Any:
    n = int(-2 * e.exp)
    return Reciprocal(e.base) ** (n // 2) if n % 2 == 0 else Reciprocal(sqrt(e.base)) ** n


def multiplied_once(expr: Expr) -> Expr:
    """With the numbers in each product as one."""

    def product(*factors: Expr) -> Expr:
        number, rest = Mul(*factors).as_independent(Symbol)
        return Constant(number) * rest if isinstance(number, Mul) else Mul(*factors)

    return expr.replace(Mul, product)


def printable(expr: Expr) -> Expr:
    """With angles by ``Direction``, and divisions that are shared."""
    expr = expr.replace(atan, lambda x: Direction(*fraction(x)))
    return expr.replace(atan2, Direction).replace(_is_reciprocal, _reciprocal)


def assignments(
    exprs: Sequence[Expr], share: bool = True
) -> tuple[Iterator[tuple[Symbol, str]], list[str]]:
    """Common subexpressions as (name, code), and the code of the expressions themselves."""
    printer = ScalarPrinter()
    exprs = [printable(e) for e in exprs]
    shared, reduced = [], exprs
    if share:
        shared, reduced = cse(exprs, symbols=numbered_symbols("x"), order="canonical")
    return ((name, printer.doprint(e)) for name, e in shared), [printer.doprint(e) for e in reduced]
