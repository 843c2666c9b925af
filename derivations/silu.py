"""The dual of silu: ``python derivations/silu.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("silu")
