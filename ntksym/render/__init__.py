"""Documents (title, statements, derivations, tables, pictures, references) as LaTeX, HTML, PDF."""

from ntksym.render.document import (
    Document,
    Equation,
    Paragraph,
    Picture,
    Proof,
    Rules,
    Section,
    Table,
    document_of,
)
from ntksym.render.html import to_html
from ntksym.render.latex import to_latex
from ntksym.render.mathematics import latex
from ntksym.render.notebook import repr_html, repr_latex
from ntksym.render.pdf import to_pdf

__all__ = [
    "Document", "Equation", "Paragraph", "Picture", "Proof", "Rules", "Section",
    "Table", "document_of", "latex", "repr_html", "repr_latex", "to_html", "to_latex", "to_pdf",
]  # fmt: skip
