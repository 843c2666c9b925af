"""The dual of tanh: ``python derivations/tanh.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("tanh")
