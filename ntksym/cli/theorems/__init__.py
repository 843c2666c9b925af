"""Commands that decide theorems and certify data."""
