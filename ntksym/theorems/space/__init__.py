"""Positive definiteness on R^d: ridge functions, and the powers of σ along a line."""

from ntksym.theorems.space.euclidean import euclidean, general_position

__all__ = ["euclidean", "general_position"]
