"""The dual of gabor: ``python derivations/gabor.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("gabor")
