"""The dual of rectified_power: ``python derivations/rectified_power.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("rectified_power")
