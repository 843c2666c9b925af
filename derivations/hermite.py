"""The dual of hermite: ``python derivations/hermite.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("hermite")
