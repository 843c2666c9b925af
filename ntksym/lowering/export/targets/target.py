"""A language with the text around the routines."""

from collections.abc import Callable
from dataclasses import dataclass
from string import Template

from ntksym.lowering.export.network import Body
from ntksym.lowering.export.printer import Language, lines_of


def indented(body: Body, language: Language) -> str:
    """The lines of the kernel itself, in a function."""
    return "\n".join("    " + line for line in lines_of(body.lines, language, language.again))


def tuple_of(values: tuple[float, ...]) -> str:
    """One number, or several in parentheses."""
    return repr(values[0]) if len(values) == 1 else f"({', '.join(map(repr, values))})"


@dataclass(frozen=True)
class Target:
    """``note``: what the file needs, in prose. ``file``: its text with names to fill in.

    ``more``: what else is filled in. Lines of the header begin with ``margin``. ``series``: the
    routines of activations without a closed form, whose last one also takes ``beside``;
    ``beyond``: what they do with variances that are too large.
    """

    language: Language
    note: str
    file: Template
    series: Template
    beside: tuple[str, ...] = ()
    more: Callable[[Body], dict[str, str]] = lambda _: {}
    margin: str = ""
    beyond: str = "Beyond, the kernel is NaN."
    between: str = "\n\n"
    hyper: Callable[[tuple[float, ...]], str] = tuple_of
