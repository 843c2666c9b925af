"""Threads that a call starts and ends."""

from ntksym.lowering.threads.count import count
from ntksym.lowering.threads.pool import alone, pool

__all__ = ["alone", "count", "pool"]
