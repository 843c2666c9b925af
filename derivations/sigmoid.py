"""The dual of sigmoid: ``python derivations/sigmoid.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("sigmoid")
