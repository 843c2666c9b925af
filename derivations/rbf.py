"""The dual of rbf: ``python derivations/rbf.py`` writes its page."""

from article import write
from sympy import Symbol

SYMBOLS = {
    "gamma": Symbol("gamma", positive=True),
}

if __name__ == "__main__":
    write("rbf", SYMBOLS)
