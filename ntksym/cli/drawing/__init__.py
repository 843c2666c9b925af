"""Derivations as text for a terminal."""
