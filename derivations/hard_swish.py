"""The dual of hard_swish: ``python derivations/hard_swish.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("hard_swish")
