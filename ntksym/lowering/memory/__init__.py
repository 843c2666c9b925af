"""Where the tiles lie, and where they are written to."""

from ntksym.lowering.memory.matrix import aligned, store, streamed

__all__ = ["aligned", "store", "streamed"]
