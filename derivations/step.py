"""The dual of step: ``python derivations/step.py`` writes its page."""

from article import write

if __name__ == "__main__":
    write("step")
