"""Functions as data: straight lines of formulas and calls, which each language prints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sympy import (
    Dummy,
    Expr,
    Function,
    NumberSymbol,
    Pow,
    Symbol,
    cse,
    numbered_symbols,
    preorder_traversal,
)

from ntksym.lowering.code.printer import printable


@dataclass(frozen=True)
class Assign:
    """``name = value``."""

    name: str
    value: Expr


@dataclass(frozen=True)
class Call:
    """``results = routine(arguments)``."""

    results: tuple[str, ...]
    routine: str
    arguments: tuple[Expr, ...]


@dataclass(frozen=True)
class Repeat:
    """Lines that run ``count`` times."""

    count: int
    lines: tuple["Line", ...]


Line = Assign | Call | Repeat


@dataclass(frozen=True)
class Routine:
    """A function of numbers. ``calls``: the routines that its lines call.

    ``text``: its code in the language of the file, where it is not made of lines.
    """

    name: str
    says: str
    arguments: tuple[str, ...]
    lines: tuple[Line, ...]
    results: tuple[str, ...]
    calls: tuple["Routine", ...] = ()
    text: str = ""

    def call(self, results: Sequence[str], names: Mapping[str, Expr] | None = None) -> Call:
        """Of arguments with the routine's own names, or with those of ``names``."""
        names = names or {}
        given = tuple(names.get(name, Symbol(name)) for name in self.arguments)
        return Call(tuple(results), self.name, given)


def routine(
    name: str,
    says: str,
    arguments: Sequence[str],
    values: Mapping[str, Expr],
    before: Sequence[Line] = (),
    calls: Sequence[Routine] = (),
    beside: Sequence[str] = (),
) -> Routine:
    """Gives ``values``, by name, and what ``beside`` names of what ``before`` computes.

    Common subexpressions are computed once; arguments that are not used are left out.
    """
    exprs = [printable(value) for value in values.values()]
    numbers = {e: Dummy() for expr in exprs for e in preorder_traversal(expr) if constant(e)}
    back = {name: e for e, name in numbers.items()}
    exprs = [expr.xreplace(numbers) for expr in exprs]
    shared, reduced = cse(exprs, symbols=numbered_symbols("x"), order="canonical")
    before = [
        Assign(line.name, printable(line.value)) if isinstance(line, Assign) else line
        for line in before
    ]
    named = [Assign(symbol.name, value.xreplace(back)) for symbol, value in shared]
    last = [Assign(key, e.xreplace(back)) for key, e in zip(values, reduced, strict=True)]
    lines = (*before, *named, *last)
    used = used_in(lines) | set(beside)
    taken = tuple(argument for argument in arguments if argument in used)
    return Routine(name, says, taken, lines, (*values, *beside), tuple(calls))


def constant(expr: Expr) -> bool:
    """Whether it is a number that is not a fraction."""
    return not expr.free_symbols and bool(expr.has(Pow, Function, NumberSymbol))


def needed(roots: Sequence[Routine]) -> tuple[Routine, ...]:
    """The routines and all that they call, each once, before those that call it."""
    found: dict[str, Routine] = {}
    for root in roots:
        for one in (*needed(root.calls), root):
            found.setdefault(one.name, one)
    return tuple(found.values())


def used_in(lines: Sequence[Line]) -> set[str]:
    """The names that the lines read."""
    found: set[str] = set()
    for line in lines:
        if isinstance(line, Repeat):
            found |= used_in(line.lines)
            continue
        exprs = (line.value,) if isinstance(line, Assign) else line.arguments
        found |= {symbol.name for expr in exprs for symbol in expr.free_symbols}
    return found
