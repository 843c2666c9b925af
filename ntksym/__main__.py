"""``python -m ntksym``."""

from ntksym.cli import main

if __name__ == "__main__":
    main()
