"""The dual of sinusoid: ``python derivations/sinusoid.py`` writes its page."""

from article import write
from sympy import Symbol

SYMBOLS = {
    "a": Symbol("a", real=True),
    "b": Symbol("b", real=True),
    "d": Symbol("d", real=True),
}

if __name__ == "__main__":
    write("sinusoid", SYMBOLS)
