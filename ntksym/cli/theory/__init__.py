"""Commands that answer a question about a kernel rather than compute with it."""
