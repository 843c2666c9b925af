"""The dual of hard_sigmoid: ``python derivations/hard_sigmoid.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("hard_sigmoid")
