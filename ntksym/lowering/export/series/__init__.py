"""Activations without a closed form in exported files: their Hermite series."""
