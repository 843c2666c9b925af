"""``parse``: the text of an activation, read by a whitelist over Python's ``ast``.

Nothing of the text is ever executed: no ``eval``, no ``sympify``. What is not in
:mod:`ntksym.networks.parser.words` is refused, and so is what would make SymPy compute without end.
"""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NoReturn

import sympy as sp
from sympy import Expr, Integer, Rational
from sympy.logic.boolalg import Boolean

from ntksym.language import z
from ntksym.networks.parser import words
from ntksym.networks.parser.source import Source


def parse(text: str, parameters: Mapping[str, float | Expr] = {}) -> Expr:
    """The activation that ``text`` spells, an expression in ``z`` with exact numbers.

    ``parameters`` gives names a value: a number, or a SymPy expression free of ``z``.
    Raises ``ValueError`` with a caret under whatever is not allowed.

    >>> parse("z*tanh(z) + 0.1")
    z*tanh(z) + 1/10
    >>> parse("sin(slope*z)", {"slope": 0.01})
    sin(z/100)
    >>> parse("Piecewise((0, z < -1), (1, z > 1), ((z + 1)/2, True))").subs(z, 0)
    1/2
    """
    if not isinstance(text, str):
        raise TypeError(f"text: expected a str such as 'z*tanh(z)', got {type(text).__name__}")
    names = {"z": z, "pi": sp.pi, **words.constants(parameters)}
    listed = ", ".join([*names, "+ - * / **", *words.FUNCTIONS])
    reader = Reader(Source(" ".join(text.split()), f"allowed: numbers, {listed}"), names)
    return reader.expr(reader.source.tree(), 0)


@dataclass(frozen=True)
class Reader:
    """A source on its way to an expression. ``names`` holds z, pi and the parameters."""

    source: Source
    names: Mapping[str, Expr]

    def expr(self, node: ast.expr, depth: int) -> Expr:
        """The expression of a node, every part of which is allowed, real and of moderate size."""
        if depth > words.DEPTH:
            self.source.refuse(node, f"it is nested deeper than {words.DEPTH}")
        match node:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                result = self.number(node, value)
            case ast.Name(id=name):
                result = self.names[name] if name in self.names else self.unknown(node, name)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=inner):
                sign = -1 if isinstance(node.op, ast.USub) else 1
                result = sign * self.expr(inner, depth + 1)
            case ast.BinOp(op=op) if type(op) in words.OPERATORS:
                result = self.arithmetic(node, depth)
            case ast.Call(func=ast.Name(id=name), args=args):
                if name not in words.FUNCTIONS:
                    self.unknown(node, name)
                if node.keywords:
                    self.source.refuse(node.keywords[0], "keyword arguments are not allowed")
                result = self.call(node, words.FUNCTIONS[name], args, depth + 1)
            case ast.Call():
                self.source.refuse(node.func, "only the functions below can be called, by name")
            case _:
                self.source.refuse(
                    self.offence(node), words.REFUSED.get(type(node), "this is not allowed")
                )
        return self.real(node, result)

    def offence(self, node: ast.expr) -> int:
        """Where to put the caret: at the dot or operator rather than at the operand before it."""
        before = {ast.Attribute: "value", ast.Compare: "left", ast.IfExp: "body", ast.BinOp: "left"}
        part = getattr(node, before.get(type(node), ""), None)
        return self.source.after(part) if part else node.col_offset

    def unknown(self, node: ast.expr, name: str) -> NoReturn:
        if name in words.FUNCTIONS:
            self.source.refuse(node, f"{name} is a function: write {name}(...)")
        if name in self.names:
            self.source.refuse(node, f"{name} is not a function; a product is written {name}*(...)")
        near = get_close_matches(name, [*self.names, *words.FUNCTIONS], n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        self.source.refuse(node, f"{name:.60} is not known{hint}")

    def number(self, node: ast.expr, value: float) -> Expr:
        letters = self.source.of(node).replace("_", "")
        if sum(map(str.isdigit, letters)) > words.DIGITS or value > words.LARGEST:
            self.source.refuse(
                node, f"a number has at most {words.DIGITS} digits and is at most {words.LARGEST:g}"
            )
        if isinstance(value, int):
            return Integer(value)
        if value < 1 / words.LARGEST and re.match(r"[0.]*[1-9]", letters):
            self.source.refuse(node, "this number is too small")
        return Rational(letters) if value else Integer(0)

    def real(self, at: ast.AST | int, result: Expr) -> Expr:
        """``result`` if it is real, finite and, where constant, of moderate size."""
        if result.has(sp.I, sp.nan, sp.zoo, sp.oo, -sp.oo):
            self.source.refuse(at, "this is not a finite real number")
        if not result.free_symbols:
            value = result.evalf(15)
            if not (value.is_Number and value.is_finite):
                self.source.refuse(at, "this is not a finite real number")
            if abs(value) > words.LARGEST:
                self.source.refuse(at, f"this constant is larger than {words.LARGEST:g}")
        return result

    def arithmetic(self, node: ast.BinOp, depth: int) -> Expr:
        chain = [node]  # a + b + c is (a + b) + c: follow the left operands without recursion
        while isinstance(left := chain[-1].left, ast.BinOp) and type(left.op) in words.OPERATORS:
            chain.append(left)
        result = self.expr(left, depth + 1)
        for link in reversed(chain):
            right = self.expr(link.right, depth + 1)
            place = self.source.after(link.left)
            if isinstance(link.op, ast.Pow):
                self.moderate(place, result, right)
            if isinstance(link.op, ast.Div) and words.vanishes(right):
                self.source.refuse(place, "this is not a finite real number, it divides by 0")
            result = self.real(place, words.OPERATORS[type(link.op)](result, right))
            for factor in sp.Mul.make_args(result):
                if isinstance(factor, sp.Pow) and factor.exp.is_number:
                    self.moderate(place, Integer(1), factor.exp)
        return result

    def moderate(self, place: int, base: Expr, exponent: Expr) -> None:
        if exponent.has(z):
            self.source.refuse(place, "an exponent must be constant; write exp(z*log(a)) for a**z")
        if not exponent.free_symbols and abs(exponent) > words.POWER:
            self.source.refuse(place, f"an exponent is at most {words.POWER} in size")
        size = 1 if exponent.free_symbols else abs(exponent)
        if words.bits(base) * size > words.BITS:
            self.source.refuse(place, "this power is too large")

    def call(self, node: ast.Call, head: Any, args: list[ast.expr], depth: int) -> Expr:
        most = words.OPERANDS.get(head, 1)
        if not 1 <= len(args) <= most:
            wanted = "one argument" if most == 1 else f"1 to {most} arguments"
            self.source.refuse(node, f"{head.__name__} takes {wanted}, got {len(args)}")
        if head is sp.Piecewise:
            return self.piecewise(node, args, depth)
        values = [self.expr(arg, depth) for arg in args]
        if head in (sp.exp, sp.sinh, sp.cosh):
            self.exponent(args[0], values[0])
        nested = [len(v.args) if v.func == head else 1 for v in values]
        if most > 1 and sum(nested) > most:
            self.source.refuse(node, f"{head.__name__} takes 1 to {most} arguments in all")
        try:
            return head(*values)
        except ValueError as error:
            self.source.refuse(node, str(error))

    def exponent(self, node: ast.expr, value: Expr) -> None:
        if not value.free_symbols and abs(value) > words.LARGEST_EXPONENT:
            self.source.refuse(
                node, f"a constant exponent is at most {words.LARGEST_EXPONENT} in size"
            )
        for term in sp.Add.make_args(value):
            if term.has(sp.log):  # exp(n*log(a)) becomes a**n
                self.moderate(node.col_offset, term, term.as_coeff_Mul()[0])

    def piecewise(self, node: ast.Call, args: list[ast.expr], depth: int) -> Expr:
        pairs = []
        for arg in args:
            if not (isinstance(arg, ast.Tuple) and len(arg.elts) == 2):
                self.source.refuse(arg, "Piecewise takes pairs (value, condition)")
            value, condition = arg.elts
            pairs.append((self.expr(value, depth), self.condition(condition, depth)))
        if pairs[-1][1] is not sp.true:
            self.source.refuse(args[-1], "the last condition of Piecewise must be True")
        return sp.Piecewise(*pairs)

    def condition(self, node: ast.expr, depth: int) -> Boolean:
        match node:
            case ast.Constant(value=True):
                return sp.true
            case ast.Compare(ops=ops) if all(type(op) in words.RELATIONS for op in ops):
                sides = [self.side(side, depth) for side in (node.left, *node.comparators)]
                pairs = zip(ops, sides, sides[1:], strict=False)
                return sp.And(*(words.RELATIONS[type(op)](a, b) for op, a, b in pairs))
        self.source.refuse(
            node, "a condition is True or compares z with constants, such as 0 < z < 1"
        )

    def side(self, node: ast.expr, depth: int) -> Expr:
        side = self.expr(node, depth)
        if side.has(z) and side not in (z, -z, sp.Abs(z)):
            self.source.refuse(node, "a condition compares z or Abs(z) with constants")
        return side
