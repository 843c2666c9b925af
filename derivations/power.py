"""The dual of power: ``python derivations/power.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("power")
