"""The dual of exp: ``python derivations/exp.py`` writes its page."""

from article import write
from sympy import Symbol

SYMBOLS = {
    "alpha": Symbol("alpha", real=True),
}

if __name__ == "__main__":
    write("exp", SYMBOLS)
