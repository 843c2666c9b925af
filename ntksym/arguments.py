"""Arguments of public functions, checked before any work: an error names them and what came."""

from collections.abc import Iterable
from math import inf, isfinite
from operator import index
from typing import Any

LONGEST = 60
"""Letters of a value in an error."""
LARGEST = 1e100
"""Of a standard deviation: its square is far from the largest double."""


def integer(name: str, value: Any, least: int = 1, most: int | None = None) -> int:
    """``TypeError`` unless ``value`` is an integer, ``ValueError`` unless it is in the range.

    >>> integer("depth", 0)
    Traceback (most recent call last):
    ValueError: depth: expected at least 1, got 0
    """
    try:
        if isinstance(value, bool):
            raise TypeError
        number = index(value)
    except TypeError:
        raise TypeError(f"{name}: expected an integer, got {shown(value)}") from None
    if number < least:
        raise ValueError(f"{name}: expected at least {least}, got {shown(value)}")
    if most is not None and number > most:
        raise ValueError(f"{name}: expected at most {most}, got {shown(value)}")
    return number


def number(name: str, value: Any, *, positive: bool = False) -> float:
    """A finite float of at least 0, or above 0; ``TypeError`` for what is no number."""
    try:
        if isinstance(value, str | bytes | bool | complex):
            raise TypeError
        found = float(value)
    except (TypeError, ValueError):
        raise TypeError(f"{name}: expected a number, got {shown(value)}") from None
    except OverflowError:
        found = inf
    if not isfinite(found) or found < 0 or (positive and found == 0):
        least = "above 0" if positive else "of at least 0"
        raise ValueError(f"{name}: expected a finite number {least}, got {shown(value)}")
    return found


def choice(name: str, value: Any, options: Iterable[str]) -> str:
    """One of a few words; ``ValueError`` for another, ``TypeError`` for what is no word.

    >>> choice("kind", "ntk", ("ntk", "nngp"))
    'ntk'
    """
    known = tuple(options)
    *others, last = map(repr, known)
    listed = f"{', '.join(others)} or {last}"
    if not isinstance(value, str):
        raise TypeError(f"{name}: expected {listed}, got {shown(value)}")
    if value not in known:
        raise ValueError(f"{name}: expected {listed}, got {shown(value)}")
    return value


def instance(name: str, value: Any, kind: type) -> None:
    """``TypeError`` unless ``value`` is of a kind."""
    if not isinstance(value, kind):
        raise TypeError(f"{name}: expected a {kind.__name__}, got {shown(value)}")


def symbolic(name: str, value: Any) -> Any:
    """A number or an expression as SymPy's; ``TypeError`` for anything else, texts among them."""
    from sympy import Expr, SympifyError, sympify

    try:
        found = sympify(value, strict=True)
    except (SympifyError, TypeError, ValueError, AttributeError):
        found = None
    if not isinstance(found, Expr):
        raise TypeError(f"{name}: expected a number or a SymPy expression, got {shown(value)}")
    return found


def standard_deviation(name: str, value: Any) -> None:
    """An error unless ``value`` can be one: a number, or an expression with symbols."""
    if isinstance(value, str | bytes | bool | complex) or value is None:
        raise TypeError(f"{name}: expected a number or a SymPy expression, got {shown(value)}")
    if getattr(value, "free_symbols", None):
        if value.is_negative:
            raise ValueError(f"{name}: expected a value of at least 0, got {value}")
        return
    try:
        number = float(value)
    except (TypeError, ValueError):
        kind = "a number or a SymPy expression"
        raise TypeError(f"{name}: expected {kind}, got {shown(value)}") from None
    except OverflowError:
        number = inf
    if not isfinite(number) or number < 0:
        raise ValueError(f"{name}: expected a finite value of at least 0, got {shown(value)}")
    if number > LARGEST:
        raise ValueError(f"{name}: expected at most {LARGEST:g}, got {shown(value)}")


def shown(value: Any) -> str:
    """How ``value`` looks, in a few letters; its type where it cannot say."""
    try:
        return f"{value!r:.{LONGEST}}"
    except Exception:
        return f"a value of type {type(value).__name__}"
