"""The dual of shifted_relu: ``python derivations/shifted_relu.py`` writes its page."""

from article import write
from sympy import Symbol

SYMBOLS = {
    "shift": Symbol("shift", real=True),
}

if __name__ == "__main__":
    write("shifted_relu", SYMBOLS)
