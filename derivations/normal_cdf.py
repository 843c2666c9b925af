"""The dual of normal_cdf: ``python derivations/normal_cdf.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("normal_cdf")
