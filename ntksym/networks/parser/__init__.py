"""Texts of activations, read by a whitelist over Python's syntax tree."""
