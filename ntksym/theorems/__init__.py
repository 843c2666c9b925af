"""Theorems: a statement, its hypotheses, a decision, and a certificate that checks itself."""
