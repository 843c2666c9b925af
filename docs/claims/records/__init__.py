"""The records, source by source in the order of the texts."""

from . import highlights, post, slides_flow, slides_limits, tutorial_functions, tutorial_kernel

FORMULAS = (
    *post.FORMULAS,
    *highlights.FORMULAS,
    *slides_flow.FORMULAS,
    *slides_limits.FORMULAS,
    *tutorial_functions.FORMULAS,
    *tutorial_kernel.FORMULAS,
)
