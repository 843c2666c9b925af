"""Gram matrices of data: certified positive definite, or the rows to blame."""
