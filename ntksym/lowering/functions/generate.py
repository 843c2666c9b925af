"""Writes ``polynomials.py``: the coefficients, their functions, and the proved bounds.

``python -m ntksym.lowering.functions.generate`` writes it anew.
"""

import os
from decimal import ROUND_CEILING, Decimal
from pathlib import Path

from flint import arb
from mpmath import mp, mpf

from ntksym.evaluate.balls import precision
from ntksym.lowering.functions.bounds import BITS, bound
from ntksym.lowering.functions.minimax import minimax
from ntksym.lowering.functions.pieces import PIECES, Piece

PATH = Path(__file__).parent / "polynomials.py"

HEADER = '''"""Polynomials of least error. Written by functions.generate; do not edit."""

from ntksym.lowering.code.options import inlined
'''

BLOCK = '''
{constant} = (
{coefficients}
)  # fmt: skip
{constant}_BOUND = {bound}


@inlined
def {name}(x: float) -> float:
    """{formula}.

    On [{low}, {high}] the {kind} error is at most {bound}: proved by ``bounds.bound``.
    """
{horner}
    return p
'''


def coefficients(piece: Piece) -> tuple[float, ...]:
    """The doubles that :func:`minimax` finds for a piece."""

    def f(x: mpf) -> mpf:
        man, exp = piece.model(arb(x), arb(0))[0].mid().man_exp()
        return mp.ldexp(int(man), int(exp))

    with precision(BITS), mp.workdps(60):
        low, high = (mpf(int(q.p)) / int(q.q) for q in (piece.low, piece.high))
        return minimax(f, low, high, piece.degree, piece.relative)


def source() -> str:
    """The text of ``polynomials.py``."""
    return HEADER + "\n".join(_block(piece) for piece in PIECES)


def _block(piece: Piece) -> str:
    values = coefficients(piece)
    constant = piece.name.upper()
    terms = [f"{constant}[{k}]" for k in range(piece.degree, -1, -1)]
    horner = [f"    p = {terms.pop(0)}"]
    if len(terms) % 2:
        horner = [f"{horner[0]} * x + {terms.pop(0)}"]
    pairs = zip(terms[::2], terms[1::2], strict=True)
    horner += [f"    p = (p * x + {a}) * x + {b}" for a, b in pairs]
    return BLOCK.format(
        constant=constant, name=piece.name, formula=piece.formula, horner="\n".join(horner),
        coefficients="\n".join(
            f"    {', '.join(map(repr, values[k : k + 3]))}," for k in range(0, len(values), 3)
        ),
        low=piece.low, high=piece.high, bound=upward(bound(piece, values)),
        kind="relative" if piece.relative else "absolute",
    )  # fmt: skip


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
