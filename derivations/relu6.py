"""The dual of relu6: ``python derivations/relu6.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("relu6")
