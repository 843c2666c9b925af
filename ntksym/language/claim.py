"""``Claim``: an equation and the conditions under which it holds."""

from dataclasses import dataclass
from typing import TypeAlias

from sympy import Expr, sympify
from sympy.logic.boolalg import Boolean

Condition: TypeAlias = Boolean | str
"""A SymPy relation, or one sentence (LaTeX mathematics between dollars)."""


@dataclass(frozen=True)
class Claim:
    """``lhs = rhs`` under ``where``; the two sides stay apart.

    ``sympy.Eq`` would collapse to ``True`` where both sides agree, and the line would be lost.
    """

    lhs: Expr
    rhs: Expr
    where: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "lhs", sympify(self.lhs))
        object.__setattr__(self, "rhs", sympify(self.rhs))
