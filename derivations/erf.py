"""The dual of erf: ``python derivations/erf.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("erf")
