"""Expressions and prose with mathematics: as LaTeX, as MathML, on one row or on several."""

from ntksym.render.mathematics.breaking import rows, width
from ntksym.render.mathematics.mathml import mathml
from ntksym.render.mathematics.printer import latex
from ntksym.render.mathematics.text import escaped, is_mathematics, spans

__all__ = ["escaped", "is_mathematics", "latex", "mathml", "rows", "spans", "width"]
