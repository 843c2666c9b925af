"""The dual of elu: ``python derivations/elu.py`` writes its page."""

from article import write
from sympy import Symbol

SYMBOLS = {
    "alpha": Symbol("alpha", positive=True),
}

if __name__ == "__main__":
    write("elu", SYMBOLS)
