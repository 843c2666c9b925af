"""The dual of soft_shrink: ``python derivations/soft_shrink.py`` writes its page."""

from article import write
from sympy import Symbol

SYMBOLS = {
    "shift": Symbol("shift", positive=True),
}

if __name__ == "__main__":
    write("soft_shrink", SYMBOLS)
