"""The dual of mish: ``python derivations/mish.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("mish")
