"""The dual of abs: ``python derivations/abs.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("abs")
