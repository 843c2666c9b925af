r"""Prose with mathematics between dollars: how it is cut up, and how its plain parts are escaped.

Text may come from users (a title, a name), so only mathematics made of known commands is passed on
to LaTeX; everything else is plain text. ``[@key]`` cites a reference.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_COMMANDS = frozenset(
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu
    xi pi rho varrho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi
    Sigma Upsilon Phi Psi Omega ell hbar infty partial nabla forall exists emptyset Re Im
    prime frac tfrac dfrac binom tbinom sqrt sum prod int iint limits nolimits lim sup inf max
    min sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth exp log ln det dim
    ker sgn operatorname mathbb mathbf mathcal mathfrak mathit mathrm mathsf boldsymbol text
    textstyle displaystyle left right bigl bigr Bigl Bigr biggl biggr Biggl Biggr big Big bigg
    Bigg middle langle rangle lvert rvert lVert rVert vert Vert mid lfloor rfloor lceil rceil
    le leq ge geq ne neq lt gt ll gg sim simeq approx equiv propto in notin ni subset subseteq
    cup cap setminus times cdot circ bullet pm mp ast star otimes oplus perp parallel to
    mapsto rightarrow leftarrow longrightarrow Rightarrow Leftarrow Leftrightarrow implies iff
    land lor neg wedge vee cdots ldots dots vdots ddots quad qquad colon top hat widehat tilde
    widetilde bar overline underline vec dot ddot mathring substack underbrace overbrace
    overset underset stackrel begin end
    """.split()  # noqa: SIM905
)
_ENVIRONMENTS = frozenset(
    ("matrix", "pmatrix", "bmatrix", "vmatrix", "smallmatrix", "cases", "aligned")
)
_SPAN = re.compile(r"\$([^$]+)\$|\[@([A-Za-z][\w:-]*)\]")


@dataclass(frozen=True)
class Span:
    """A stretch of text of one kind; ``content`` of a citation is the BibTeX key."""

    kind: Literal["plain", "mathematics", "citation"]
    content: str


def is_mathematics(text: str) -> bool:
    r"""Whether ``text`` may stand in mathematics: known commands, balanced braces, plain ASCII.

    >>> is_mathematics(r"\frac{c}{\sqrt{q_1 q_2}}"), is_mathematics(r"\input{/etc/passwd}")
    (True, False)
    """
    if not text.isascii() or not text.isprintable() or re.search(r"\^\^|(?<!\\)[%#$]", text):
        return False
    commands = set(re.findall(r"\\([A-Za-z]+)", text))
    environments = re.findall(r"\\(begin|end)\{(\w*)\}", text)
    opened = [name for what, name in environments if what == "begin"]
    closed = [name for what, name in environments if what == "end"]
    return (
        commands <= _COMMANDS
        and set(opened) <= _ENVIRONMENTS
        and sorted(opened) == sorted(closed)
        and len(re.findall(r"\\(?:begin|end)\b", text)) == len(environments)
        and _balanced(text)
    )


def _balanced(text: str) -> bool:
    depth = 0
    for token in re.findall(r"\\.|[{}]", text):
        depth += {"{": 1, "}": -1}.get(token, 0)
        if depth < 0:
            return False
    return depth == 0 and len(re.findall(r"\\left\b", text)) == len(re.findall(r"\\right\b", text))


def spans(text: str) -> Iterator[Span]:
    """The spans of ``text`` in order; dollars that do not enclose mathematics stay plain."""
    last = 0
    for match in _SPAN.finditer(text):
        if match[1] is not None and not is_mathematics(match[1]):
            continue
        if match.start() > last:
            yield Span("plain", text[last : match.start()])
        yield Span("citation", match[2]) if match[1] is None else Span("mathematics", match[1])
        last = match.end()
    if last < len(text):
        yield Span("plain", text[last:])


# not \$ and \S: plain pdflatex takes them from a bitmap font
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"$\mathdollar$", "&": r"\&",
    "#": r"\#", "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': "''",
    "–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", "…": r"\dots{}",
    "ß": r"\ss{}", "ø": r"\o{}", "Ø": r"\O{}", "æ": r"\ae{}", "Æ": r"\AE{}", "œ": r"\oe{}",
    "ł": r"\l{}", "Ł": r"\L{}", "ı": r"\i{}", "§": r"$\mathsection$", "©": "(c)",
    "≤": r"$\le$", "≥": r"$\ge$", "≠": r"$\ne$", "×": r"$\times$", "·": r"$\cdot$",
    "±": r"$\pm$", "∞": r"$\infty$", "→": r"$\to$", "∈": r"$\in$", "²": "$^2$", "³": "$^3$",
}  # fmt: skip
_MARKS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327"
_ACCENTS = dict(zip(_MARKS, "`'^~=u.\"rHvc", strict=True))


def escaped(text: str) -> str:
    r"""Plain text as LaTeX; a character without a LaTeX name shows its number.

    >>> print(escaped("50 % of $x_1$, Théorie"))
    50 \% of $\mathdollar$x\_1$\mathdollar$, Th\'{e}orie
    """
    return "".join(map(_escaped_character, text))


def _escaped_character(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character.isspace():
        return " "
    if character.isascii():
        return character if character.isprintable() else ""
    base, *marks = list(unicodedata.normalize("NFD", character))
    if base.isascii() and base.isalpha() and len(marks) == 1 and marks[0] in _ACCENTS:
        return rf"\{_ACCENTS[marks[0]]}{{{base}}}"
    return _greek(character) or rf"\texttt{{U+{ord(character):04X}}}"


def _greek(character: str) -> str:
    name = unicodedata.name(character, "").split()
    if len(name) != 4 or name[:1] != ["GREEK"] or name[2] != "LETTER":
        return ""
    command = {"LAMDA": "lambda"}.get(name[3], name[3].lower())
    command = command.capitalize() if name[1] == "CAPITAL" else command
    return rf"$\{command}$" if command in _COMMANDS else ""
