"""Modules written by ntksym.lowering.code.generate, one per activation."""
