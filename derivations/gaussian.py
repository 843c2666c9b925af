"""The dual of gaussian: ``python derivations/gaussian.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("gaussian")
