"""The dual of leaky_relu: ``python derivations/leaky_relu.py`` writes its page."""

from article import write
from sympy import Symbol

SYMBOLS = {
    "alpha": Symbol("alpha", real=True),
}

if __name__ == "__main__":
    write("leaky_relu", SYMBOLS)
