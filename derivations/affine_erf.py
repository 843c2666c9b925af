"""The dual of affine_erf: ``python derivations/affine_erf.py`` writes its page."""

from article import write
from sympy import Symbol

SYMBOLS = {
    "a": Symbol("a", real=True),
    "b": Symbol("b", positive=True),
    "d": Symbol("d", real=True),
}

if __name__ == "__main__":
    write("affine_erf", SYMBOLS)
