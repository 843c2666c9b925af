"""Threads that a call starts and ends."""

from ntksym.lowering.threads.count import count
from ntksym.lowering.threads.pool import alone, pool, share

__all__ = ["alone", "count", "pool", "share"]
