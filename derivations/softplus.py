"""The dual of softplus: ``python derivations/softplus.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("softplus")
