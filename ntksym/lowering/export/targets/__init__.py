"""What the languages differ in."""

from ntksym.lowering.export.targets import arrays, c, julia
from ntksym.lowering.export.targets.target import Target

TARGETS: dict[str, Target] = {**arrays.TARGETS, **c.TARGETS, **julia.TARGETS}
"""By name, as ``to_source`` takes them."""
