"""The dual of selu: ``python derivations/selu.py`` writes its page."""

from article import write
from sympy import Symbol

SYMBOLS = {
    "scale": Symbol("scale", positive=True),
    "alpha": Symbol("alpha", positive=True),
}

if __name__ == "__main__":
    write("selu", SYMBOLS)
