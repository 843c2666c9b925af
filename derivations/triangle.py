"""The dual of triangle: ``python derivations/triangle.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("triangle")
