"""Where the tiles are written to."""

from ntksym.lowering.memory.matrix import store, streamed

__all__ = ["store", "streamed"]
