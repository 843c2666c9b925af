"""The dual of cos: ``python derivations/cos.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("cos")
