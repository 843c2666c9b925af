"""What the command line writes as source code."""
