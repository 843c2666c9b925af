"""The dual of sign: ``python derivations/sign.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("sign")
