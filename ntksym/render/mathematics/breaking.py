"""Long expressions over several rows, broken where a mathematician would break them.

Widths are estimates in points of 11-point type; they decide where a row ends and nothing else.
"""

import re
from collections.abc import Iterator

from sympy import Expr, Integral, S

from ntksym.language import GaussianExpectation
from ntksym.render.mathematics.printer import latex, ordered_terms

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\S")
_NAMES = frozenset(
    """
    arcsin arccos arctan sin cos tan sinh cosh tanh exp log ln max min quad lim det
    """.split()  # noqa: SIM905
)
_INVISIBLE = frozenset(
    r"""
    \left \right \mathbb \mathcal \mathrm \operatorname \limits \displaystyle \text \begin
    \end \bigl \bigr \Bigl \Bigr \biggl \biggr \. \, \: \; \! &
    """.split()  # noqa: SIM905
)


def width(tex: str) -> float:
    """About how wide ``tex`` is on paper, in points."""
    tokens = iter(_TOKEN.findall(tex))
    return sum(_piece(token, tokens) for token in tokens)


def _group(tokens: Iterator[str]) -> float:
    total = 0.0
    for token in tokens:
        if token == "}":
            break
        total += _piece(token, tokens)
    return total


def _piece(token: str, tokens: Iterator[str]) -> float:
    if token == "{":
        return _group(tokens)
    if token in "^_":
        return 0.75 * _piece(next(tokens, ""), tokens)
    if token in (r"\frac", r"\tfrac", r"\dfrac"):
        return 4 + max(_piece(next(tokens, ""), tokens), _piece(next(tokens, ""), tokens))
    if token == r"\sqrt":
        return 10 + _piece(next(tokens, ""), tokens)
    if token[1:] in _NAMES:
        return 5.2 * (len(token) - 1) + 2
    if token in _INVISIBLE or token == "}":
        return 0.0
    if token in "()[]|,.;":
        return 4.5
    return 13.5 if token in "+-=<>" else 6.0


def rows(expr: Expr, limit: float) -> tuple[str, ...]:
    """``expr`` as LaTeX rows of about ``limit`` points or less, wherever it can be broken.

    A sum breaks before its signs; a product, an expectation or an integral breaks inside.

    >>> from ntksym.language import q1, q2
    >>> rows((q1 + q2 + 1)**9 + q1, 1000), rows(q1 - q2, 20)
    (('q_{1} + \\\\left(q_{1} + q_{2} + 1\\\\right)^{9}',), ('q_{1}', '- q_{2}'))
    """
    whole = latex(expr)
    if width(whole) <= limit:
        return (whole,)
    if expr.is_Add:
        return tuple(_packed(expr, limit))
    opened = _opened(expr)
    if opened is None:
        return (whole,)
    prefix, inner, suffix = opened
    inside = list(rows(inner, limit - min(width(prefix), limit / 2)))
    inside[0] = prefix + inside[0]
    inside[-1] += suffix
    return tuple(inside)


def _packed(expr: Expr, limit: float) -> Iterator[str]:
    """As many terms in a row as fit."""
    row = ""
    for term in ordered_terms(expr):
        first, *rest = _signed(rows(term, limit), leading=not row)
        if row and width(row) + width(first) > limit:
            yield row
            row = first
        else:
            row = f"{row} {first}".strip()
        for continued in rest:
            yield row
            row = continued
    yield row


def _signed(pieces: tuple[str, ...], leading: bool) -> tuple[str, ...]:
    signed = leading or pieces[0].startswith("-")
    return pieces if signed else (f"+ {pieces[0]}", *pieces[1:])


def _opened(expr: Expr) -> tuple[str, Expr, str] | None:
    """(what stands before, what can be broken, what stands after), or None."""
    if isinstance(expr, GaussianExpectation):
        return latex(expr).split(r"\left[", 1)[0] + r"\biggl[", expr.integrand, r"\biggr]"
    if isinstance(expr, Integral) and len(expr.limits) == 1 and len(expr.limits[0]) == 3:
        symbol, lower, upper = expr.limits[0]
        sign = rf"\int_{{{latex(lower)}}}^{{{latex(upper)}}} "
        enclosed = (r"\biggl(", r"\biggr)") if expr.function.is_Add else ("", "")
        return sign + enclosed[0], expr.function, rf"{enclosed[1]}\, d{latex(symbol)}"
    return _opened_product(expr) if expr.is_Mul else None


def _opened_product(expr: Expr) -> tuple[str, Expr, str] | None:
    breakable = [f for f in expr.args if f.is_Add or isinstance(f, GaussianExpectation | Integral)]
    if not breakable:
        return None
    widest = max(breakable, key=lambda factor: width(latex(factor)))
    rest = expr / widest
    before = "" if rest is S.One else "- " if rest is S.NegativeOne else latex(rest)
    if rest.is_Add:
        before = rf"\left({before}\right)"
    enclosed = (r"\biggl(", r"\biggr)") if widest.is_Add else ("", "")
    return before + enclosed[0], widest, enclosed[1]
