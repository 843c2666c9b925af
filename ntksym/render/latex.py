"""Documents as one self-contained LaTeX file for plain pdflatex."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ntksym.check.verdict import Report
from ntksym.render.bibliography import reference
from ntksym.render.document import (
    Block,
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
from ntksym.render.latex_blocks import chain_of, equation, prose, rule_entry, tabular
from ntksym.render.layout import Layout, lay_out

PREAMBLE = r"""\documentclass[11pt,fleqn]{article}
\pdfinfoomitdate=1 \pdftrailerid{} \pdfsuppressptexinfo=-1
\usepackage[a4paper,margin=25mm]{geometry}
\usepackage{amssymb,mathtools,booktabs,tabularx,graphicx,xcolor}
\usepackage[expansion=false]{microtype}
\usepackage[hidelinks,bookmarks=false]{hyperref}
\allowdisplaybreaks
\emergencystretch=3em
\setlength{\mathindent}{1.5em}
\setlength{\parindent}{0pt}
\setlength{\parskip}{.5\baselineskip}
\let\wideleft\left \let\wideright\right
\renewcommand{\left}{\mathopen{}\mathclose\bgroup\wideleft}
\renewcommand{\right}{\aftergroup\egroup\wideright}
\newcommand{\why}[1]{\parbox[t]{\dimexpr\linewidth-8em}{\footnotesize\raggedright\color{black!65}#1}}
\newcommand{\verdict}[1]{\textsc{\MakeLowercase{#1}}}
\newcommand{\fit}[2]{\resizebox{\ifdim\width>#1 #1\else\width\fi}{!}{$\displaystyle #2$}}
\newcommand{\entry}[2]{\par\hangindent2.6em\hangafter1\makebox[2.6em][l]{\hypertarget{#1}{#1}}#2\par}
"""


def to_latex(obj: Any, report: Report | None = None, *, folder: str | Path | None = None) -> str:
    """``obj`` as a complete article: statement, conventions, proof line by line, references.

    ``obj`` is a :class:`Document`, has a ``document()``, or is a derivation. The text is the same
    at each call. Pictures are named in it; ``folder`` is where to write their files. TypeError for
    an object that does not describe itself, ValueError for an SVG picture or an unknown reference.
    """
    document = document_of(obj, report)
    layout = lay_out(document)
    body = "\n\n".join(_blocks(document, layout))
    body = body.replace("\n\n\\begin{align*}", "\n\\begin{align*}")  # the sentence goes on in it
    if folder is not None:
        for name, picture in _pictures(document).items():
            Path(folder, name).write_bytes(picture.content)
    return f"{_bib(layout)}{PREAMBLE}{_head(document)}\n{body}\n{_foot(layout)}\\end{{document}}\n"


def _bib(layout: Layout) -> str:
    if not layout.keys:
        return ""
    entries = "\n\n".join(reference(key).source for key in layout.keys)
    return (
        f"\\begin{{filecontents*}}[overwrite]{{\\jobname.bib}}\n{entries}\n\\end{{filecontents*}}\n"
    )


def _head(document: Document) -> str:
    abstract = (
        document.abstract
        and f"\\begin{{abstract}}\n{prose(document.abstract)}\n\\end{{abstract}}\n"
    )
    return (
        "\\begin{document}\n\\begin{center}\n"
        f"{{\\LARGE {prose(document.title)}\\par}}\n\\end{{center}}\n{abstract}"
    )


def _foot(layout: Layout) -> str:
    if not layout.keys:
        return ""
    keys = ",".join(layout.keys)
    return f"\n\\nocite{{{keys}}}\n\\bibliographystyle{{unsrt}}\n\\bibliography{{\\jobname}}\n"


def _pictures(document: Document) -> dict[str, Picture]:
    pictures = [block for block in document.blocks if isinstance(block, Picture)]
    return {f"picture-{k}.{_printable(p)}": p for k, p in enumerate(pictures, 1)}


def _printable(picture: Picture) -> str:
    if picture.kind == "svg":
        raise ValueError("picture: LaTeX takes PNG or PDF, got SVG")
    return picture.kind


def _blocks(document: Document, layout: Layout) -> Iterator[str]:
    proofs, names = iter(layout.proofs), iter(_pictures(document))
    for block in document.blocks:
        if isinstance(block, Proof):
            yield from (chain_of(chain, layout) for chain in next(proofs))
        elif isinstance(block, Picture):
            yield _picture(next(names), block.caption)
        else:
            yield _block(block, layout)


def _block(block: Block, layout: Layout) -> str:
    match block:
        case Section():
            return rf"\section*{{{prose(block.title)}}}"
        case Paragraph():
            return prose(block.text)
        case Equation():
            return equation(block.claim)
        case Rules():
            return "\n\n".join(rule_entry(rule, layout) for rule in block.rules)
        case Table():
            return tabular(block)
    raise TypeError(f"block: expected a block of a document, got {type(block).__name__}")


def _picture(name: str, caption: str) -> str:
    return (
        "\\begin{center}\n"
        rf"\includegraphics[width=\linewidth,height=.5\textheight,keepaspectratio]{{{name}}}"
        f"\n\\par\\small {prose(caption)}\n\\end{{center}}"
    )
