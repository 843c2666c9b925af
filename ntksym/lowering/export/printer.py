"""Formulas, calls, loops and functions in a language, which is a table of texts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol, preorder_traversal

from ntksym.lowering.code.printer import ScalarPrinter
from ntksym.lowering.export.routine import Assign, Call, Line, Repeat, Routine, constant

WIDTH = 96


@dataclass(frozen=True)
class Language:
    """How a language writes what a routine is made of.

    ``codes``: functions of variables, ``constants``: of numbers. ``names``: what else is printed
    in its own way. ``again`` assigns to a name that has a value already.
    """

    title: str
    codes: dict[Any, str]
    constants: dict[Any, str]
    names: Mapping[str, str]
    pi: str
    choice: str
    assign: str
    again: str
    declare: str
    call: str
    head: str
    says: str
    give: str
    tail: str
    loop: tuple[str, str]
    root: str = ""
    """A function of square roots that are differentiated, or of numbers rounded below 0."""
    power: str = "({}) ** ({})"
    by_address: bool = False
    """Results are arguments too, as in C."""
    first: int = 0
    """The index of the first of several."""


class Printer(ScalarPrinter):
    """Formulas in a language. ``ValueError`` for a function that it does not have."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language
        self.codes, self.choice = language.codes, language.choice

    def code(self, expr: Expr) -> str:
        """Of one line; what is made of numbers alone is printed as such."""
        if constant(expr):
            return str(self._constants().doprint(expr))
        found = {e for e in preorder_traversal(expr) if constant(e)}
        inside = {part for e in found for part in preorder_traversal(e) if part != e}
        texts = {e: Symbol(self._constants().parenthesize(e, 50)) for e in found - inside}
        try:
            return str(self.doprint(expr.xreplace(texts)))
        except KeyError as missing:
            raise ValueError(f"{self.language.title} has no function {missing.args[0]}") from None

    def _constants(self) -> "Printer":
        printer = Printer(self.language)
        printer.codes = self.language.constants
        return printer

    def _print_Symbol(self, expr: Any) -> str:
        index = re.fullmatch(r"(\w+)\[(\d+)\]", expr.name)
        if index:
            return f"{index[1]}[{int(index[2]) + self.language.first}]"
        return self.language.names.get(expr.name, expr.name)

    def _print_Float(self, expr: Any) -> str:
        return repr(float(expr))

    def _print_Pi(self, expr: Any) -> str:
        return self.language.pi

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:
        if expr.exp.is_Rational and (expr.exp.q > 2 or abs(expr.exp.p) > 8):
            parts = map(self._print, expr.args)
            return self.language.power.format(*parts)
        return super()._print_Pow(expr, rational=rational)


def written(of: Routine, language: Language) -> str:
    """A function with its comment."""
    if of.text:
        return of.text
    given = ", ".join(_typed(language, of.arguments, of.results))
    head = language.head.format(name=of.name, arguments=given)
    head = "\n".join(row for line in head.split("\n") for row in _folded(line))
    lines = [*lines_of(of.lines, language, language.assign)]
    if language.by_address:
        lines += [language.give.format(name=name) for name in of.results]
    else:
        lines += _folded(language.give.format(values=_tuple(of.results, 16)))
    says = language.says.format(text=of.says)
    top = f"{says}\n{head}" if not says.startswith("    ") else f"{head}\n{says}"
    return "\n".join([top, *("    " + line for line in lines), *filter(None, [language.tail])])


def _typed(language: Language, arguments: Sequence[str], results: Sequence[str]) -> list[str]:
    if not language.by_address:
        return list(arguments)
    return [f"double {name}" for name in arguments] + [f"double *{name}_" for name in results]


def lines_of(lines: Sequence[Line], language: Language, assign: str) -> Iterator[str]:
    """Lines of code; ``assign`` is how a value gets its name."""
    printer = Printer(language)
    for line in lines:
        match line:
            case Assign(name, value):
                code = printer.code(value)
                if code != name:
                    yield from _wrapped(assign.format(name=name, code=code), code)
            case Call(arguments=arguments):
                yield from _called(line, language, assign, [printer.code(a) for a in arguments])
            case Repeat(count, inner):
                yield language.loop[0].format(count=count)
                yield from ("    " + text for text in lines_of(inner, language, assign))
                yield from filter(None, [language.loop[1]])


def _called(line: Call, language: Language, assign: str, given: list[str]) -> Iterator[str]:
    if language.declare and assign != language.again:
        yield from _folded(language.declare.format(names=", ".join(line.results)))
    addresses = [f"&{name}" for name in line.results] if language.by_address else []
    text = language.call.format(
        results=_tuple(line.results, 40), routine=line.routine,
        arguments=", ".join([*given, *addresses]),
    )  # fmt: skip
    yield from _folded(text)


def _tuple(names: Sequence[str], beside: int) -> str:
    """In parentheses where lines end inside."""
    text = ", ".join(names)
    return f"({text})" if len(text) + beside > WIDTH else text


def _wrapped(text: str, code: str) -> Iterator[str]:
    """A long formula in parentheses, in which lines may end."""
    yield from _folded(text if len(text) <= WIDTH else text.replace(code, f"({code})"))


def _folded(text: str) -> list[str]:
    """Broken behind operators and commas."""
    rows = [""]
    for part in re.split(r"(?<=[-+*/,?:]) ", text):
        if len(rows[-1]) + len(part) >= WIDTH:
            rows.append("   ")
        rows[-1] += (" " if rows[-1] else "") + part
    return rows
