"""Writes ``polynomials.py``: the coefficients, their functions, and the proved bounds.

``python -m ntksym.lowering.functions.generate`` writes it anew.
"""

import os
import textwrap
from decimal import ROUND_CEILING, Decimal
from pathlib import Path

import numpy as np
from flint import arb

from ntksym.evaluate.balls import precision
from ntksym.lowering.functions.bounds import BITS, bound
from ntksym.lowering.functions.minimax import minimax
from ntksym.lowering.functions.pieces import PIECES, Piece

PATH = Path(__file__).parent / "polynomials.py"

HEADER = '''"""Polynomials of least error. Written by functions.generate; do not edit."""

from ntksym.lowering.code.options import inlined, or_in_float32
'''

BLOCK = '''
{constant} = (
{coefficients}
)  # fmt: skip
{constant}_BOUND = {bound}


@{options}
def {name}(x: float) -> float:
    """{formula}.

    On [{low}, {high}] the {kind} error is at most {bound}: proved by ``bounds.bound``.
    """
{steps}
'''


def coefficients(piece: Piece) -> tuple[float, ...]:
    """The numbers that :func:`minimax` finds for a piece."""

    def f(x: arb) -> arb:
        with precision(BITS):
            return piece.model(x, arb(0))[0]

    to = _single if piece.coarse else float
    return minimax(f, piece.low, piece.high, piece.degree, piece.relative, to)


def _single(x: arb) -> float:
    return float(np.float32(float(x)))


def source() -> str:
    """The text of ``polynomials.py``."""
    return HEADER + "\n".join(_block(piece) for piece in PIECES)


def _block(piece: Piece) -> str:
    values = coefficients(piece)
    constant = piece.name.upper()
    terms = [f"{constant}[{k}]" for k in range(len(values))]
    steps = [*_horner("p", "x", terms), "return p"]
    if piece.parted:
        even, odd = (_horner(name, "y", terms[k::2]) for k, name in enumerate("pq"))
        steps = ["y = x * x", *even, *odd, "return p + x * q"]
    options = f"or_in_float32({piece.name}_in_float32)" if piece.in_float32 else "inlined"
    return BLOCK.format(
        constant=constant, name=piece.name, options=options, formula=piece.formula,
        steps=textwrap.indent("\n".join(steps), "    "),
        coefficients="\n".join(
            f"    {', '.join(map(repr, values[k : k + 3]))}," for k in range(0, len(values), 3)
        ),
        low=piece.low, high=piece.high, bound=upward(bound(piece, values)),
        kind="relative" if piece.relative else "absolute",
    )  # fmt: skip


def _horner(name: str, x: str, terms: list[str]) -> list[str]:
    """Two steps of Horner's scheme a line."""
    *rest, last = terms
    lines = [f"{name} = {last}"]
    if len(rest) % 2:
        lines = [f"{lines[0]} * {x} + {rest.pop()}"]
    pairs = zip(rest[-1::-2], rest[-2::-2], strict=True)
    return lines + [f"{name} = ({name} * {x} + {a}) * {x} + {b}" for a, b in pairs]


def upward(x: float) -> str:
    """Four digits that are no less than x."""
    written = Decimal(x).quantize(Decimal(10) ** (Decimal(x).adjusted() - 3), ROUND_CEILING)
    return f"{written:.3e}"


def write(path: Path = PATH) -> None:
    """Writes the module under a temporary name, then gives it its own."""
    text = source()
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


if __name__ == "__main__":
    write()
