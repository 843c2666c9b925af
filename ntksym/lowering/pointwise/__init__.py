"""σ and σ' of an activation on arrays of numbers, compiled."""

from ntksym.lowering.pointwise.load import Pointwise, pointwise

__all__ = ["Pointwise", "pointwise"]
