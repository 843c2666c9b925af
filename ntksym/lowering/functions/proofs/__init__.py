"""Proofs of the errors of the functions: their own source, run on balls."""
