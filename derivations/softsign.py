"""The dual of softsign: ``python derivations/softsign.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("softsign")
