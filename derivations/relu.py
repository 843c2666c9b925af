"""The dual of relu: ``python derivations/relu.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("relu")
