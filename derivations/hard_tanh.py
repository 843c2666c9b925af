"""The dual of hard_tanh: ``python derivations/hard_tanh.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("hard_tanh")
