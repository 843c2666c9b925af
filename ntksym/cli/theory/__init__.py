"""Commands that say what the theory knows of a kernel."""
