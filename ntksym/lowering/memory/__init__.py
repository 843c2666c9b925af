"""Where the tiles lie, and where they are written to."""

from ntksym.lowering.memory.matrix import aligned, store, streamed
from ntksym.lowering.memory.pages import blank
from ntksym.lowering.memory.products import multiplied, times

__all__ = ["aligned", "blank", "multiplied", "store", "streamed", "times"]
