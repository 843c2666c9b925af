"""Scalar Python of an expression, through the ``code`` column of the table of primitives."""

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any

from sympy import Expr, Max, Min, Symbol, cse, numbered_symbols
from sympy.printing.pycode import PythonCodePrinter

from ntksym.evaluate import SQRT, TABLE


class ScalarPrinter(PythonCodePrinter):
    """What Numba compiles: ``math`` calls, float literals, and nothing that the table lacks."""

    def __init__(self) -> None:
        super().__init__({"fully_qualified_modules": True, "allow_unknown_functions": False})

    def _print_Rational(self, expr: Any) -> str:
        return f"{expr.p}.0 / {expr.q}.0"

    def _print_Integer(self, expr: Any) -> str:
        return f"{int(expr)}.0"

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:
        if expr.exp.is_Integer and 2 <= expr.exp <= 4:
            return "(" + " * ".join([self.parenthesize(expr.base, 100)] * int(expr.exp)) + ")"
        if expr.exp.is_Rational and expr.exp.q == 2 and abs(expr.exp.p) == 1:
            root = SQRT.code.format(self._print(expr.base))
            return root if expr.exp > 0 else f"(1.0 / {root})"
        return super()._print_Pow(expr, rational=rational)


def _through_table(self: ScalarPrinter, expr: Any) -> str:
    code = TABLE[type(expr)].code
    parts, places = [self._print(arg) for arg in expr.args], code.count("{}")
    if isinstance(expr, Max | Min):
        return reduce(code.format, parts)
    if len(parts) != places:
        raise ValueError(f"{expr}: {len(parts)} arguments, and the code {code} takes {places}")
    return code.format(*parts)


for _head in TABLE:
    setattr(ScalarPrinter, f"_print_{_head.__name__}", _through_table)


def assignments(exprs: Sequence[Expr]) -> tuple[Iterator[tuple[Symbol, str]], list[str]]:
    """Common subexpressions as (name, code), and the code of the expressions themselves."""
    printer = ScalarPrinter()
    shared, reduced = cse(list(exprs), symbols=numbered_symbols("x"), order="canonical")
    return ((name, printer.doprint(e)) for name, e in shared), [printer.doprint(e) for e in reduced]
