"""The dual of arctan: ``python derivations/arctan.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("arctan")
