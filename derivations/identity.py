"""The dual of identity: ``python derivations/identity.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("identity")
