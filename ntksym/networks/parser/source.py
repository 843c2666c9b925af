"""``Source``: the text of an activation, its syntax tree, and errors with a caret."""

import ast
import re
import warnings
from dataclasses import dataclass
from itertools import accumulate
from typing import NoReturn

from ntksym.networks.parser.words import DEPTH, LENGTH

FOREIGN = re.compile(r"[^A-Za-z0-9_.,+\-*/()<>=! ]")
HINTS = {
    "^": "; a power is written **",
    "[": "; there are no subscripts",
    ":": "; no lambda, no :=",
}
WINDOW = 40


@dataclass(frozen=True)
class Source:
    """One line of text. ``allowed`` says, in every error, what could have been written."""

    text: str
    allowed: str

    def refuse(self, at: ast.AST | int, why: str) -> NoReturn:
        """Raise the ``ValueError`` that points at a place, or at the start of a node."""
        place = at if isinstance(at, int) else getattr(at, "col_offset", 0)
        start = max(0, place - WINDOW)
        shown = "".join(x if x.isprintable() else "?" for x in self.text[start : place + WINDOW])
        raise ValueError(f"text: {why}\n    {shown}\n    {' ' * (place - start)}^\n{self.allowed}")

    def of(self, node: ast.expr) -> str:
        """The letters of a node: positions are those of ``text``, which is ASCII by then."""
        return self.text[node.col_offset : node.end_col_offset]

    def after(self, node: ast.expr) -> int:
        """Where the operator behind ``node`` stands."""
        rest = self.text[node.end_col_offset :]
        return len(self.text) - len(rest.lstrip(" )"))

    def tree(self) -> ast.expr:
        """The syntax tree; characters, length and nesting are checked before Python reads it."""
        if not self.text:
            self.refuse(0, "it is empty")
        if len(self.text) > LENGTH:
            self.refuse(0, f"it has at most {LENGTH} characters, got {len(self.text)}")
        if foreign := FOREIGN.search(self.text):
            hint = HINTS.get(foreign[0], "")
            self.refuse(foreign.start(), f"the character {foreign[0]!r} is not allowed{hint}")
        for place, depth in enumerate(accumulate((x == "(") - (x == ")") for x in self.text)):
            if depth > DEPTH:
                self.refuse(place, f"it is nested deeper than {DEPTH}")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                return ast.parse(self.text, mode="eval").body
        except SyntaxError as error:
            self.refuse(max(0, (error.offset or 1) - 1), str(error.msg))
        except (RecursionError, MemoryError, ValueError):
            self.refuse(0, f"it is nested deeper than {DEPTH}")
