"""The dual of sin: ``python derivations/sin.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("sin")
