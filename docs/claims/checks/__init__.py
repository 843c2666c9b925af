"""Executable evidence: each check returns what the forms give and what is so."""
