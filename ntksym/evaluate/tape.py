"""One SymPy expression, or several, as a straight line of operations in any number system."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, mul
from typing import Any, Protocol

import sympy
from sympy import Expr, Pow, Rational, Symbol

from ntksym.evaluate.primitives import POWER, SQRT, Primitive, primitive


class System(Protocol):
    """A number system: how it reads exact constants, and which column of the table it uses."""

    def constant(self, value: Expr) -> Any: ...
    def column(self, row: Primitive) -> Callable[..., Any]: ...


@dataclass(frozen=True)
class Tape:
    """Each common subexpression is computed once. Call it with one value per symbol."""

    size: int
    constants: tuple[tuple[int, Any], ...]
    operations: tuple[tuple[int, Callable[..., Any], tuple[int, ...]], ...]
    results: tuple[int, ...]

    def __call__(self, *values: Any) -> tuple[Any, ...]:
        slots = [*values, *[None] * (self.size - len(values))]
        for slot, value in self.constants:
            slots[slot] = value
        for slot, operation, operands in self.operations:
            slots[slot] = operation(*[slots[i] for i in operands])
        return tuple(slots[i] for i in self.results)


def record(exprs: Sequence[Expr], symbols: Sequence[Symbol], system: System) -> Tape:
    """The tape of ``exprs`` as functions of ``symbols``, at the system's present precision."""
    slots: dict[Expr, int] = {symbol: i for i, symbol in enumerate(symbols)}
    constants: list[tuple[int, Any]] = []
    operations: list[tuple[int, Callable[..., Any], tuple[int, ...]]] = []

    def visit(expr: Expr) -> int:
        if expr not in slots:
            if expr.is_Rational or expr in (sympy.pi, sympy.E):
                slots[expr] = slot = len(slots)
                constants.append((slot, system.constant(expr)))
            else:
                operation, parts = _operation(expr, system)
                operands = tuple(visit(part) for part in parts)
                slots[expr] = slot = len(slots)
                operations.append((slot, operation, operands))
        return slots[expr]

    results = tuple(visit(expr) for expr in exprs)
    return Tape(len(slots), tuple(constants), tuple(operations), results)


def _operation(expr: Expr, system: System) -> tuple[Callable[..., Any], tuple[Expr, ...]]:
    if isinstance(expr, Symbol):
        raise ValueError(f"no value was given for {expr}")
    if expr.is_Float:
        return (lambda x: x), (Rational(expr),)
    if expr.is_Add:
        return (lambda *terms: reduce(add, terms)), expr.args
    if expr.is_Mul:
        return (lambda *factors: reduce(mul, factors)), expr.args
    if isinstance(expr, Pow):
        return _power(expr, system)
    operation = system.column(primitive(expr))
    if isinstance(expr, sympy.Max | sympy.Min):
        return (lambda *args: reduce(operation, args)), expr.args
    return operation, expr.args


def _power(expr: Pow, system: System) -> tuple[Callable[..., Any], tuple[Expr, ...]]:
    base, exponent = expr.args
    if exponent.is_Integer:
        n = int(exponent)
        return (lambda x: whole_power(x, n)), (base,)
    if exponent.is_Rational and exponent.q == 2:
        sqrt, n = system.column(SQRT), int(exponent.p)
        return (lambda x: whole_power(sqrt(x), n)), (base,)
    return system.column(POWER), (base, exponent)


def whole_power(x: Any, n: int) -> Any:
    """x**n by multiplication: Arb's own power has no number for a ball around 0."""
    if n < 0:
        return 1 / whole_power(x, -n)
    result = None
    while n:
        if n % 2:
            result = x if result is None else result * x
        x, n = x * x, n // 2
    return 1 if result is None else result
