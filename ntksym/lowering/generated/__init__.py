"""Modules written by ntksym.lowering.generate, one per activation."""
