"""The dual of gelu: ``python derivations/gelu.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("gelu")
